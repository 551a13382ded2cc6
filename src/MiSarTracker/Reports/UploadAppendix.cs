using MiSarTracker.Core.Cases;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Reports;

/// <summary>The uploads that findings rest on: each decoded, and as it was captured.</summary>
internal static class UploadAppendix
{
    private const int MostLines = 40;

    public static void Add(Flow body, ReportInput input, ReportWords words)
    {
        if (input.Redacted || input.Uploads.Count == 0)
        {
            return;
        }

        body.Add(new Heading(1, words["uploads"]) { StartsPage = true, Anchor = "uploads" });
        body.Paragraph(words["uploads.intro"]);
        foreach (var ((exhibit, exchange), shown) in input.Uploads.OrderBy(entry => entry.Key.Exhibit, StringComparer.Ordinal).ThenBy(entry => entry.Key.Exchange))
        {
            body.Add(new Heading(2, words["uploads.one", exhibit, exchange]) { Anchor = Look.UploadAnchor(exhibit, exchange), Listed = false });
            body.KeyValues(
                KeyValue.Of(words["uploads.request"], Span.Mono($"{shown.Decoded.Method} {shown.Decoded.Url}")),
                KeyValue.Of(words["uploads.time"], shown.Decoded.SeenAt is { } at ? $"{at.InZone(input.Zone):uuuu-MM-dd HH:mm:ss o<m>}" : words["not-stated"]),
                KeyValue.Of(words["uploads.because"], $"{ContractName.Of(shown.Decoded.Outcome)}: {shown.Decoded.Because}"));
            body.Paragraph(Span.Bold(words["uploads.decoded"]));
            body.Verbatim(string.Join('\n', shown.Decoded.Lines.Take(MostLines)) + (shown.Decoded.Lines.Count > MostLines ? "\n…" : ""));
            body.Paragraph(Span.Bold(words["uploads.captured"]));
            body.Verbatim(shown.AsCaptured);
        }
    }
}
