using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Findings;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Reports;

/// <summary>Recipients, identifiers, places, and the Article 15 checklist.</summary>
internal static class AnswerSections
{
    public static void Add(Flow body, ReportInput input, ReportWords words)
    {
        body.Heading(1, words["recipients"], "recipients");
        body.Paragraph(words["recipients.intro"]);
        body.Add(new Table(
            [
                Column.Relative(words["column.host"], 2) with { NamesRow = true }, Column.Relative(words["column.owner"], 2), Column.Auto(words["column.country"]),
                Column.Number(words["column.requests"]), Column.Number(words["column.uploads"]), Column.Number(words["column.bytes"]), Column.Auto(words["column.named"]),
            ],
            [
                .. input.Comparison.Recipients.Select(recipient => Row.Of(
                    recipient.Host, recipient.Owner ?? words["unknown"], recipient.Country ?? "–", ReportWords.Number(recipient.Requests), ReportWords.Number(recipient.Uploads),
                    ReportWords.Number(recipient.Bytes), words[recipient.Named switch { true => "named.yes", false => "named.no", null => "named.no-text" }])),
            ])
        {
            Compact = true,
        });
        Identifiers(body, input, words);
        body.Heading(2, words["location"]);
        body.Paragraph(words["location.counts", ReportWords.Number(input.Comparison.Location.InWorkouts), ReportWords.Number(input.Comparison.Location.OutsideWorkouts)]);
        Article15(body, input, words);
    }

    private static void Identifiers(Flow body, ReportInput input, ReportWords words)
    {
        body.Heading(2, words["identifiers"]);
        body.Paragraph(words["identifiers.intro"]);
        body.Add(new Table(
            [
                Column.Auto(words["column.kind"]) with { NamesRow = true }, Column.Auto(words["column.shortened"]), Column.Number(words["column.uploaded-in"]),
                Column.Auto(words["column.disclosed"]), Column.Relative(words["column.sha256-value"]),
            ],
            [
                .. input.Comparison.Identifiers.Select(identifier => Row.Of(
                    identifier.Kind, identifier.Display, ReportWords.Number(identifier.UploadedIn), words[identifier.Disclosed ? "yes" : "no"], Span.Mono(identifier.Sha256OfValue[..24] + "…"))),
            ])
        {
            Compact = true,
        });
    }

    private static void Article15(Flow body, ReportInput input, ReportWords words)
    {
        body.Heading(1, words["article15"], "article15");
        body.Paragraph(words["article15.intro"]);
        body.Add(new Table(
            [Column.Auto(words["column.item"]) with { NamesRow = true }, Column.Relative(words["column.asks"], 3), Column.Auto(words["column.status"]), Column.Relative(words["column.quote"], 2)],
            [
                .. input.Comparison.Article15.Select(item => Row.Of(
                    $"Art. {item.Item}", Checklist.Find(item.Item).What, Status(item, words), Words(item, words))),
            ]));
    }

    private static string Status(Article15Item item, ReportWords words) =>
        item.PatternStatus is { } before
            ? words["article15.by-person", words["article15." + item.Status], words["article15." + before]]
            : words["article15." + item.Status];

    /// <summary>The quote with its place and the reason; the person's own reason stands first.</summary>
    private static string Words(Article15Item item, ReportWords words)
    {
        var quote = item.Quote is null ? item.Where ?? "" : words["article15.quote", item.Quote, item.Where ?? ""];
        return item.Because switch
        {
            null => quote,
            { } because when item.PatternStatus is not null => $"{words["article15.reason", because]} {quote}".TrimEnd(),
            { } because => $"{quote}{(quote.EndsWith('.') || quote.Length == 0 ? "" : ".")} {because}".TrimStart(),
        };
    }
}
