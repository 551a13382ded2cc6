using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar evidence show</c>: the uploads of a capture; with <c>--exchange</c> one of them, decoded and as captured.</summary>
internal static class EvidenceShowCommand
{
    private const int ShownBytes = 2_000;

    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var exhibit = new Argument<string>("EXHIBIT") { Description = "For example E-001." };
        var exchange = new Option<long?>("--exchange") { Description = "One exchange, by its number in the capture.", HelpName = "N" };
        return CommandLine.Describe("show", "Shows a capture's uploads, or one of them decoded and as captured.", "misar evidence show SAR-2026-0001 E-001 --exchange 2")
            .With(reference, exhibit, exchange)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var shown = found.Exhibit(result.GetValue(exhibit)!);
                if (shown.Kind != ExhibitKind.Evidence)
                {
                    throw new Refusal($"{shown.Number} is no capture.", "misar evidence list shows the captures.");
                }

                using var file = workspace.Vault.OpenRead(shown.Sha256);
                var uploads = new List<(DecodedUpload Upload, string? Body)>();
                var wanted = result.GetValue(exchange);
                EvidenceReader.Read(new CaptureSource(file, workspace.PasswordOf(found.Reference, shown) is { } password ? [password] : []), session.Templates.Vendor(found.Vendor), shown.Number, new UploadedBuilder(), Take, cancellationToken);
                if (wanted is { } number && uploads.Count == 0)
                {
                    throw new Refusal($"Exchange {number} of {shown.Number} is no request to the vendor's hosts.", $"misar evidence show {found.Reference} {shown.Number} lists those that are.");
                }

                Show(session.Screen, shown, uploads, wanted is not null);
                return 0;

                void Take(HttpExchange http, DecodedUpload decoded)
                {
                    if (wanted is null || wanted == http.Number)
                    {
                        uploads.Add((decoded, wanted is null ? null : CaseReport.AsCaptured(http, ShownBytes)));
                    }
                }
            });
    }

    private static void Show(Screen screen, Exhibit exhibit, List<(DecodedUpload Upload, string? Body)> uploads, bool whole)
    {
        screen.AsJson(json =>
        {
            json.WriteString("exhibit", exhibit.Number);
            json.WriteStartArray("uploads");
            foreach (var (upload, body) in uploads)
            {
                json.WriteStartObject();
                json.WriteNumber("exchange", upload.Exchange);
                json.WriteString("at", upload.SeenAt is { } at ? NodaTime.Text.InstantPattern.ExtendedIso.Format(at) : null);
                json.WriteString("method", upload.Method);
                json.WriteString("url", upload.Url);
                json.WriteString("endpoint", upload.EndpointId);
                json.WriteString("outcome", ContractName.Of(upload.Outcome));
                json.WriteString("because", upload.Because);
                json.WriteStartObject("observations");
                foreach (var (category, count) in upload.Observations.OrderBy(entry => entry.Key))
                {
                    json.WriteNumber(category.Name, count);
                }

                json.WriteEndObject();
                if (whole)
                {
                    json.WriteStartArray("decoded");
                    upload.Lines.ToList().ForEach(json.WriteStringValue);
                    json.WriteEndArray();
                    json.WriteString("asCaptured", body);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            OutsideView.Write(json, exhibit);
        });
        if (whole)
        {
            ShowOne(screen, uploads[0].Upload, uploads[0].Body!);
            return;
        }

        OutsideView.Print(screen, exhibit);
        screen.Table(
            [">exchange", "endpoint", "outcome", "holds"],
            [.. uploads.Select(one => new[]
            {
                Screen.Number(one.Upload.Exchange), one.Upload.EndpointId ?? "-", ContractName.Of(one.Upload.Outcome),
                string.Join(", ", one.Upload.Observations.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key.Name} {Screen.Number(entry.Value)}")),
            })]);
    }

    private static void ShowOne(Screen screen, DecodedUpload upload, string body)
    {
        screen.Heading($"Exchange {upload.Exchange}: {ContractName.Of(upload.Outcome)}");
        screen.Paragraph(upload.Because, "  ");
        screen.Line();
        screen.Heading("Decoded");
        foreach (var line in upload.Lines)
        {
            screen.Line("  " + line);
        }

        screen.Line();
        screen.Heading("As captured (the first bytes of the body)");
        screen.Line(body);
    }
}
