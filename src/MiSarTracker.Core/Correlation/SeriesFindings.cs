using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Correlation;

/// <summary>Turns one category's compared series into findings and counts.</summary>
internal sealed class SeriesFindings(Category category, Innocence innocence, Shown shown)
{
    public IEnumerable<Finding> All(IReadOnlyList<ComparedSeries> compared, Counts counts)
    {
        foreach (var series in compared)
        {
            counts.Add(MinuteState.Matched, series.Matched);
            counts.Disclosed += series.Matched + series.Altered;
            counts.Add(series.Reason is null ? MinuteState.Altered : MinuteState.NotComparable, series.Altered);
            counts.Add(series.Reason is null ? MinuteState.Missing : MinuteState.NotComparable, series.Missing);
            if (series.Reason is not null)
            {
                counts.AddReason(series.Reason, series.Altered + series.Missing);
            }
        }

        var judged = compared.Where(series => series.Reason is null).ToList();
        foreach (var altered in judged.Where(series => series.Altered > 0))
        {
            yield return Basis([altered], FindingKind.Altered, altered.Altered) with
            {
                Severity = Severity.Medium,
                Statement = $"{Wording.Samples(category, altered.Altered)} {Wording.Time(altered.From, altered.To)} differ {shown.FromWhat}.",
                Innocent = Innocence.OfAltered(Tolerance.None, null, false),
            };
        }

        foreach (var run in Runs(judged))
        {
            var missing = run.Sum(series => series.Missing);
            yield return Basis(run, counts.KindOfMissing, missing) with
            {
                Severity = Weight.OfMissing(counts.KindOfMissing, category, missing),
                Statement = shown.Absence(
                    Wording.Samples(category, missing), missing, Wording.Time(run[0].From, run[^1].To),
                    counts.KindOfMissing == FindingKind.Unintelligible ? $"not readable: {Wording.OnlyEncoded(counts.Encoded)}" : "not in the answer"),
                Response = [.. counts.Encoded.Select(field => field.Origin)],
                Innocent = innocence.OfMissing(category, run[0].From, run[^1].To, null, false, null, null),
                Examples = [.. run.SelectMany(Examples).Take(Finding.MaxExamples)],
            };
        }
    }

    /// <summary>Neighbouring series with something missing: one finding.</summary>
    private static IEnumerable<List<ComparedSeries>> Runs(List<ComparedSeries> series)
    {
        var run = new List<ComparedSeries>();
        foreach (var one in series)
        {
            if (one.Missing > 0)
            {
                run.Add(one);
            }

            if (run.Count > 0 && one.Matched + one.Altered > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private static IEnumerable<Example> Examples(ComparedSeries compared)
    {
        var series = compared.Uploaded;
        foreach (var i in SeriesComparison.SamplesOf(series).Take(2))
        {
            var values = series.Columns.Select((name, column) => (name, value: series.Values[column][i])).Where(cell => !double.IsNaN(cell.value));
            var start = compared.From.Local.PlusSeconds(series.Seconds[i] - series.Seconds[SeriesComparison.SamplesOf(series).First()]);
            yield return new Example(
                compared.From with { Local = start },
                string.Join(", ", values.Select(cell => $"{cell.name} {Wording.Value((decimal)Math.Round(cell.value, 8))}")),
                null);
        }
    }

    private Finding Basis(List<ComparedSeries> run, FindingKind kind, long count) => new()
    {
        Kind = kind,
        Category = category,
        Subject = run.Count == 1 ? $"workout {run[0].Uploaded.Subject}" : $"{run.Count} workouts",
        From = run[0].From,
        To = run[^1].To,
        Count = count,
        Severity = Severity.Medium,
        Statement = "",
        Evidence = [.. run.Select(series => series.Uploaded.Origin).Distinct().Take(Finding.MaxReferences)],
    };
}
