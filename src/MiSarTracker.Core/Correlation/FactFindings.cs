using System.Security.Cryptography;
using System.Text;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Correlation;

/// <summary>Turns one category's compared facts into a finding, and the identifying ones into the list of identifiers.</summary>
internal static class FactFindings
{
    private const string SoughtIn =
        "Looked for as it was sent, encoded for addresses, in base64 and hexadecimal, hashed with MD5, SHA-1 and SHA-256, and as the same number, moment or hardware address "
        + "written otherwise; another form would not be found.";

    public static Finding? NotDisclosed(Category category, IReadOnlyList<ComparedFact> missing, Shown shown)
    {
        if (missing.Count == 0)
        {
            return null;
        }

        var names = missing.Select(one => one.Fact.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        return new Finding
        {
            Kind = FindingKind.NotDisclosed,
            Category = category,
            Subject = string.Join(", ", names),
            Count = missing.Count,
            Severity = Weight.OfMissing(category, missing.Count),
            Statement = shown.Unnamed(Wording.Samples(category, missing.Count), missing.Count, string.Join(", ", names)),
            Innocent = [new InnocentExplanation("another notation", null, SoughtIn)],
            Examples = [.. missing.Take(Finding.MaxExamples).Select(one => new Example(null, $"{one.Fact.Name} {Show(one.Fact)}", null))],
            Evidence = [.. missing.Select(one => one.Fact.Origin).Distinct().Take(Finding.MaxReferences)],
        };
    }

    public static Identifier Identifier(ComparedFact compared) => new(
        compared.Fact.Name, Hash(compared.Fact.Value), Shorten(compared.Fact.Value), compared.Fact.Count, compared.DisclosedAt is not null)
    {
        Notation = compared.Notation,
    };

    public static Finding NotDisclosed(ComparedFact compared, Shown shown) => new()
    {
        Kind = FindingKind.IdentifierNotDisclosed,
        Category = compared.Fact.Category,
        Subject = compared.Fact.Name,
        Count = 1,
        Severity = Severity.Medium,
        Statement = $"The identifier {compared.Fact.Name} {Shorten(compared.Fact.Value)} "
            + $"{shown.InExchanges($"{Wording.Number(compared.Fact.Count)} {(compared.Fact.Count == 1 ? "exchange" : "exchanges")}")} and stands nowhere in the answer.",
        Innocent = [new InnocentExplanation("another notation", null, SoughtIn)],
        Examples = [new Example(null, Shorten(compared.Fact.Value), null)],
        Evidence = [compared.Fact.Origin],
    };

    public static Finding OutsideWorkout(IReadOnlyList<Fact> places) => new()
    {
        Kind = FindingKind.LocationOutsideWorkout,
        Category = Category.Location,
        Subject = string.Join(", ", places.Select(place => place.Name).Distinct().Order(StringComparer.Ordinal)),
        Count = places.Count,
        Severity = Severity.High,
        Statement = $"{Wording.Samples(Category.Location, places.Count)} {(places.Count == 1 ? "was" : "were")} uploaded outside any workout.",
        Innocent = [new InnocentExplanation("part of a workout", null, "The upload does not name a workout; one that was not captured may belong to it.")],
        Examples = [.. places.Take(Finding.MaxExamples).Select(place => new Example(null, $"{place.Name} {Shorten(place.Value)}", null))],
        Evidence = [.. places.Select(place => place.Origin).Distinct().Take(Finding.MaxReferences)],
    };

    /// <summary>An identifying value is shown shortened, so that the report can be passed on.</summary>
    private static string Show(Fact fact) => fact.Identifies ? Shorten(fact.Value) : fact.Value;

    internal static string Shorten(string value) => value.StartsWith("sha256:", StringComparison.Ordinal)
        ? value[..Math.Min(value.Length, 15)] + "…"
        : value.Length <= 4 ? new string('•', value.Length)
        : value.Length <= 8 ? $"{value[..2]}…"
        : $"{value[..4]}…{value[^4..]}";

    /// <summary>A secret is already a hash; hashing it again would hide that two of them are equal.</summary>
    private static string Hash(string value) => value.StartsWith("sha256:", StringComparison.Ordinal)
        ? value["sha256:".Length..]
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
