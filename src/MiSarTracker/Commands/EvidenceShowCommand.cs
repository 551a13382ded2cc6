using System.CommandLine;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Observations;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Formats.Uploads;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar evidence show</c>: the uploads of a capture; with <c>--exchange</c> one of them, decoded and as captured.</summary>
internal static class EvidenceShowCommand
{
    private const int ShownCharacters = 4_000;

    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var exhibit = new Argument<string>("EXHIBIT") { Description = "For example E-001." };
        var exchange = new Option<long?>("--exchange", "--flow") { Description = "One exchange, by its number in the capture.", HelpName = "N" };
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
                var key = SecretKey.Of(workspace, found.Reference);
                var profile = session.Templates.Vendor(found.Vendor);
                var captured = new CapturedRequest(profile, Limits.Default, key);
                var uploads = new List<ShownExchange>();
                var wanted = result.GetValue(exchange);
                EvidenceReader.Read(
                    new CaptureSource(file, workspace.PasswordOf(found.Reference, shown) is { } password ? [password] : []),
                    new UploadDecoder(profile, Limits.Default, key), shown.Number, new UploadedBuilder { KeepsValues = false }, Take, wanted, cancellationToken);
                if (wanted is { } number && uploads.Count == 0)
                {
                    throw new Refusal($"{shown.Number} has no exchange {number}.", $"misar evidence show {found.Reference} {shown.Number} lists the requests to the vendor's hosts.");
                }

                Show(session.Screen, $"misar evidence show {found.Reference} {shown.Number}", shown, uploads, wanted is not null);
                return 0;

                void Take(HttpExchange http, DecodedUpload decoded)
                {
                    if (wanted is null || wanted == http.Number)
                    {
                        uploads.Add(wanted is null ? new ShownExchange(decoded, [], "", null) : One(captured, http, decoded));
                    }
                }
            });
    }

    private static void Show(Screen screen, string command, Exhibit exhibit, List<ShownExchange> uploads, bool whole)
    {
        screen.AsJson(json =>
        {
            json.WriteString("exhibit", exhibit.Number);
            json.WriteStartArray("uploads");
            uploads.ForEach(one => Write(json, one, whole));
            json.WriteEndArray();
            OutsideView.Write(json, exhibit);
        });
        if (whole)
        {
            ShowOne(screen, uploads[0]);
            return;
        }

        OutsideView.Print(screen, exhibit);
        if (uploads.Count == 0)
        {
            screen.Line("No request to one of the vendor's hosts.");
            return;
        }

        List(screen, uploads);
        screen.Next($"{command} --exchange {(uploads.Find(one => one.Upload.Outcome == UploadOutcome.Decoded) ?? uploads[0]).Upload.Exchange}");
    }

    private static void Write(Utf8JsonWriter json, ShownExchange shown, bool whole)
    {
        var upload = shown.Upload;
        json.WriteStartObject();
        json.WriteNumber("exchange", upload.Exchange);
        json.WriteString("at", upload.SeenAt is { } at ? NodaTime.Text.InstantPattern.ExtendedIso.Format(at) : null);
        json.WriteString("method", upload.Method);
        json.WriteString("host", upload.Host);
        json.WriteString("url", upload.Url);
        json.WriteString("endpoint", upload.EndpointId);
        json.WriteString("outcome", ContractName.Of(upload.Outcome));
        json.WriteString("because", upload.Because);
        Write(json, "observations", upload.Observations);
        Write(json, "stored", upload.Stored);
        json.WriteNumber("unmappedValues", upload.UnmappedValues);
        Write(json, "remarks", upload.Remarks);
        Damages.Write(json, upload.Damages);
        if (whole)
        {
            Write(json, "decoded", upload.Lines);
            Write(json, "request", shown.Head);
            json.WriteString("asCaptured", shown.Body);
            json.WriteString("answer", shown.Answer);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<Category, long> counts)
    {
        json.WriteStartObject(name);
        foreach (var (category, count) in counts.OrderBy(entry => entry.Key))
        {
            json.WriteNumber(category.Name, count);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void List(Screen screen, List<ShownExchange> uploads)
    {
        var widest = Math.Clamp(uploads.Max(one => one.Upload.EndpointId?.Length ?? 1), 8, 22);
        var number = Math.Max(2, uploads.Max(one => Screen.Number(one.Upload.Exchange).Length));
        screen.Line($"{"no".PadLeft(number)}  {"endpoint".PadRight(widest)}  {"outcome",-11}  holds");
        foreach (var upload in uploads.Select(one => one.Upload))
        {
            screen.Hanging(
                $"{Screen.Number(upload.Exchange).PadLeft(number)}  {(upload.EndpointId ?? "-").PadRight(widest)}  {ContractName.Of(upload.Outcome),-11}  ",
                EvidenceText.Holds(upload));
        }
    }

    private static void ShowOne(Screen screen, ShownExchange shown)
    {
        var upload = shown.Upload;
        screen.Heading($"Exchange {Screen.Number(upload.Exchange)}: {ContractName.Of(upload.Outcome)}{(upload.EndpointId is { } id ? $" ({id})" : "")}");
        Block(screen, $"{upload.Because}.");
        screen.Line();
        screen.Heading("Decoded");
        foreach (var line in upload.Lines)
        {
            Block(screen, line);
        }

        foreach (var damage in upload.Damages)
        {
            Block(screen, $"damaged: {damage.Reason}");
        }

        screen.Line();
        screen.Heading("As captured (secrets replaced by their hashes)");
        foreach (var line in shown.Head)
        {
            Block(screen, line);
        }

        screen.Line();
        Block(screen, shown.Body);
        if (shown.Answer is { } answer)
        {
            screen.Line();
            screen.Heading("Its answer, as captured");
            Block(screen, answer);
        }
    }

    /// <summary>The answer is shown where it is evidence of its own.</summary>
    private static ShownExchange One(CapturedRequest captured, HttpExchange http, DecodedUpload decoded) => new(
        decoded, captured.Head(http), captured.Body(http, ShownCharacters),
        decoded.Outcome == UploadOutcome.StoredCopy || decoded.Stored.Count > 0 ? captured.Answer(http, ShownCharacters) : null);

    private static void Block(Screen screen, string text)
    {
        foreach (var line in EvidenceText.Fold(text, Screen.Width - 2))
        {
            screen.Line("  " + line);
        }
    }

    private sealed record ShownExchange(DecodedUpload Upload, IReadOnlyList<string> Head, string Body, string? Answer);
}
