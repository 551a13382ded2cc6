using MiSarTracker.Core.Cases;
using MiSarTracker.Pdf.Model;
using NodaTime;

namespace MiSarTracker.Reports;

/// <summary>How it was done and how to repeat it, what it cannot show, and every file with its hash.</summary>
internal static class MethodSections
{
    public static void Add(Flow body, ReportInput input, ReportWords words)
    {
        body.Heading(1, words["method"], "method");
        body.Paragraph(words["method.intro", input.ProgramVersion, input.Comparison.Engine]);
        body.KeyValues(
            KeyValue.Of(words["method.clock"], Clock(input, words)),
            KeyValue.Of(words["method.devices"], Told(input, exhibit => exhibit.Device, words)),
            KeyValue.Of(words["method.apps"], Told(input, exhibit => exhibit.App, words)),
            KeyValue.Of(words["method.formats"], string.Join(", ", input.Comparison.Evidence.Select(capture => capture.Format).Distinct())),
            KeyValue.Of(words["method.engine"], words["method.engine-of", input.Engine.Name, input.Engine.Version, string.Join(", ", input.Engine.Fonts.Select(font => font.Name))]));
        body.Heading(2, words["method.repeat"]);
        body.Paragraph(words["method.repeat-intro"]);
        body.Verbatim(words["method.repeat-commands", input.Case.Reference, input.Profile.Id]);
        body.Heading(1, words["limits"], "limits");
        body.Bullets([.. Enumerable.Range(1, 6).Select(i => (ListItem)words[$"limits.{i}"])]);
        Register(body, input, words);
    }

    private static string Clock(ReportInput input, ReportWords words)
    {
        var clock = input.Comparison.Clock;
        var agreement = clock.Agreement is { } share ? words["method.agreement", $"{share * 100:0.#}"] : "";
        return clock.OffsetMinutes is { } minutes ? $"{words["method.offset", Offset.FromSeconds(minutes * 60)]}: {clock.How}. {agreement}".Trim() : clock.How;
    }

    private static string Told(ReportInput input, Func<Exhibit, string?> what, ReportWords words) =>
        string.Join(", ", input.Case.Exhibits.Select(what).OfType<string>().Distinct()) is { Length: > 0 } told ? told : words["not-stated"];

    private static void Register(Flow body, ReportInput input, ReportWords words)
    {
        body.Add(new Heading(1, words["register"]) { Anchor = "register" });
        body.Paragraph(words["register.intro"]);
        body.Add(new Table(
            [
                Column.Auto(words["column.number"]) with { NamesRow = true }, Column.Relative(words["column.file"], 2), Column.Auto(words["column.format"]),
                Column.Number(words["column.bytes"]), Column.Auto(words["column.added"]),
            ],
            [.. input.Case.Exhibits.SelectMany(exhibit => Rows(exhibit, input))])
        {
            Compact = true,
        });
        body.Small(words["register.ledger", input.LedgerHead]);
    }

    /// <summary>Two rows to an exhibit, so that its hash stands whole.</summary>
    private static IEnumerable<Row> Rows(Exhibit exhibit, ReportInput input)
    {
        yield return Row.Of(
            Span.Bold(exhibit.Number), exhibit.FileName, exhibit.Format, ReportWords.Number(exhibit.Size), $"{exhibit.AddedAt.InZone(input.Zone):uuuu-MM-dd HH:mm}") with
        {
            KeepWithNext = true,
            Anchor = $"X-{exhibit.Number}",
        };
        yield return Row.Of(Cell.Empty, Cell.Of(Span.Muted("SHA-256 "), Span.Mono(exhibit.Sha256)) with { ColumnSpan = 4 });
    }
}
