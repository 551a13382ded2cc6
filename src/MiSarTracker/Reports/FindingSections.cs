using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Reports;

/// <summary>Every finding with its examples, the innocent explanations that were checked, and the way to its bytes.</summary>
internal static class FindingSections
{
    public static void Add(Flow body, ReportInput input, ReportWords words)
    {
        body.Add(new Heading(1, words["findings"]) { StartsPage = true, Anchor = "findings" });
        body.Paragraph(words["findings.intro"]);
        var accusing = input.Comparison.Findings.Where(finding => finding.Severity > Severity.Info).ToList();
        foreach (var group in accusing.GroupBy(finding => finding.Category))
        {
            body.Heading(2, group.Key is { } category ? words.Category(category) : words["findings.answer"]);
            foreach (var finding in group)
            {
                body.KeepTogether(block => Detail(block, finding, input, words));
            }
        }

        if (accusing.Count == 0)
        {
            body.Paragraph(words["summary.no-findings"]);
        }

        Remarks(body, [.. input.Comparison.Findings.Where(finding => finding.Severity == Severity.Info)], words);
    }

    private static void Detail(Flow body, Finding finding, ReportInput input, ReportWords words)
    {
        body.Add(new Heading(3, $"{finding.Id}  {words.Kind(ContractName.Of(finding.Kind))}") { Anchor = finding.Id, Listed = false });
        body.Paragraph(finding.Statement);
        body.Add(new KeyValues(
        [
            KeyValue.Of(words["finding.time"], Time(finding, words)),
            KeyValue.Of(words["finding.count"], ReportWords.Number(finding.Count)),
            KeyValue.Of(words["finding.uploads"], References(finding, input)),
            KeyValue.Of(words["finding.rows"], Rows(finding, words)),
        ]));
        if (finding.Examples.Count > 0 && !input.Redacted)
        {
            body.Add(new Table(
                [Column.Auto(words["column.at"]), Column.Relative(words["column.value-uploaded"]), Column.Relative(words["column.value-disclosed"])],
                [.. finding.Examples.Select(example => Row.Of(example.At is { } at ? ComparisonJson.Time(at) : "", example.Uploaded ?? "–", example.Disclosed ?? "–"))])
            {
                Compact = true,
            });
        }

        if (finding.Innocent.Count > 0)
        {
            body.Bullets([.. finding.Innocent.Select(innocent => ListItem.Of(
                Span.Bold(innocent.Explanation), $" – {words[innocent.RuledOut switch { true => "innocent.ruled-out", false => "innocent.not-ruled-out", null => "innocent.open" }]}. {innocent.Why}"))]);
        }

        body.Spacer(6);
    }

    private static string Time(Finding finding, ReportWords words) => (finding.From, finding.To) switch
    {
        ({ } from, { } to) when from == to => ComparisonJson.Time(from),
        ({ } from, { } to) => words["finding.from-to", ComparisonJson.Time(from), ComparisonJson.Time(to)],
        _ => words["finding.no-time"],
    };

    /// <summary>Exhibit and exchange, each a link to the upload in the appendix where it is shown.</summary>
    private static Span[] References(Finding finding, ReportInput input)
    {
        if (finding.Evidence.Count == 0)
        {
            return ["–"];
        }

        var spans = new List<Span>();
        foreach (var group in finding.Evidence.GroupBy(origin => (origin.Exhibit, origin.Number)).Take(12))
        {
            spans.Add(spans.Count == 0 ? "" : "; ");
            var text = $"{group.Key.Exhibit}, exchange {group.Key.Number}";
            spans.Add(input.Uploads.ContainsKey(group.Key) ? Span.RefTo(text, Look.UploadAnchor(group.Key.Exhibit, group.Key.Number)) : text);
            spans.Add(Span.Muted($" ({string.Join(", ", group.Select(origin => origin.Part).Distinct().Take(2))})"));
        }

        if (finding.Evidence.Count > 12)
        {
            spans.Add(Span.Muted(" …"));
        }

        return [.. spans];
    }

    private static Span[] Rows(Finding finding, ReportWords words) => finding.Response.Count == 0
        ? [words["finding.no-rows"]]
        : [string.Join("; ", finding.Response.Take(6).Select(Place)) + (finding.Response.Count > 6 ? " …" : "")];

    private static string Place(Origin origin) => origin.Number > 0 ? $"{origin.Exhibit} {origin.Part}, line {origin.Number}" : $"{origin.Exhibit} {origin.Part}".Trim();

    /// <summary>What is information only: a table, because nobody is accused.</summary>
    private static void Remarks(Flow body, IReadOnlyList<Finding> remarks, ReportWords words)
    {
        if (remarks.Count == 0)
        {
            return;
        }

        body.Heading(2, words["remarks"], "remarks");
        body.Paragraph(words["remarks.intro"]);
        body.Add(new Table(
            [Column.Auto(""), Column.Relative(words["column.what"])],
            [.. remarks.Select(remark => Row.Of(Span.Bold(remark.Id), remark.Statement) with { Anchor = remark.Id })])
        {
            Compact = true,
        });
    }
}
