using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// The public name of an enumeration's member, as the command line, the JSON and the database write it:
/// <c>NotController</c> is <c>not-controller</c>.
/// </summary>
public static class ContractName
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        OfMember(Enum.GetName(value) ?? throw new ArgumentOutOfRangeException(nameof(value), value, "Not a named value."));

    /// <summary>The same from the name of a member.</summary>
    public static string OfMember(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    public static bool TryParse<TEnum>([NotNullWhen(true)] string? text, out TEnum value)
        where TEnum : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<TEnum>())
        {
            if (Of(candidate) == text)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <exception cref="Refusal">No member has this name; the remedy lists those that exist.</exception>
    public static TEnum Parse<TEnum>(string text)
        where TEnum : struct, Enum => TryParse<TEnum>(text, out var value)
        ? value
        : throw new Refusal($"“{text}” is not known here.", "Known: " + string.Join(", ", Enum.GetValues<TEnum>().Select(Of)) + ".");
}
