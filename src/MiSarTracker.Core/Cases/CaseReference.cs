using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// A case's name: <c>SAR-2026-0001</c>. The year is the UTC year of the opening; the number counts from 1 within
/// the year, is written with at least four digits and simply grows a fifth after 9999.
/// </summary>
public readonly partial record struct CaseReference(int Year, int Number) : IComparable<CaseReference>
{
    public static bool TryParse([NotNullWhen(true)] string? text, out CaseReference reference)
    {
        reference = default;
        if (text is null || Pattern().Match(text) is not { Success: true } match
            || !int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number == 0)
            return false;
        reference = new CaseReference(int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture), number);
        return true;
    }

    /// <exception cref="Refusal">The text is not a case reference.</exception>
    public static CaseReference Parse(string text) => TryParse(text, out var reference)
        ? reference
        : throw new Refusal($"“{text}” is not a case reference.", "A reference looks like SAR-2026-0001; misar case list shows them.");

    public int CompareTo(CaseReference other) => (Year, Number).CompareTo((other.Year, other.Number));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"SAR-{Year:0000}-{Number:0000}");

    public static bool operator <(CaseReference left, CaseReference right) => left.CompareTo(right) < 0;

    public static bool operator >(CaseReference left, CaseReference right) => left.CompareTo(right) > 0;

    public static bool operator <=(CaseReference left, CaseReference right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CaseReference left, CaseReference right) => left.CompareTo(right) >= 0;

    // More than four digits only without leading zeros, so that one case has one name.
    [GeneratedRegex(@"\A[Ss][Aa][Rr]-(?<year>[0-9]{4})-(?<number>[0-9]{4}|[1-9][0-9]{4,8})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
