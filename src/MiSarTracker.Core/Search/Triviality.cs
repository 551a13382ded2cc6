using System.Globalization;

namespace MiSarTracker.Core.Search;

/// <summary>
/// Which values are not looked for, because they stand in any text by chance: finding <c>0</c>, <c>true</c> or <c>en</c> in an
/// answer shows nothing, and not finding them shows nothing either.
/// </summary>
public static class Triviality
{
    /// <summary>The rule as it is printed beside a result.</summary>
    public const string Rule =
        "Not looked for: values shorter than 4 characters; whole numbers below 10,000 and numbers with fewer than 4 digits that count; one character repeated; "
        + "single words of fewer than 8 letters; hashes of secrets.";

    private const int ShortestValue = 4;
    private const int ShortestWord = 8;
    private const int FewestDigits = 4;
    private const int SmallestNumber = 10_000;

    public static bool IsTrivial(string value)
    {
        var text = value.AsSpan().Trim();
        if (text.Length < ShortestValue || text.Trim(text[0]).IsEmpty)
        {
            return true;
        }

        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return IsTrivial(number, text);
        }

        return text.Length < ShortestWord && IsWord(text);
    }

    // A year, a height in centimetres, a step goal: small whole numbers are everywhere. 52.3731 is not.
    private static bool IsTrivial(decimal number, ReadOnlySpan<char> text)
    {
        if (number == decimal.Truncate(number))
        {
            return Math.Abs(number) < SmallestNumber;
        }

        var digits = text.TrimStart("+-0.");
        var counting = 0;
        foreach (var character in text.Contains('.') ? digits.TrimEnd('0') : digits)
        {
            counting += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return counting < FewestDigits;
    }

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsLetter(character))
            {
                return false;
            }
        }

        return true;
    }
}
