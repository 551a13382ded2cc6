using MiSarTracker.Core.Observations;

namespace MiSarTracker.Journey;

/// <summary>What two files of an answer both state: vendors cut long histories into archives whose ranges overlap.</summary>
/// <param name="First">The exhibit that counts.</param>
/// <param name="Other">The one that says it again, or otherwise.</param>
/// <param name="Alike">Samples that both state alike.</param>
/// <param name="Contradicting">Samples of which they state different values.</param>
/// <param name="Example">One of these, in words; null when there is none.</param>
public sealed record AnswerOverlap(Category Category, string First, string Other, long Alike, long Contradicting, string? Example)
{
    /// <summary>All of them, by category and exhibits. Inside one file the comparison tells of repetitions.</summary>
    public static IReadOnlyList<AnswerOverlap> Of(Disclosed disclosed)
    {
        var found = new SortedDictionary<(Category Category, string First, string Other), AnswerOverlap>(
            Comparer<(Category Category, string First, string Other)>.Create((one, other) =>
                (one.Category.CompareTo(other.Category), string.CompareOrdinal(one.First, other.First), string.CompareOrdinal(one.Other, other.Other)) switch
                {
                    (not 0 and var category, _, _) => category,
                    (_, not 0 and var first, _) => first,
                    var (_, _, last) => last,
                }));
        var together = AnswersTogether.Of(disclosed.Minutes, disclosed.Exhibits);
        foreach (var row in disclosed.Duplicates.Concat(together.Repeated))
            Count(found, (row.Category, row.First.Exhibit, row.Again.Exhibit), row.Count, 0, null);
        foreach (var row in disclosed.Conflicts.Concat(together.Conflicting))
        {
            var at = row.At is { } moment ? moment.Local.ToString("uuuu-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) + ": " : "";
            Count(found, (row.Category, row.First.Exhibit, row.Other.Exhibit), 0, row.Count, $"{at}{row.FirstValue} in {row.First.Part} line {row.First.Number}, {row.OtherValue} in {row.Other.Part} line {row.Other.Number}");
        }

        return [.. found.Values];
    }

    private static void Count(
        SortedDictionary<(Category, string, string), AnswerOverlap> found, (Category Category, string First, string Other) key, long alike, long contradicting, string? example)
    {
        if (key.First == key.Other)
            return;

        var so = found.GetValueOrDefault(key) ?? new AnswerOverlap(key.Category, key.First, key.Other, 0, 0, null);
        found[key] = so with { Alike = so.Alike + alike, Contradicting = so.Contradicting + contradicting, Example = so.Example ?? example };
    }
}
