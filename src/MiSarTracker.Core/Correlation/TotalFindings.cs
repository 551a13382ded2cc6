using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// Compares daily totals. They are no samples: a difference is a finding with <c>aggregate: true</c>, and counts nowhere.
/// </summary>
internal sealed class TotalFindings(Disclosed disclosed, AnswerRange range, PhoneClock phone, ComparisonRules rules)
{
    private readonly ILookup<(Category, LocalDate, string), DailyTotal> _theirs =
        disclosed.Totals.ToLookup(total => (total.Category, total.Date, total.Name));

    private readonly HashSet<(Category, string)> _told = [.. disclosed.Totals.Select(total => (total.Category, total.Name))];

    public IEnumerable<Finding> All(IReadOnlyList<DailyTotal> uploaded)
    {
        foreach (var category in uploaded.GroupBy(total => total.Category).OrderBy(group => group.Key))
        {
            var days = category.GroupBy(total => total.Date).OrderBy(day => day.Key)
                .Select(day => (Date: day.Key, Altered: day.Where(IsAltered).ToList(), Missing: IsMissing(day)))
                .ToList();
            foreach (var run in Runs([.. days.Where(day => day.Altered.Count > 0).Select(day => (day.Date, day.Altered))]))
            {
                yield return Altered(category.Key, run);
            }

            foreach (var run in Runs([.. days.Where(day => day.Missing).Select(day => (day.Date, category.Where(total => total.Date == day.Date).ToList()))]))
            {
                yield return Missing(category.Key, run);
            }
        }
    }

    private bool IsAltered(DailyTotal mine)
    {
        var rows = _theirs[(mine.Category, mine.Date, mine.Name)].ToList();
        var tolerance = rules.ToleranceOf(mine.Category, mine.Name);
        return rows.Count > 0 && IsInRange(mine)
            && !rows.Any(row => tolerance.Allows(mine.Value, row.Value) || (mine.LowerBound && row.Value > mine.Value));
    }

    /// <summary>A day without totals, though the answer gives totals of other days; a day without movement is no loss.</summary>
    private bool IsMissing(IGrouping<LocalDate, DailyTotal> day) =>
        day.All(mine => !_theirs[(mine.Category, mine.Date, mine.Name)].Any())
        && day.Any(mine => mine.Value > 0 && _told.Contains((mine.Category, mine.Name)) && IsInRange(mine));

    private bool IsInRange(DailyTotal mine)
    {
        var end = mine.Date.PlusDays(1).AtMidnight();
        var instant = end.WithOffset(phone.OffsetNear(mine.Date)).ToInstant();
        return range.Outside(mine.Date.AtMidnight(), instant, null) is null;
    }

    private static IEnumerable<List<(LocalDate Date, List<DailyTotal> Totals)>> Runs(List<(LocalDate Date, List<DailyTotal> Totals)> days)
    {
        for (var first = 0; first < days.Count;)
        {
            var last = first;
            while (last + 1 < days.Count && days[last + 1].Date == days[last].Date.PlusDays(1))
            {
                last++;
            }

            yield return days.GetRange(first, last - first + 1);
            first = last + 1;
        }
    }

    private Finding Altered(Category category, List<(LocalDate Date, List<DailyTotal> Totals)> run)
    {
        var totals = run.SelectMany(day => day.Totals).ToList();
        var (mine, theirs) = (totals[0], Row(totals[0])!);
        return Basis(category, run, FindingKind.Altered) with
        {
            Statement = $"{Days(run)}: the answer's daily total differs, first on {Wording.Date(mine.Date)}: "
                + $"{Wording.Value(theirs.Value)} {mine.Name} instead of {Wording.Value(mine.Value)}.",
            Innocent =
            [
                new InnocentExplanation("late sync", mine.LowerBound ? theirs.Value < mine.Value : true, mine.LowerBound
                    ? "The captured day was not complete: the vendor may rightly hold more, but it holds less."
                    : "The captured day was complete when it was sent."),
                new InnocentExplanation("merged source", null, "A total over several devices, or a correction by the user, would differ too."),
            ],
            Examples = [.. totals.Take(Finding.MaxExamples).Select(total => new Example(
                phone.OffsetNear(total.Date) is var offset ? new Moment(total.Date.AtMidnight(), offset) : null,
                $"{Wording.Value(total.Value)} {total.Name}", $"{Wording.Value(Row(total)!.Value)} {total.Name}"))],
            Response = [.. totals.Select(total => Row(total)!.Origin).Distinct().Take(Finding.MaxReferences)],
        };
    }

    private Finding Missing(Category category, List<(LocalDate Date, List<DailyTotal> Totals)> run) =>
        Basis(category, run, FindingKind.NotDisclosed) with
        {
            Statement = $"{Days(run)}: the answer holds no daily total, though it does for other days.",
            Innocent = [new InnocentExplanation("totals follow from the minutes", null, "Where the minutes of the day are disclosed, its total can be worked out.")],
            Examples = [.. run.SelectMany(day => day.Totals).Where(total => total.Value > 0).Take(Finding.MaxExamples).Select(total => new Example(
                new Moment(total.Date.AtMidnight(), phone.OffsetNear(total.Date)), $"{Wording.Value(total.Value)} {total.Name}", null))],
        };

    private Finding Basis(Category category, List<(LocalDate Date, List<DailyTotal> Totals)> run, FindingKind kind) => new()
    {
        Kind = kind,
        Category = category,
        Subject = "daily total",
        From = new Moment(run[0].Date.AtMidnight(), phone.OffsetNear(run[0].Date)),
        To = new Moment(run[^1].Date.At(new LocalTime(23, 59)), phone.OffsetNear(run[^1].Date)),
        Count = run.Count,
        Severity = kind == FindingKind.Altered ? Severity.Medium : Severity.Low,
        Statement = "",
        Aggregate = true,
        Evidence = [.. run.SelectMany(day => day.Totals).Select(total => total.Origin).Distinct().Take(Finding.MaxReferences)],
    };

    private static string Days(List<(LocalDate Date, List<DailyTotal> Totals)> run) =>
        run.Count == 1 ? "1 day" : $"{run.Count} days";

    private DailyTotal? Row(DailyTotal mine) => _theirs[(mine.Category, mine.Date, mine.Name)].FirstOrDefault();
}
