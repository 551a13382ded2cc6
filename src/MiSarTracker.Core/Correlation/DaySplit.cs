using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// A local day on which the answer's clock moved against the phone's: one shift before a minute, another from it on.
/// An upload gives one offset for the whole day and does not say at which hour it changed, so the hour is taken from
/// the minutes that agree.
/// </summary>
internal readonly record struct DaySplit(int From, int Before, int After)
{
    /// <summary>Fewer additional matches than this are chance, and the day keeps its one shift.</summary>
    private const int LeastGain = 6;

    /// <summary>
    /// Where the day before or the day after has the other shift, a split is what is expected, and a band that measures every ten minutes has few
    /// minutes to show it.
    /// </summary>
    private const int LeastExpectedGain = 2;

    public static DaySplit None(int shift) => new(0, shift, shift);

    public bool IsConstant => Before == After;

    public int ShiftOf(int minute) => minute < From ? Before : After;

    /// <param name="day">The uploaded day.</param>
    /// <param name="answer">The answer's bare minutes.</param>
    /// <param name="shifts">What may hold for a part of the day; the first is the day's own.</param>
    /// <param name="expected">The shift of the day before, and of the day after.</param>
    /// <param name="tolerance">How far two values may differ and still agree.</param>
    public static DaySplit Find(UploadedDay day, AnswerMinutes answer, IReadOnlyList<int> shifts, (int Before, int After) expected, MinuteTolerance tolerance)
    {
        var sums = shifts.Select(shift => Sums.Of(day, answer, shift, tolerance)).ToArray();
        var own = sums[0].Agreeing[^1];
        var (best, most) = (None(shifts[0]), 0);
        for (var before = 0; before < shifts.Count; before++)
        {
            for (var after = 0; after < shifts.Count; after++)
            {
                var isExpected = (shifts[before] == expected.Before && after == 0) || (before == 0 && shifts[after] == expected.After);
                var least = isExpected ? LeastExpectedGain : LeastGain;
                for (var from = 0; from <= MinuteDay.MinutesPerDay; from++)
                {
                    var gain = sums[before].Agreeing[from] + sums[after].Agreeing[^1] - sums[after].Agreeing[from] - own;
                    if (gain > most && gain >= least && (before == 0 || sums[before].Fits(0, from)) && (after == 0 || sums[after].Fits(from, MinuteDay.MinutesPerDay)))
                    {
                        (most, best) = (gain, new DaySplit(from, shifts[before], shifts[after]));
                    }
                }
            }
        }

        return best;
    }

    /// <param name="Shared">At i: of how many of the first i minutes both sides have a value.</param>
    /// <param name="Agreeing">At i: how many of these agree.</param>
    private sealed record Sums(int[] Shared, int[] Agreeing)
    {
        /// <summary>Most of what both sides have agrees; by chance it is one minute in ten.</summary>
        public bool Fits(int from, int to) => (Agreeing[to] - Agreeing[from]) * 2 > Shared[to] - Shared[from];

        public static Sums Of(UploadedDay day, AnswerMinutes answer, int shift, MinuteTolerance tolerance)
        {
            var sums = new Sums(new int[MinuteDay.MinutesPerDay + 1], new int[MinuteDay.MinutesPerDay + 1]);
            for (var minute = 0; minute < MinuteDay.MinutesPerDay; minute++)
            {
                var value = day.Holds(minute) ? answer.Value(day.FirstMinute + minute + shift) : MinuteDay.None;
                sums.Shared[minute + 1] = sums.Shared[minute] + (value >= 0 ? 1 : 0);
                sums.Agreeing[minute + 1] = sums.Agreeing[minute] + (value >= 0 && day.Agrees(minute, value, tolerance) ? 1 : 0);
            }

            return sums;
        }
    }
}
