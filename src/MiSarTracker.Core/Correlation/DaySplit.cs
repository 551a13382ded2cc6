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
    private const int LeastGain = 5;

    public static DaySplit None(int shift) => new(0, shift, shift);

    public bool IsConstant => Before == After;

    public int ShiftOf(int minute) => minute < From ? Before : After;

    /// <param name="day">The uploaded day.</param>
    /// <param name="answer">The answer's bare minutes.</param>
    /// <param name="shifts">What may hold for a part of the day; the first is the day's own.</param>
    /// <param name="tolerance">How far two values may differ and still agree.</param>
    public static DaySplit Find(UploadedDay day, AnswerMinutes answer, IReadOnlyList<int> shifts, MinuteTolerance tolerance)
    {
        var sums = shifts.Select(shift => Sums(day, answer, shift, tolerance)).ToArray();
        var best = None(shifts[0]);
        var most = sums[0][^1] + LeastGain;
        for (var before = 0; before < shifts.Count; before++)
        {
            for (var after = 0; after < shifts.Count; after++)
            {
                for (var from = 0; from <= MinuteDay.MinutesPerDay; from++)
                {
                    var matching = sums[before][from] + sums[after][^1] - sums[after][from];
                    if (matching > most)
                    {
                        (most, best) = (matching, new DaySplit(from, shifts[before], shifts[after]));
                    }
                }
            }
        }

        return best;
    }

    /// <summary>At i: how many of the first i minutes agree.</summary>
    private static int[] Sums(UploadedDay day, AnswerMinutes answer, int shift, MinuteTolerance tolerance)
    {
        var sums = new int[MinuteDay.MinutesPerDay + 1];
        for (var minute = 0; minute < MinuteDay.MinutesPerDay; minute++)
        {
            var agrees = day.Holds(minute)
                && answer.Value(day.FirstMinute + minute + shift) is var value and >= 0
                && day.Agrees(minute, value, tolerance);
            sums[minute + 1] = sums[minute] + (agrees ? 1 : 0);
        }

        return sums;
    }
}
