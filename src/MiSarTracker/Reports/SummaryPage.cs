using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Pdf.Model;
using NodaTime;

namespace MiSarTracker.Reports;

/// <summary>The first page: who, which controllers, the dates, the verdict per category in one table and one picture, the three gravest findings.</summary>
internal static class SummaryPage
{
    public static void Add(Flow body, ReportInput input, ReportWords words)
    {
        body.Title(words["title"], words["subtitle", input.Case.Reference, ReportWords.Date(input.Comparison.ComparedAt.InZone(input.Zone).Date), input.Profile.Name]);
        body.Add(new KeyValues([.. Facts(input, words)]) { Columns = 2 });
        body.Lead(Span.Bold(Sentence(input, words)));
        body.Add(Picture(input, words));
        body.Add(Verdicts(input, words));
        var gravest = Look.Gravest(input.Comparison).Take(3).ToList();
        if (gravest.Count == 0)
        {
            body.Paragraph(words["summary.no-findings"]);
            return;
        }

        body.Add(new Heading(3, words["summary.gravest"]) { Listed = false });
        body.Numbered([.. gravest.Select(finding => ListItem.Of(finding.Statement + " ", Span.RefTo(finding.Id, finding.Id)))]);
    }

    private static IEnumerable<KeyValue> Facts(ReportInput input, ReportWords words)
    {
        yield return KeyValue.Of(words["fact.person"], $"{input.Case.Person.Name}, {input.Case.Person.Country}");
        yield return KeyValue.Of(words["fact.product"], input.Profile.Name);
        yield return KeyValue.Of(words["fact.controllers"], string.Join(", ", input.Case.Controllers.Select(controller => controller.Name)));
        yield return KeyValue.Of(words["fact.sent"], Sent(input) is { } sent ? ReportWords.Date(sent) : words["fact.not-recorded"]);
        yield return KeyValue.Of(words["fact.due"], input.Case.Controllers.Select(controller => controller.Clock?.Due).Max() is { } due ? ReportWords.Date(due) : words["fact.no-clock"]);
        yield return KeyValue.Of(words["fact.received"], Received(input, words));
        yield return KeyValue.Of(words["fact.captured"], Captured(input, words));
        yield return KeyValue.Of(words["fact.answer"], words["fact.answer-of", input.Comparison.Response.Count, input.Comparison.Response.Sum(answer => answer.Members)]);
    }

    private static LocalDate? Sent(ReportInput input) =>
        input.Case.Letters.FirstOrDefault(letter => letter.OutcomeAt is not null)?.OutcomeAt?.InZone(input.Zone).Date;

    private static string Received(ReportInput input, ReportWords words)
    {
        if (input.Comparison.Response.Count == 0)
        {
            return words["fact.not-recorded"];
        }

        var first = input.Comparison.Response.Min(answer => answer.Received);
        var due = input.Case.Controllers.Select(controller => controller.Clock?.Safe).Max();
        return due is null ? ReportWords.Date(first)
            : words[first > due ? "fact.late" : "fact.in-time", ReportWords.Date(first)];
    }

    private static string Captured(ReportInput input, ReportWords words)
    {
        var days = input.Comparison.Days.Where(day => day.Minutes.Any(IsUploaded)).Select(day => day.Date).Distinct().ToList();
        var captures = input.Comparison.Evidence.Count;
        return days.Count == 0
            ? words["fact.captures", captures]
            : words["fact.captured-days", captures, days.Count, ReportWords.IsoDate(days.Min()), ReportWords.IsoDate(days.Max())];
    }

    private static bool IsUploaded(MinuteState state) => state is MinuteState.Matched or MinuteState.Missing or MinuteState.Altered or MinuteState.NotComparable;

    /// <summary>The sentence that a reader takes along: about the health data of which most is missing, else about all.</summary>
    private static string Sentence(ReportInput input, ReportWords words)
    {
        var worst = input.Comparison.Categories.Where(category => category.Missing + category.Altered > 0 && category.Disclosed > 0)
            .MaxBy(category => category.Missing + category.Altered);
        var silent = input.Comparison.Categories.Count(category => category.Verdict == Verdict.NotDisclosed);
        var about = worst is null
            ? words["summary.all"]
            : words["summary.worst", input.Profile.Name, words.Category(worst.Category), ReportWords.Number(worst.Matched), ReportWords.Number(worst.Uploaded - worst.NotComparable)];
        return silent == 0 ? about : $"{about} {words[silent == 1 ? "summary.silent-one" : "summary.silent", silent]}";
    }

    /// <summary>What tells of body and movement. Fields such as a device id are in the table; a bar of three fields says nothing.</summary>
    private static readonly Category[] Pictured =
    [
        Category.Steps, Category.ActivityKind, Category.ActivityIntensity, Category.HeartRate, Category.Sleep, Category.SleepStage,
        Category.Workout, Category.WorkoutTrack, Category.Body,
    ];

    private static StackedBars Picture(ReportInput input, ReportWords words)
    {
        var shown = input.Comparison.Categories.Where(category => category.Uploaded > 0 && Pictured.Contains(category.Category)).ToList();
        return new StackedBars
        {
            AltText = words["summary.picture-alt", string.Join("; ", shown.Select(category => words["summary.picture-part", words.Category(category.Category), category.Matched, category.Uploaded]))],
            Keys = [.. Look.Keys(words).Where((_, i) => i != 3)],
            Bars = [.. shown.Select(category => new Bar(words.Category(category.Category), [category.Matched, category.Missing, category.Altered, category.NotComparable]))],
            Caption = [words["summary.picture-caption"]],
        };
    }

    private static Table Verdicts(ReportInput input, ReportWords words) => new(
        [
            Column.Relative(words["column.category"]) with { NamesRow = true }, Column.Number(words["column.uploaded"]), Column.Number(words["column.matched"]),
            Column.Number(words["column.missing"]), Column.Number(words["column.altered"]), Column.Number(words["column.not-comparable"]), Column.Auto(words["column.verdict"]),
        ],
        [
            .. input.Comparison.Categories.Where(category => category.Uploaded > 0 && !IsOther(category)).Select(category => RowOf(words.Category(category.Category), [category], words)),
            .. Others(input, words),
        ])
    {
        Compact = true,
    };

    /// <summary>The many small series of workouts as one row; the table of categories has each.</summary>
    private static List<Row> Others(ReportInput input, ReportWords words)
    {
        var others = input.Comparison.Categories.Where(category => category.Uploaded > 0 && IsOther(category)).ToList();
        return others.Count == 0 ? [] : [RowOf(words["category.other-series", others.Count], others, words)];
    }

    private static bool IsOther(CategoryResult category) => category.Category.Name.StartsWith("other:", StringComparison.Ordinal);

    private static Row RowOf(string name, List<CategoryResult> results, ReportWords words)
    {
        return Row.Of(
            name, Sum(category => category.Uploaded), Sum(category => category.Matched), Sum(category => category.Missing), Sum(category => category.Altered),
            Sum(category => category.NotComparable),
            results.Select(category => category.Verdict).Distinct().Count() == 1 ? Look.Named(results[0].Verdict, words) : words["verdict.several"]);

        string Sum(Func<CategoryResult, long> of) => ReportWords.Number(results.Sum(of));
    }
}
