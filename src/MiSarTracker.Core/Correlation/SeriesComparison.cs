using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>One uploaded series, with the counts of its values in each state.</summary>
internal sealed record ComparedSeries(Series Uploaded, Moment From, Moment To, long Samples, long Matched, long Altered, long Missing, string? Reason);

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
        var theirs = disclosed.FirstOrDefault(series => series.Subject == mine.Subject)
            ?? disclosed.FirstOrDefault(series => series.Start.Instant is { } at && (at - start).TotalSeconds is >= -60 and <= 60);
        long matched = 0, altered = 0;
        if (theirs is not null)
        {
            foreach (var i in samples)
            {
                var at = Array.BinarySearch(theirs.Seconds, mine.Seconds[i]);
                if (at >= 0)
                {
                    _ = Agree(mine, i, theirs, at) ? matched++ : altered++;
                }
            }
        }

        return new ComparedSeries(mine, from, to, samples.Count, matched, altered, samples.Count - matched - altered, range.Outside(from.Local, start, null));
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
