using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>One uploaded series with the state of each of its samples, in order.</summary>
/// <param name="Reason">Why it cannot be held against the answer; null when it can.</param>
internal sealed record ComparedSeries(Series Uploaded, Moment From, Moment To, MinuteState[] States, string? Reason)
{
    public long Samples => States.Length;

    public long Matched { get; } = States.AsSpan().Count(MinuteState.Matched);

    public long Altered { get; } = States.AsSpan().Count(MinuteState.Altered);

    public long Missing { get; } = States.AsSpan().Count(MinuteState.Missing);
}

/// <summary>Compares one category of series, such as the positions of workouts, value by value.</summary>
internal static class SeriesComparison
{
    /// <summary>1e-5 degrees is about a metre; other columns are compared as printed.</summary>
    private const double Degrees = 1e-5;
    private const double Other = 0.01;

    public static IReadOnlyList<ComparedSeries> Compare(IEnumerable<Series> uploaded, IReadOnlyList<Series> disclosed, AnswerRange range, PhoneClock phone) =>
        [.. uploaded.OrderBy(series => series.Start.Instant).ThenBy(series => series.Subject, StringComparer.Ordinal).Select(series => Compare(series, disclosed, range, phone))];

    /// <summary>
    /// The places whose first column has a value, as <see cref="SampleCounts"/> counts them: an accuracy without a position is no position.
    /// </summary>
    public static IEnumerable<int> SamplesOf(Series series) =>
        series.Values.Length == 0 ? [] : Enumerable.Range(0, series.Seconds.Length).Where(i => !double.IsNaN(series.Values[0][i]));

    private static ComparedSeries Compare(Series mine, IReadOnlyList<Series> disclosed, AnswerRange range, PhoneClock phone)
    {
        var samples = SamplesOf(mine).ToList();
        var start = mine.Start.Instant ?? mine.Start.Local.InUtc().ToInstant();
        var from = phone.Show(start + Duration.FromSeconds(samples.Count == 0 ? 0 : mine.Seconds[samples[0]]));
        var to = phone.Show(start + Duration.FromSeconds(samples.Count == 0 ? 0 : mine.Seconds[samples[^1]]));
        var theirs = Candidates(mine, start, disclosed);
        return new ComparedSeries(mine, from, to, [.. samples.Select(i => StateOf(mine, i, theirs))], range.Outside(from.Local, start, null));
    }

    /// <summary>
    /// The answer's series of the same workout, by its id, else by its start. There may be several: halves of it in two archives, or one that
    /// is sent twice.
    /// </summary>
    private static List<Series> Candidates(Series mine, Instant start, IReadOnlyList<Series> disclosed)
    {
        var named = disclosed.Where(series => series.Subject == mine.Subject).ToList();
        return named.Count > 0
            ? named
            : [.. disclosed.Where(series => series.Start.Instant is { } at && (at - start).TotalSeconds is >= -60 and <= 60)];
    }

    private static MinuteState StateOf(Series mine, int i, List<Series> theirs)
    {
        var state = MinuteState.Missing;
        foreach (var series in theirs)
        {
            var at = Array.BinarySearch(series.Seconds, mine.Seconds[i]);
            if (at >= 0 && Agree(mine, i, series, at))
            {
                return MinuteState.Matched;
            }

            state = at >= 0 ? MinuteState.Altered : state;
        }

        return state;
    }

    private static bool Agree(Series mine, int i, Series theirs, int at)
    {
        for (var column = 0; column < mine.Columns.Count; column++)
        {
            var other = theirs.Columns.ToList().IndexOf(mine.Columns[column]);
            var within = mine.Columns[column] is "latitude" or "longitude" ? Degrees : Other;
            if (other >= 0 && Math.Abs(mine.Values[column][i] - theirs.Values[other][at]) > within)
            {
                return false;
            }
        }

        return true;
    }
}
