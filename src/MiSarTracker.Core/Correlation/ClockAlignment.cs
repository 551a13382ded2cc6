using MiSarTracker.Core.Findings;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// Finds the clock that the answer's bare times were read from. Over the days, the most likely sequence of offsets
/// from UTC (quarter hours, -12:00 to +14:00) is the one under which most minutes agree; a change of offset costs as
/// much as <see cref="ChangeCost"/> says, unless the phone's own clock changed by the same amount that day, which is
/// what a local clock does at daylight saving or on a journey.
/// </summary>
internal sealed class ClockAlignment
{
    /// <summary>Ten matching minutes: less evidence than that does not move a clock.</summary>
    private const int ChangeCost = 10 * MatchWeight;
    private const int MatchWeight = 32;

    /// <summary>
    /// Two unrelated minutes agree by chance in one case of ten or so; a mismatch weighs enough that chance never
    /// pays, and little enough that an answer with every second value changed is still aligned.
    /// </summary>
    private const int MismatchWeight = 8;

    /// <summary>A tie is decided for the phone's own clock, then for UTC: the two that exports really use.</summary>
    private const int OwnClockBonus = 3;
    private const int UtcBonus = 1;

    /// <summary>Days that are searched over all offsets; the others only over what these found.</summary>
    private const int ProbeDays = 48;

    private readonly IReadOnlyList<UploadedDay> _days;
    private readonly int[] _offsets;

    private ClockAlignment(IReadOnlyList<UploadedDay> days, int[] offsets, IReadOnlyList<ClockStretch> stretches)
    {
        (_days, _offsets, Stretches) = (days, offsets, stretches);
    }

    public IReadOnlyList<ClockStretch> Stretches { get; }

    public long Shared => Stretches.Sum(stretch => stretch.Shared);

    public long Matching => Stretches.Sum(stretch => stretch.Matching);

    /// <summary>Minutes to add to the phone's clock to get the answer's clock, by the day's place in the list.</summary>
    public int ShiftOf(int day) => _offsets[day] - PhoneOffset(_days[day]);

    /// <summary>The place in the list of the uploaded day nearest to the date; -1 when nothing was uploaded.</summary>
    private int Nearest(LocalDate date)
    {
        var at = _days.IndexFrom(date);
        return at == _days.Count ? at - 1
            : at > 0 && Period.DaysBetween(_days[at - 1].Date, date) <= Period.DaysBetween(date, _days[at].Date) ? at - 1
            : at;
    }

    /// <summary>The shift on the nearest uploaded day; 0 when nothing was uploaded.</summary>
    public int ShiftNear(LocalDate date) => Nearest(date) is var day and >= 0 ? ShiftOf(day) : 0;

    /// <summary>The answer's clock's offset from UTC on the nearest uploaded day, or null when nothing was uploaded.</summary>
    public Offset? OffsetNear(LocalDate date) => Nearest(date) is var day and >= 0 ? Offset.FromSeconds(_offsets[day] * 60) : null;

    /// <summary>
    /// True when the answer's clock moved against the phone's on this day or beside it: by daylight saving of either,
    /// or on a journey. The hour at which it did is then to be found.
    /// </summary>
    public bool ChangesAt(int day) =>
        Neighbours(day).Any(near => _offsets[near] != _offsets[day] || PhoneOffset(_days[near]) != PhoneOffset(_days[day]));

    /// <summary>The shifts that may hold for a part of such a day, the day's own first.</summary>
    public IReadOnlyList<int> ShiftsAround(int day) =>
        [.. new[] { ShiftOf(day) }.Concat(Neighbours(day).Select(ShiftOf)).Concat([ShiftOf(day) + 60, ShiftOf(day) - 60]).Distinct()];

    /// <summary>The shifts of the day before and of the day after; the day's own at either end.</summary>
    public (int Before, int After) ShiftsBeside(int day) => (ShiftOf(Math.Max(0, day - 1)), ShiftOf(Math.Min(_days.Count - 1, day + 1)));

    private IEnumerable<int> Neighbours(int day) => new[] { day - 1, day + 1 }.Where(near => near >= 0 && near < _days.Count);

    /// <summary>
    /// True when another offset fits as well, and it is not simply that the phone's own clock fits: then a missing
    /// minute may be one that was looked for at the wrong place.
    /// </summary>
    public bool IsAmbiguous(int day)
    {
        var date = _days[day].Date;
        var stretch = Stretches.FirstOrDefault(s => s.From <= date && date <= s.To);
        return stretch is { ShiftMinutes: not 0, Matching: > 0 } && stretch.RunnerUpMatching * 100 >= stretch.Matching * 99;
    }

    /// <summary>Gives the days the clock of another category that could be aligned.</summary>
    public static ClockAlignment Following(ClockAlignment other, IReadOnlyList<UploadedDay> days) =>
        new(days, [.. days.Select(day => PhoneOffset(day) + other.ShiftNear(day.Date))], []);

    /// <summary>Aligns the days with the answer's bare minutes; a fixed zone is taken at its word, and its agreement measured.</summary>
    public static ClockAlignment Find(
        string member, IReadOnlyList<UploadedDay> days, AnswerMinutes answer, MinuteTolerance tolerance, DateTimeZone? zone)
    {
        if (days.Count == 0)
        {
            return new ClockAlignment(days, [], []);
        }

        var candidates = zone is null ? Candidates(days, answer, tolerance) : [.. ZoneOffsets(days, zone).Distinct()];
        var scores = new Score[days.Count][];
        for (var i = 0; i < days.Count; i++)
        {
            scores[i] = ScoreDay(days[i], answer, tolerance, candidates);
        }

        var offsets = zone is null ? BestPath(days, scores, candidates) : ZoneOffsets(days, zone);
        return new ClockAlignment(days, offsets, Fold(member, days, offsets, scores, candidates));
    }

    private static int[] ZoneOffsets(IReadOnlyList<UploadedDay> days, DateTimeZone zone) =>
        [.. days.Select(day => zone.GetUtcOffset(day.InstantOf(720)).Seconds / 60)];

    private static int PhoneOffset(UploadedDay day) => day.Offset.Seconds / 60;

    private static int[] Candidates(IReadOnlyList<UploadedDay> days, AnswerMinutes answer, MinuteTolerance tolerance)
    {
        var all = Enumerable.Range(-48, 105).Select(quarters => quarters * 15).ToArray();
        var chosen = new SortedSet<int> { 0 };
        chosen.UnionWith(days.Select(PhoneOffset));
        var step = Math.Max(1, days.Count / ProbeDays);
        for (var i = 0; i < days.Count; i += step)
        {
            var scores = ScoreDay(days[i], answer, tolerance, all);
            var best = Enumerable.Range(0, all.Length).OrderByDescending(k => scores[k].Weight).ThenBy(k => Math.Abs(all[k])).Take(2);
            chosen.UnionWith(best.Where(k => scores[k].Matching > 0).Select(k => all[k]));
        }

        return [.. chosen];
    }

    private static Score[] ScoreDay(UploadedDay day, AnswerMinutes answer, MinuteTolerance tolerance, int[] offsets)
    {
        var scores = new Score[offsets.Length];
        Span<short> view = stackalloc short[Observations.MinuteDay.MinutesPerDay];
        for (var k = 0; k < offsets.Length; k++)
        {
            var start = day.FirstMinute + offsets[k] - PhoneOffset(day);
            if (day.Only is not null)
            {
                scores[k] = ScoreWhole(day.Only, answer, start, tolerance);
                continue;
            }

            if (!answer.View(start, view))
            {
                continue;
            }

            foreach (var minute in day.Samples)
            {
                if (view[minute] >= 0)
                {
                    scores[k].Shared++;
                    scores[k].Matching += day.Agrees(minute, view[minute], tolerance) ? 1 : 0;
                }
            }
        }

        return scores;
    }

    /// <summary>The same for the usual day, of one device, without a copy of the answer's minutes.</summary>
    private static Score ScoreWhole(short[] day, AnswerMinutes answer, long start, MinuteTolerance tolerance)
    {
        if (!answer.View(start, out var first, out var second))
        {
            return default;
        }

        var (shared, matching) = Agreement.Count(day.AsSpan(0, first.Length), first, tolerance);
        var (sharedBehind, matchingBehind) = Agreement.Count(day.AsSpan(day.Length - second.Length), second, tolerance);
        return new Score { Shared = shared + sharedBehind, Matching = matching + matchingBehind };
    }

    private static int[] BestPath(IReadOnlyList<UploadedDay> days, Score[][] scores, int[] offsets)
    {
        var total = new long[offsets.Length];
        var from = new int[days.Count][];
        for (var i = 0; i < days.Count; i++)
        {
            var next = new long[offsets.Length];
            from[i] = new int[offsets.Length];
            var leader = Array.IndexOf(total, total.Max());
            for (var k = 0; k < offsets.Length; k++)
            {
                var best = i == 0 ? k : BestPredecessor(days, offsets, total, leader, i, k);
                from[i][k] = best;
                next[k] = total[best] - (i == 0 ? 0 : Cost(days, offsets, i, best, k)) + scores[i][k].Weight + Bonus(days[i], offsets[k]);
            }

            total = next;
        }

        var path = new int[days.Count];
        var at = Array.IndexOf(total, total.Max());
        for (var i = days.Count - 1; i >= 0; i--)
        {
            path[i] = offsets[at];
            at = from[i][at];
        }

        return path;
    }

    /// <param name="leader">The first place of the highest total.</param>
    private static int BestPredecessor(IReadOnlyList<UploadedDay> days, int[] offsets, long[] total, int leader, int day, int to)
    {
        if (PhoneOffset(days[day]) == PhoneOffset(days[day - 1]))
        {
            // Every other offset costs the same then, so that only the one with the highest total can be better.
            return total[leader] - ChangeCost > total[to] ? leader : to;
        }

        var best = to;
        for (var j = 0; j < offsets.Length; j++)
        {
            if (total[j] - Cost(days, offsets, day, j, to) > total[best] - Cost(days, offsets, day, best, to))
            {
                best = j;
            }
        }

        return best;
    }

    private static int Cost(IReadOnlyList<UploadedDay> days, int[] offsets, int day, int from, int to)
    {
        var change = offsets[to] - offsets[from];
        return change == 0 || change == PhoneOffset(days[day]) - PhoneOffset(days[day - 1]) ? 0 : ChangeCost;
    }

    private static int Bonus(UploadedDay day, int offset) =>
        offset == PhoneOffset(day) ? OwnClockBonus : offset == 0 ? UtcBonus : 0;

    private static List<ClockStretch> Fold(
        string member, IReadOnlyList<UploadedDay> days, int[] offsets, Score[][] scores, int[] candidates)
    {
        var stretches = new List<ClockStretch>();
        for (var first = 0; first < days.Count;)
        {
            var last = first;
            while (last + 1 < days.Count && offsets[last + 1] == offsets[first] && PhoneOffset(days[last + 1]) == PhoneOffset(days[first]))
            {
                last++;
            }

            var own = Array.IndexOf(candidates, offsets[first]);
            var sums = Enumerable.Range(0, candidates.Length)
                .Select(k => (Offset: candidates[k], Shared: Sum(k, score => score.Shared), Matching: Sum(k, score => score.Matching)))
                .ToArray();
            var runnerUp = sums.Where((_, k) => k != own).OrderByDescending(sum => sum.Matching).FirstOrDefault();
            stretches.Add(new ClockStretch(
                member, days[first].Date, days[last].Date, offsets[first], offsets[first] - PhoneOffset(days[first]),
                sums[own].Shared, sums[own].Matching, runnerUp.Matching > 0 ? runnerUp.Offset : null, runnerUp.Matching));

            long Sum(int k, Func<Score, int> of) => Enumerable.Range(first, last - first + 1).Sum(i => (long)of(scores[i][k]));
            first = last + 1;
        }

        return stretches;
    }

    private struct Score
    {
        public int Shared;
        public int Matching;

        public readonly int Weight => (Matching * MatchWeight) - ((Shared - Matching) * MismatchWeight);
    }
}
