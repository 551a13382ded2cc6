using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>Turns the states of one category's minutes into findings, one per unbroken stretch.</summary>
internal sealed class MinuteFindings(MinuteResult result, ClockAlignment clock, Innocence innocence, ComparisonRules rules, Shown shown)
{
    private static readonly Duration WorkoutEdge = Duration.FromMinutes(1);

    private readonly bool _hasSeveralDevices = result.Days.SelectMany(day => day.Sources).Select(source => source.Device).Distinct().Skip(1).Any();
    private readonly LocalDate? _oldest = result.Bare.FirstDay ?? result.Utc.FirstDay;
    private readonly IReadOnlyList<Origin> _members = [.. result.Bare.Members.Concat(result.Utc.Members).Distinct().Take(Finding.MaxReferences)];

    public IReadOnlyList<Finding> All(Counts counts, IReadOnlyList<Occurrence> workouts)
    {
        foreach (var state in Enum.GetValues<MinuteState>().Where(state => state != MinuteState.NoData))
        {
            counts.Add(state, result.Count(state));
        }

        counts.Disclosed += result.Bare.Samples + result.Utc.Samples;
        foreach (var (reason, count) in result.Reasons)
        {
            counts.AddReason(reason, count);
        }

        var stretches = Stretch.Fold(result.Maps);
        LeaveOutWorkouts(stretches, counts, workouts);
        return [.. stretches.Select(stretch => OfStretch(stretch, counts)).OfType<Finding>()];
    }

    /// <summary>
    /// Some exports leave the minutes of a workout out of the minute steps, because the workout holds them. A gap that
    /// is exactly a workout is therefore no gap; one that reaches beyond it is.
    /// </summary>
    private void LeaveOutWorkouts(List<Stretch> stretches, Counts counts, IReadOnlyList<Occurrence> workouts)
    {
        if (result.Category != Category.Steps || counts[MinuteState.Matched] == 0)
        {
            return;
        }

        foreach (var stretch in stretches.Where(stretch => stretch.State == MinuteState.Missing))
        {
            var from = MomentOf(stretch.FirstDay, stretch.FirstMinute).Instant;
            var to = MomentOf(stretch.LastDay, stretch.LastMinute).Instant;
            if (workouts.Any(workout => workout.Start.Instant - WorkoutEdge <= from && to <= workout.End?.Instant + WorkoutEdge))
            {
                counts.Move(MinuteState.Missing, MinuteState.NotComparable, stretch.Count, "the steps of a workout, which some exports keep with the workout only");
                stretch.State = MinuteState.NotComparable;
                Mark(stretch);
            }
        }
    }

    private void Mark(Stretch stretch)
    {
        foreach (var map in result.Maps.Where(map => stretch.FirstDay <= map.Date && map.Date <= stretch.LastDay))
        {
            var from = map.Date == stretch.FirstDay ? stretch.FirstMinute : 0;
            var to = map.Date == stretch.LastDay ? stretch.LastMinute : MinuteDay.MinutesPerDay - 1;
            map.Minutes.AsSpan(from, to - from + 1).Replace(MinuteState.Missing, MinuteState.NotComparable);
        }
    }

    private Finding? OfStretch(Stretch stretch, Counts counts) => stretch.State switch
    {
        MinuteState.Missing => Missing(stretch, counts),
        MinuteState.Altered => Altered(stretch),
        MinuteState.DisclosedOnly => DisclosedOnly(stretch, covered: true),
        MinuteState.OutsideCapture => DisclosedOnly(stretch, covered: false),
        _ => null,
    };

    private Finding Missing(Stretch stretch, Counts counts)
    {
        var (from, to) = Ends(stretch);
        var samples = Wording.Samples(result.Category, stretch.Count);
        var kind = counts.KindOfMissing;
        var seenAt = result.DaysFrom(stretch.FirstDay, stretch.LastDay)
            .SelectMany(day => day.Sources).Max(source => source.SeenAt);
        return new Finding
        {
            Kind = kind,
            Category = result.Category,
            Subject = "minutes",
            From = from,
            To = to,
            Count = stretch.Count,
            Severity = Weight.OfMissing(kind, result.Category, stretch.Count),
            Statement = shown.Gap(samples, stretch.Count, Wording.Time(from, to), kind switch
            {
                FindingKind.AggregatedOnly => "the answer holds only totals of them",
                FindingKind.Unintelligible => Wording.OnlyEncoded(counts.Encoded),
                _ => null,
            }),
            Innocent = innocence.OfMissing(result.Category, from, to, clock, _hasSeveralDevices, seenAt, _oldest),
            Examples = [.. stretch.Sample.Select(at => new Example(MomentOf(at.Date, at.Minute), UploadedValue(at.Date, at.Minute), null))],
            Evidence = stretch.Uploads(result),
            Response = [.. counts.Encoded.Select(field => field.Origin), .. _members],
        };
    }

    private Finding Altered(Stretch stretch)
    {
        var (from, to) = Ends(stretch);
        var rows = stretch.Sample.Select(at => result.AnswerMinute(at.Date, at.Minute)).ToList();
        var first = stretch.Sample[0];
        return new Finding
        {
            Kind = FindingKind.Altered,
            Category = result.Category,
            Subject = "minutes",
            From = from,
            To = to,
            Count = stretch.Count,
            Severity = Severity.Medium,
            Statement = $"{Wording.Samples(result.Category, stretch.Count)} {Wording.Time(from, to)}: the answer holds other values {shown.OtherThan}, "
                + $"first {rows[0].Value}{Wording.Suffix(result.Category)} instead of {UploadedValue(first.Date, first.Minute)}.",
            Innocent = Innocence.OfAltered(rules.ToleranceOf(result.Category), clock, _hasSeveralDevices),
            Examples =
            [
                .. stretch.Sample.Select((at, i) => new Example(
                    MomentOf(at.Date, at.Minute), UploadedValue(at.Date, at.Minute), $"{rows[i].Value}{Wording.Suffix(result.Category)}")),
            ],
            Evidence = stretch.Uploads(result),
            Response = [.. rows.Select(row => row.Row).OfType<Origin>()],
        };
    }

    private Finding DisclosedOnly(Stretch stretch, bool covered)
    {
        var (from, to) = Ends(stretch);
        var rows = stretch.Sample.Select(at => result.AnswerMinute(at.Date, at.Minute)).ToList();
        return new Finding
        {
            Kind = FindingKind.DisclosedOnly,
            Category = result.Category,
            Subject = "minutes",
            From = from,
            To = to,
            Count = stretch.Count,
            Severity = Severity.Info,
            Covered = covered,
            Statement = $"The answer holds {Wording.Samples(result.Category, stretch.Count)} {Wording.Time(from, to)} that "
                + (covered ? "no captured upload of those days shows." : $"{(stretch.Count == 1 ? "lies" : "lie")} outside the captured days."),
            Innocent = [new InnocentExplanation("not captured", null, "What was sent while nothing was captured cannot be seen.")],
            Examples = [.. stretch.Sample.Select((at, i) => new Example(MomentOf(at.Date, at.Minute), null, $"{rows[i].Value}{Wording.Suffix(result.Category)}"))],
            Response = [.. rows.Select(row => row.Row).OfType<Origin>()],
        };
    }

    private (Moment From, Moment To) Ends(Stretch stretch) =>
        (MomentOf(stretch.FirstDay, stretch.FirstMinute), MomentOf(stretch.LastDay, stretch.LastMinute));

    private Moment MomentOf(LocalDate date, int minute) =>
        result.DayOf(date, minute)?.MomentOf(minute)
        ?? new Moment(date.AtMidnight().PlusMinutes(minute), result.NearestOffset(date));

    private string UploadedValue(LocalDate date, int minute) =>
        result.DayOf(date, minute) is { } day && day.Holds(minute) ? $"{day.Value(minute)}{Wording.Suffix(result.Category)}" : "";
}
