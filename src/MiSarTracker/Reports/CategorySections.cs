using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Pdf.Model;
using NodaTime;

namespace MiSarTracker.Reports;

/// <summary>Per category what was counted, and for minutes a map of days.</summary>
internal static class CategorySections
{
    /// <summary>A cell is five minutes: narrower ones could not be told apart on paper.</summary>
    private const int CellMinutes = 5;
    private const int Cells = MinuteDay.MinutesPerDay / CellMinutes;

    /// <summary>More rows than these are drawn a week to a row: a decade fits a few pages.</summary>
    private const int MostDays = 140;

    public static void Add(Flow body, ReportInput input, ReportWords words)
    {
        body.Add(new Heading(1, words["categories"]) { StartsPage = true, Anchor = "categories" });
        body.Paragraph(words["categories.intro"]);
        body.Add(Counts(input, words));
        foreach (var result in input.Comparison.Categories)
        {
            var days = input.Comparison.Days.Where(day => day.Category == result.Category && day.Minutes.Any(state => state is not (MinuteState.NoData or MinuteState.OutsideCapture))).ToList();
            if (days.Count > 0)
            {
                body.Heading(2, words["map", words.Category(result.Category)], $"map-{result.Category.Name}");
                body.Add(Map(result, days, words));
            }
        }
    }

    private static Table Counts(ReportInput input, ReportWords words) => new(
        [
            Column.Relative(words["column.category"], 2) with { NamesRow = true }, Column.Number(words["column.uploaded"]), Column.Number(words["column.disclosed"]),
            Column.Number(words["column.disclosed-only"]), Column.Number(words["column.outside"]), Column.Auto(words["column.verdict"]), Column.Relative(words["column.reason"], 3),
        ],
        [
            .. input.Comparison.Categories.Select(category => Row.Of(
                words.Category(category.Category), ReportWords.Number(category.Uploaded), ReportWords.Number(category.Disclosed), ReportWords.Number(category.DisclosedOnly),
                ReportWords.Number(category.OutsideCapture), Look.Named(category.Verdict, words), category.Reason ?? "")),
        ])
    {
        Compact = true,
    };

    private static HeatMap Map(CategoryResult result, List<DayMap> days, ReportWords words)
    {
        var weekly = days.Count > MostDays;
        var rows = weekly
            ? days.GroupBy(day => day.Date.PlusDays(1 - (int)day.Date.DayOfWeek)).Select(week => RowOf(words["map.week", ReportWords.IsoDate(week.Key)], [.. week]))
            : DayRows(days);
        return new HeatMap
        {
            AltText = words["map.alt", words.Category(result.Category), result.Matched, result.Missing, result.Altered, days.Count],
            ColumnCount = Cells,
            Rows = [.. rows],
            Keys = Look.Keys(words),
            NoDataLabel = words["state.no-data"],
            Ticks = [.. Enumerable.Range(0, 9).Select(i => new AxisTick(i * 36, $"{i * 3:00}:00"))],
            RowHeight = days.Count > 70 || weekly ? 5 : 9,
            Caption = [words[weekly ? "map.caption-weeks" : "map.caption", words.Category(result.Category), ReportWords.Number(result.Missing), ReportWords.Number(result.Uploaded)]],
        };
    }

    /// <summary>A row to a day; an empty one where days without any capture lie between.</summary>
    private static IEnumerable<HeatMapRow> DayRows(List<DayMap> days)
    {
        for (var i = 0; i < days.Count; i++)
        {
            if (i > 0 && Period.DaysBetween(days[i - 1].Date, days[i].Date) > 1)
            {
                yield return new HeatMapRow("…", new byte[Cells]);
            }

            yield return RowOf(Label(days[i].Date), [days[i]]);
        }
    }

    private static string Label(LocalDate date) => $"{ReportWords.IsoDate(date)} {date.DayOfWeek.ToString()[..2]}";

    private static HeatMapRow RowOf(string label, IReadOnlyList<DayMap> days)
    {
        var codes = new byte[Cells];
        for (var cell = 0; cell < Cells; cell++)
        {
            var gravest = MinuteState.NoData;
            foreach (var day in days)
            {
                for (var minute = cell * CellMinutes; minute < (cell + 1) * CellMinutes; minute++)
                {
                    gravest = Look.Gravity(day.Minutes[minute]) > Look.Gravity(gravest) ? day.Minutes[minute] : gravest;
                }
            }

            codes[cell] = Look.Code(gravest);
        }

        return new HeatMapRow(label, codes);
    }
}
