using System.Buffers.Text;
using System.Globalization;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// Reads numbers as people's programs print them. <c>71,35</c> is a number with a decimal comma; <c>1,234</c> may be one too or a number of
/// thousands, so it is read as neither, and a comparison lets either reading pass.
/// </summary>
public static class PrintedNumber
{
    /// <summary>Nothing that is measured is larger, and what is not can be converted and scaled without overflow.</summary>
    private const decimal Largest = 1e18m;

    private const int Group = 3;

    /// <summary>The number, or null for what is none, or could be two.</summary>
    public static decimal? Parse(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        return Utf8Parser.TryParse(text, out decimal number, out var used) && used == text.Length ? Bounded(number)
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) ? Bounded(number)
            : text.Length <= 40 && text.Contains((byte)',') && Readings(System.Text.Encoding.UTF8.GetString(text)).ToList() is [var only] ? only
            : null;
    }

    /// <summary>What a text with one comma may mean: none, one or two numbers.</summary>
    public static IEnumerable<decimal> Readings(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma <= 0 || comma == text.Length - 1 || !text.AsSpan(comma + 1).ContainsOnlyDigits() || !text.AsSpan(text[0] == '-' ? 1 : 0, comma - (text[0] == '-' ? 1 : 0)).ContainsOnlyDigits())
        {
            yield break;
        }

        if (Decimal(text.Replace(',', '.')) is { } number)
        {
            yield return number;
        }

        var whole = text[..comma].TrimStart('-');
        if (text.Length - comma - 1 == Group && whole.Length <= Group && whole[0] != '0' && Decimal(text.Replace(",", "", StringComparison.Ordinal)) is { } thousands)
        {
            yield return thousands;
        }
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static decimal? Decimal(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Bounded(number) : null;

    private static decimal? Bounded(decimal number) => Math.Abs(number) <= Largest ? number : null;
}
