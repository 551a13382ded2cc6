using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Reports;

/// <summary>What happened when, and how the deadline was found.</summary>
internal static class TimelineSection
{
    public static void Add(Flow body, ReportInput input, ReportWords words)
    {
        body.Add(new Heading(1, words["timeline"]) { StartsPage = true, Anchor = "timeline" });
        body.Table(
            [Column.Auto(words["column.time"]), Column.Relative(words["column.what"]), Column.Number(words["column.entry"])],
            [
                .. input.History.Where(entry => entry.What is not null).Select(entry => Row.Of(
                    $"{entry.At.InZone(input.Zone):uuuu-MM-dd HH:mm}", entry.What!, ReportWords.Number(entry.Sequence))),
            ]);
        body.Small(words["timeline.note", input.Zone.Id]);
        foreach (var controller in input.Case.Controllers)
        {
            if (controller.Clock is not { } clock)
            {
                continue;
            }

            body.Heading(2, words["deadline", controller.Name]);
            body.KeyValues(
                KeyValue.Of(words["deadline.received"], words["deadline.basis", ReportWords.Date(clock.Received), controller.ReceiptBasis ?? ""]),
                KeyValue.Of(words["deadline.due"], Span.Bold(ReportWords.Date(clock.Due))),
                KeyValue.Of(words["deadline.safe"], ReportWords.Date(clock.Safe)),
                KeyValue.Of(words["deadline.thirty"], ReportWords.Date(clock.ThirtyDays)));
            body.Numbered([.. clock.Derivation.Select(sentence => (ListItem)sentence)]);
        }
    }
}
