using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>One occurrence of either side with what the comparison says of it.</summary>
internal sealed record ComparedOccurrence(
    MinuteState State, Moment At, Occurrence? Uploaded, Occurrence? Disclosed, IReadOnlyList<FieldDifference> Differences, string? Reason);

/// <summary>Compares one category of occurrences: nights, stages, workouts, weighings, single measurements.</summary>
internal sealed class OccurrenceComparison(ComparisonRules rules, AnswerRange range, PhoneClock phone, ClockAlignment? clock)
{
    /// <param name="uploaded">One category's occurrences.</param>
    /// <param name="disclosed">The same category's.</param>
    /// <param name="alsoThere">
    /// True when the answer tells of it at another place with the same value: a single heart rate among the minutes.
    /// </param>
    public IReadOnlyList<ComparedOccurrence> Compare(
        IReadOnlyList<Occurrence> uploaded, IReadOnlyList<Occurrence> disclosed, Func<Placed, bool> alsoThere)
    {
        var mine = uploaded.Select(what => Place(what, 0)).Select(placed => placed.What.Start.Offset is null ? placed : placed with { Local = placed.What.Start }).ToList();
        var pairs = BestPairing(mine, disclosed);
        var capturedDays = mine.Select(placed => placed.Local.Local.Date).ToHashSet();
        var (sent, told) = (new StageCover(mine), new StageCover(pairs.Select(pair => pair.Disclosed).OfType<Placed>()));
        return
        [
            .. pairs.Where(pair => pair.Uploaded is not null || !sent.Covers(pair.Disclosed!))
                .Select(pair => Judge(pair, capturedDays, one => alsoThere(one) || told.Covers(one), (one, other) => told.Covers(one) && sent.Covers(other)))
                .OrderBy(compared => compared.At.Instant).ThenBy(compared => compared.State),
        ];
    }

    /// <summary>Bare times are tried on the aligned clock, on the phone's, and as UTC; the first with most pairs counts.</summary>
    private IReadOnlyList<OccurrencePair> BestPairing(List<Placed> mine, IReadOnlyList<Occurrence> disclosed)
    {
        var clocks = disclosed.Any(what => what.Start.Offset is null) ? 3 : 1;
        return Enumerable.Range(0, clocks)
            .Select(choice => OccurrencePairing.Pair(mine, [.. disclosed.Select(what => Place(what, choice))], rules))
            .MaxBy(pairs => pairs.Count(pair => pair is { Uploaded: not null, Disclosed: not null }))!;
    }

    private Placed Place(Occurrence what, int choice)
    {
        var start = InstantOf(what.Start, choice);
        return new Placed(what, start, what.End is { } end ? InstantOf(end, choice) : null, phone.Show(start));
    }

    private Instant InstantOf(Moment moment, int choice) => moment.Instant ?? moment.Local.WithOffset(choice switch
    {
        0 => clock?.OffsetNear(moment.Local.Date) ?? phone.OffsetNear(moment.Local.Date),
        1 => phone.OffsetNear(moment.Local.Date),
        _ => Offset.Zero,
    }).ToInstant();

    /// <param name="isSameInPieces">True when a difference is only one of how the same time is cut into pieces.</param>
    private ComparedOccurrence Judge(OccurrencePair pair, HashSet<LocalDate> capturedDays, Func<Placed, bool> alsoThere, Func<Placed, Placed, bool> isSameInPieces)
    {
        if (pair.Uploaded is not { } mine)
        {
            var at = pair.Disclosed!.Local;
            var state = capturedDays.Contains(at.Local.Date) ? MinuteState.DisclosedOnly : MinuteState.OutsideCapture;
            return new ComparedOccurrence(state, at, null, pair.Disclosed.What, [], null);
        }

        if (pair.Disclosed is { } theirs)
        {
            var differences = isSameInPieces(mine, theirs) ? [] : FieldComparison.Differences(mine, theirs, rules);
            var reason = differences.Count == 0 ? null : Outside(mine);
            var state = differences.Count == 0 ? MinuteState.Matched : reason is null ? MinuteState.Altered : MinuteState.NotComparable;
            return new ComparedOccurrence(state, mine.Local, mine.What, theirs.What, differences, reason);
        }

        if (alsoThere(mine))
        {
            return new ComparedOccurrence(MinuteState.Matched, mine.Local, mine.What, null, [], null);
        }

        var outside = Outside(mine);
        return new ComparedOccurrence(outside is null ? MinuteState.Missing : MinuteState.NotComparable, mine.Local, mine.What, null, [], outside);
    }

    private string? Outside(Placed mine) => range.Outside(mine.Local.Local, mine.End ?? mine.Start, null);
}
