using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>A field on which the two sides differ by more than its tolerance.</summary>
internal sealed record FieldDifference(string Field, string Uploaded, string Disclosed);

/// <summary>Compares what two paired occurrences say, field by field. Only fields that both sides have are compared.</summary>
internal static class FieldComparison
{
    /// <summary>Exports swap the two, and so do some watches: they are compared as an unordered pair.</summary>
    private static readonly string[] UnorderedPair = ["pace-fastest", "pace-slowest"];

    public static IReadOnlyList<FieldDifference> Differences(Placed uploaded, Placed disclosed, ComparisonRules rules)
    {
        var differences = new List<FieldDifference>();
        var category = uploaded.What.Category;
        if (category == Category.Sleep)
        {
            CompareTime("start", uploaded.Start, disclosed.Start, uploaded, rules, differences);
        }

        if ((category == Category.Sleep || category == Category.SleepStage) && uploaded.End is { } mine && disclosed.End is { } theirs)
        {
            CompareTime("end", mine, theirs, uploaded, rules, differences);
        }

        foreach (var field in uploaded.What.Fields)
        {
            var other = disclosed.What[field.Name];
            if (other is not null && !UnorderedPair.Contains(field.Name) && !Agree(category, field, other, rules))
            {
                differences.Add(new FieldDifference(field.Name, field.Display, other.Display));
            }
        }

        ComparePair(uploaded.What, disclosed.What, rules, differences);
        return differences;
    }

    private static bool Agree(Category category, Field mine, Field theirs, ComparisonRules rules) =>
        mine.Number is { } a && theirs.Number is { } b ? rules.ToleranceOf(category, mine.Name).Allows(a, b)
            : mine.Number is { } sent && PrintedNumber.Readings(theirs.Display).Any(reading => rules.ToleranceOf(category, mine.Name).Allows(sent, reading)) ? true
            : string.Equals(mine.Display, theirs.Display, StringComparison.OrdinalIgnoreCase);

    private static void CompareTime(
        string name, Instant mine, Instant theirs, Placed uploaded, ComparisonRules rules, List<FieldDifference> differences)
    {
        if (!rules.ToleranceOf(uploaded.What.Category, name).Allows((decimal)(mine - theirs).TotalMinutes, 0))
        {
            var offset = uploaded.Local.Offset ?? Offset.Zero;
            var (sent, told) = (mine.WithOffset(offset).LocalDateTime, theirs.WithOffset(offset).LocalDateTime);
            differences.Add(new FieldDifference(name, Wording.Clock(sent, told.Date), Wording.Clock(told, sent.Date)));
        }
    }

    private static void ComparePair(Occurrence mine, Occurrence theirs, ComparisonRules rules, List<FieldDifference> differences)
    {
        var a = Pair(mine);
        var b = Pair(theirs);
        if (a.Length != UnorderedPair.Length || b.Length != UnorderedPair.Length)
        {
            return;
        }

        for (var i = 0; i < a.Length; i++)
        {
            if (!rules.ToleranceOf(mine.Category, UnorderedPair[i]).Allows(a[i], b[i]))
            {
                differences.Add(new FieldDifference(UnorderedPair[i], Wording.Value(a[i]), Wording.Value(b[i])));
            }
        }

        static decimal[] Pair(Occurrence what) =>
            [.. UnorderedPair.Select(name => what[name]?.Number).OfType<decimal>().Order()];
    }
}
