using System.Text;
using MiSarTracker.Core.Findings;
using MiSarTracker.Journey;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Reports;

/// <summary>
/// Composes the report: page one for a reader in a hurry, the rest for one who trusts nobody. Knows no coordinates and
/// no file; what it says comes from the comparison and the case.
/// </summary>
public static class DiscrepancyReport
{
    public static Document Compose(ReportInput input, ReportWords words)
    {
        // The figures as data need nothing of the pages: they are written beside them.
        var attachments = Task.Run(() => Attachments(input, words));
        var title = words["title"];
        var body = new Flow();
        SummaryPage.Add(body, input, words);
        body.Add(new PageBreak());
        body.Contents(words["contents"]);
        TimelineSection.Add(body, input, words);
        CategorySections.Add(body, input, words);
        FindingSections.Add(body, input, words);
        AnswerSections.Add(body, input, words);
        FurtherSections.Add(body, input, words);
        MethodSections.Add(body, input, words);
        UploadAppendix.Add(body, input, words);
        return new Document(
            new DocumentMeta(title, words.Language, input.Comparison.ComparedAt.ToDateTimeOffset())
            {
                Author = input.Case.Person.Name,
                Subject = words["subject", input.Case.Reference],
                Creator = $"MiSarTracker {input.ProgramVersion}",
                Keywords = ["GDPR", "Article 15", input.Profile.Name],
            },
            body.Build())
        {
            Page = input.Paper == "Letter" ? PageSetup.Letter : PageSetup.A4,
            Header = new RunningLine { Left = words["header", input.Case.Reference], Right = input.Redacted ? words["redacted"] : "" },
            Footer = new RunningLine { Left = input.Profile.Name, PageNumbers = words["pages"] },
            Attachments = attachments.GetAwaiter().GetResult(),
        };
    }

    /// <summary>The figures as data, so that a reader can check them; left out of a redacted report, for they hold health values.</summary>
    private static List<Attachment> Attachments(ReportInput input, ReportWords words) => input.Redacted
        ? []
        :
        [
            new Attachment("comparison.json", "application/json", ComparisonJson.Write(input.Comparison)) { Description = words["attachment.json"] },
            new Attachment("findings.csv", "text/csv", Encoding.UTF8.GetBytes(FindingsCsv.Write(input.Comparison))) { Description = words["attachment.csv"] },
        ];
}
