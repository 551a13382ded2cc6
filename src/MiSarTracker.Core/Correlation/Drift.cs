using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// What newer captures upload that older ones did not: did anything new start to be collected? A thing counts as new when it was
/// seen in a newer capture and in no older one; that an older capture was shorter is said, because it may be all the reason.
/// </summary>
public sealed record Drift
{
    /// <summary>The exhibits that are the older side, oldest first.</summary>
    public required IReadOnlyList<string> Before { get; init; }

    /// <summary>The exhibits that are the newer side, oldest first.</summary>
    public required IReadOnlyList<string> After { get; init; }

    /// <summary>How many exchanges and whole hours each side holds: a short capture shows little.</summary>
    public required DriftBasis Basis { get; init; }

    /// <summary>What is new, by kind and name.</summary>
    public required IReadOnlyList<Novelty> News { get; init; }

    /// <summary>What the newer captures no longer show, by kind and name.</summary>
    public required IReadOnlyList<Novelty> Gone { get; init; }

    /// <summary>Compares two sides that were read apart.</summary>
    public static Drift Of(Uploaded before, Uploaded after)
    {
        var (old, young) = (Seen(before), Seen(after));
        return new Drift
        {
            Before = [.. before.Exhibits.Select(exhibit => exhibit.Exhibit)],
            After = [.. after.Exhibits.Select(exhibit => exhibit.Exhibit)],
            Basis = new DriftBasis(before.Exhibits.Sum(one => one.Exchanges), Hours(before), after.Exhibits.Sum(one => one.Exchanges), Hours(after)),
            News = [.. young.Where(one => !old.ContainsKey(one.Key)).Select(one => one.Value)],
            Gone = [.. old.Where(one => !young.ContainsKey(one.Key)).Select(one => one.Value)],
        };
    }

    private static long Hours(Uploaded side) =>
        (long)side.Exhibits.Where(one => one.From is not null && one.To is not null).Sum(one => (one.To!.Value - one.From!.Value).TotalHours);

    private static SortedDictionary<(NoveltyKind Kind, string Name), Novelty> Seen(Uploaded side)
    {
        var seen = new SortedDictionary<(NoveltyKind Kind, string Name), Novelty>();
        void Add(NoveltyKind kind, string name, long count, Origin? where) =>
            seen[(kind, name)] = seen.TryGetValue((kind, name), out var known) ? known with { Count = known.Count + count } : new Novelty(kind, name, count, where);

        foreach (var day in side.Minutes)
        {
            Add(NoveltyKind.Category, day.Category.Name, 1, day.Origin);
        }

        foreach (var what in side.Occurrences)
        {
            Add(NoveltyKind.Category, what.Category.Name, 1, what.Origin);
            foreach (var field in what.Fields)
            {
                Add(NoveltyKind.Field, $"{what.Category.Name}.{field.Name}", 1, what.Origin);
            }
        }

        foreach (var series in side.Series)
        {
            Add(NoveltyKind.Category, series.Category.Name, series.Seconds.Length, series.Origin);
            foreach (var column in series.Columns)
            {
                Add(NoveltyKind.Field, $"{series.Category.Name}.{column}", series.Seconds.Length, series.Origin);
            }
        }

        foreach (var fact in side.Facts)
        {
            Add(NoveltyKind.Category, fact.Category.Name, fact.Count, fact.Origin);
            Add(NoveltyKind.Field, $"{fact.Category.Name}.{fact.Name}", fact.Count, fact.Origin);
            if (fact.Identifies)
            {
                Add(NoveltyKind.Identifier, $"{fact.Name} {FactFindings.Shorten(fact.Value)}", fact.Count, fact.Origin);
            }

            if (fact.Category == Category.Location)
            {
                Add(NoveltyKind.Location, fact.InWorkout == false ? $"{fact.Name} outside a workout" : $"{fact.Name} in a workout", fact.Count, fact.Origin);
            }
        }

        foreach (var host in side.Hosts)
        {
            Add(host.Uploads > 0 ? NoveltyKind.Recipient : NoveltyKind.Host, host.Host, host.Uploads > 0 ? host.Uploads : host.Requests, null);
        }

        foreach (var value in side.Values)
        {
            Add(NoveltyKind.UnknownField, $"{value.Host} {value.Endpoint} {value.Field}", value.Count, value.Origin);
        }

        return seen;
    }
}

/// <summary>What a novelty is. The contract's names are in <see cref="Cases.ContractName"/>.</summary>
public enum NoveltyKind
{
    /// <summary>A place, in a workout or outside one.</summary>
    Location,
    Category,
    Field,
    Identifier,

    /// <summary>A host that is sent data.</summary>
    Recipient,

    /// <summary>A host that is asked for something and sent nothing that we know.</summary>
    Host,

    /// <summary>A value that no rule gives a meaning.</summary>
    UnknownField,
}

/// <param name="Count">How often it was seen, in what its kind is counted by.</param>
/// <param name="Where">The first place; null for a host, which is counted over all captures.</param>
public sealed record Novelty(NoveltyKind Kind, string Name, long Count, Origin? Where);

/// <summary>How much each side of a drift rests on.</summary>
public sealed record DriftBasis(long ExchangesBefore, long HoursBefore, long ExchangesAfter, long HoursAfter);
