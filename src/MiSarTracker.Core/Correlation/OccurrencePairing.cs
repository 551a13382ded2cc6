using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>An occurrence with its time made an instant.</summary>
internal sealed record Placed(Occurrence What, Instant Start, Instant? End, Moment Local);

/// <summary>An uploaded occurrence and the disclosed one that tells of the same thing; one of them may be null.</summary>
internal sealed record OccurrencePair(Placed? Uploaded, Placed? Disclosed);

/// <summary>
/// Pairs what happened on both sides. Nights by their interval only (their day labels follow two conventions),
/// everything else by its start.
/// </summary>
internal static class OccurrencePairing
{
    /// <summary>Minutes; what a profile does not say of a category.</summary>
    private const decimal SameStart = 1;

    /// <summary>Half of the shorter one, so that a night cut short on one side is still the same night.</summary>
    private const double SameNight = 0.5;

    /// <summary>Centimetres; people of one household are told apart by their height.</summary>
    private const decimal SamePersonHeight = 3;

    public static IReadOnlyList<OccurrencePair> Pair(IReadOnlyList<Placed> uploaded, IReadOnlyList<Placed> disclosed, ComparisonRules rules)
    {
        var pairs = new List<OccurrencePair>();
        var free = disclosed.OrderBy(placed => placed.Start).ThenBy(placed => placed.What.Origin.Number).ToList();
        foreach (var mine in uploaded.OrderBy(placed => placed.Start).ThenBy(placed => placed.What.Subject, StringComparer.Ordinal))
        {
            var theirs = Best(mine, free, rules);
            if (theirs is not null)
            {
                free.Remove(theirs);
            }

            pairs.Add(new OccurrencePair(mine, theirs));
        }

        pairs.AddRange(free.Select(theirs => new OccurrencePair(null, theirs)));
        return pairs;
    }

    private static Placed? Best(Placed mine, List<Placed> free, ComparisonRules rules)
    {
        Placed? best = null;
        var bestCloseness = 0.0;
        foreach (var theirs in free)
        {
            if (theirs.Start - mine.Start > Duration.FromDays(2))
            {
                break;
            }

            var closeness = Closeness(mine, theirs, rules);
            if (closeness > bestCloseness)
            {
                (best, bestCloseness) = (theirs, closeness);
            }
        }

        return best;
    }

    /// <summary>0: not the same thing; up to 1: certainly.</summary>
    private static double Closeness(Placed mine, Placed theirs, ComparisonRules rules)
    {
        if (mine.What.Category == Category.Sleep && mine.End is { } myEnd && theirs.End is { } theirEnd)
        {
            var overlap = (Instant.Min(myEnd, theirEnd) - Instant.Max(mine.Start, theirs.Start)).TotalSeconds;
            var shorter = Math.Min((myEnd - mine.Start).TotalSeconds, (theirEnd - theirs.Start).TotalSeconds);
            return shorter > 0 && overlap / shorter >= SameNight ? overlap / Math.Max((myEnd - mine.Start).TotalSeconds, (theirEnd - theirs.Start).TotalSeconds) : 0;
        }

        var apart = mine.Start > theirs.Start ? mine.Start - theirs.Start : theirs.Start - mine.Start;
        var allowed = SameStartOf(mine.What.Category, rules);
        return apart > allowed || !CouldBeSamePerson(mine.What, theirs.What)
            ? 0
            : 1 - (apart.TotalSeconds / (2 * Math.Max(1, allowed.TotalSeconds)));
    }

    private static Duration SameStartOf(Category category, ComparisonRules rules)
    {
        var stated = category == Category.Sleep ? null : rules.Tolerances.GetValueOrDefault($"{category.Name}.start");
        return Duration.FromSeconds((double)Math.Clamp((stated?.Amount ?? SameStart) * 60, 0, 86_400));
    }

    private static bool CouldBeSamePerson(Occurrence mine, Occurrence theirs) =>
        mine["height"]?.Number is not { } myHeight
        || theirs["height"]?.Number is not { } theirHeight
        || Math.Abs(myHeight - theirHeight) <= SamePersonHeight;
}
