using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Search;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Reports;

/// <summary>What the vendor gave back to the app, what a later answer mended, where values stand that no rule knows, and what newer captures show for the first time.</summary>
internal static class FurtherSections
{
    /// <summary>Fields beyond these are in the attached data only.</summary>
    private const int MostFields = 200;

    public static void Add(Flow body, ReportInput input, ReportWords words)
    {
        if (input.Comparison.Stored.Count > 0)
        {
            GivenBack(body, input.Comparison.Stored, words);
        }

        if (input.Comparison.Rounds.Count > 1)
        {
            Rounds(body, input.Comparison.Rounds, words);
        }

        if (input.Comparison.Search.Fields.Any(field => field.Sought > 0))
        {
            Search(body, input.Comparison.Search, words);
        }

        if (input.Comparison.Drift is { } drift)
        {
            News(body, drift, words);
        }
    }

    private static void News(Flow body, Drift drift, ReportWords words)
    {
        var (before, after) = (string.Join(", ", drift.Before), string.Join(", ", drift.After));
        body.Heading(1, words["drift", drift.Before[^1]], "drift");
        body.Paragraph(words[
            "drift.intro", before, after, ReportWords.Number(drift.Basis.ExchangesBefore), ReportWords.Number(drift.Basis.HoursBefore),
            ReportWords.Number(drift.Basis.ExchangesAfter), ReportWords.Number(drift.Basis.HoursAfter)]);
        if (drift.News.Count == 0)
        {
            body.Paragraph(words["drift.none"]);
            return;
        }

        body.Add(new Table(
            [Column.Relative(words["column.what"]) with { NamesRow = true }, Column.Relative(words["column.field"], 3), Column.Number(words["column.times"]), Column.Auto(words["column.first-in"])],
            [
                .. drift.News.Take(MostFields).Select(one => Row.Of(
                    ContractName.Of(one.Kind), one.Name, ReportWords.Number(one.Count), one.Where is { } where ? $"{where.Exhibit} #{where.Number}" : "–")),
            ])
        {
            Compact = true,
        });
    }

    private static void GivenBack(Flow body, IReadOnlyList<CategoryResult> stored, ReportWords words)
    {
        body.Heading(1, words["stored"], "stored");
        body.Paragraph(words["stored.intro"]);
        body.Add(new Table(
            [
                Column.Relative(words["column.category"], 2) with { NamesRow = true }, Column.Number(words["column.given-back"]), Column.Number(words["column.matched"]),
                Column.Number(words["column.missing"]), Column.Number(words["column.altered"]), Column.Auto(words["column.verdict"]),
            ],
            [
                .. stored.Select(category => Row.Of(
                    words.Category(category.Category), ReportWords.Number(category.Uploaded), ReportWords.Number(category.Matched), ReportWords.Number(category.Missing),
                    ReportWords.Number(category.Altered), Look.Named(category.Verdict, words))),
            ])
        {
            Compact = true,
        });
    }

    private static void Rounds(Flow body, IReadOnlyList<Round> rounds, ReportWords words)
    {
        body.Heading(1, words["rounds"], "rounds");
        body.Paragraph(words["rounds.intro"]);
        foreach (var round in rounds.Skip(1))
        {
            body.Heading(2, words["rounds.one", round.Number, string.Join(", ", round.Exhibits), ReportWords.Date(round.Received)]);
            body.Add(new Table(
                [
                    Column.Relative(words["column.category"], 2) with { NamesRow = true }, Column.Number(words["column.fixed"]), Column.Number(words["column.still-missing"]),
                    Column.Number(words["column.newly-missing"]), Column.Number(words["column.newly-altered"]),
                ],
                [
                    .. round.Categories.Select(category => Row.Of(
                        words.Category(category.Category), ReportWords.Number(category.Fixed), ReportWords.Number(category.StillMissing), ReportWords.Number(category.NewlyMissing),
                        ReportWords.Number(category.NewlyAltered))),
                ])
            {
                Compact = true,
            });
        }
    }

    /// <summary>Names of fields and counts; no value, so a redacted report has it too.</summary>
    private static void Search(Flow body, FieldSearch search, ReportWords words)
    {
        var fields = search.Fields.Where(field => field.Sought > 0).ToList();
        body.Heading(1, words["search"], "search");
        body.Paragraph(words["search.intro"]);
        body.Paragraph(search.Rule);
        body.Add(new Table(
            [
                Column.Relative(words["column.host"], 2) with { NamesRow = true }, Column.Relative(words["column.field"], 3), Column.Number(words["column.seen"]), Column.Number(words["column.sought"]),
                Column.Number(words["column.found"]), Column.Relative(words["column.where"], 2),
            ],
            [
                .. fields.Take(MostFields).Select(field => Row.Of(
                    field.Host, field.Field, ReportWords.Number(field.Seen), ReportWords.Number(field.Sought), ReportWords.Number(field.Found),
                    field.Where is { } where ? $"{where.Exhibit} {where.Part}" : "–")),
            ])
        {
            Compact = true,
        });
        if (fields.Count > MostFields)
        {
            body.Paragraph(words["search.more", ReportWords.Number(fields.Count - MostFields)]);
        }
    }
}
