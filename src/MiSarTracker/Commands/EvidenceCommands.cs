using System.CommandLine;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Journey;
using MiSarTracker.Storage;

namespace MiSarTracker.Commands;

/// <summary><c>misar evidence add | list | show</c></summary>
internal static class EvidenceCommands
{
    private static readonly Option<string> Device = new("--device") { Description = "The device that was worn, in your words.", HelpName = "NAME" };
    private static readonly Option<string> App = new("--app") { Description = "The app that was captured.", HelpName = "NAME/VERSION" };
    private static readonly Option<string> Remark = new("--note") { Description = "Anything worth knowing about it.", HelpName = "TEXT" };

    public static Command Create(Wiring wiring, Func<string, bool> isNamed) =>
        CommandLine.Group("evidence", "Captures of what the app really uploaded.", isNamed, () =>
        [
            Add(wiring), List(wiring), EvidenceShowCommand.Create(wiring),
        ]);

    private static Command Add(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var files = new Argument<string[]>("FILE") { Description = "mitmproxy flow dumps, HAR, Charles .chlsj, Fiddler .saz, PCAPdroid connection tables, gzipped too; found by content, not by name.", Arity = ArgumentArity.OneOrMore };
        return CommandLine.Describe("add", "Adds captures: hashed, stored, every upload decoded.", "misar evidence add SAR-2026-0001 capture.mitm --device \"Mi Band 3\"")
            .With(reference, files, Device, App, Remark, PasswordOptions.Password, PasswordOptions.File)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var profile = session.Templates.Vendor(found.Vendor);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var added = new List<string>();
                foreach (var path in result.GetValue(files)!)
                {
                    added.Add(await AddAsync(result, session, workspace, found.Reference, profile, path, cancellationToken).ConfigureAwait(false));
                }

                Print(session.Screen, added);
                session.Screen.Next(CaseShowCommand.NextStep(workspace.Cases.Get(found.Reference)));
                return 0;
            });
    }

    private static async Task<string> AddAsync(
        ParseResult result, Session session, Workspace workspace, CaseReference reference, VendorProfile profile, string path, CancellationToken cancellationToken)
    {
        using var file = InputFile.Open(path);
        using var tap = workspace.Vault.Tap(file);
        var builder = new UploadedBuilder { KeepsValues = false };
        var (reading, entry) = session.Screen.WithProgress(Path.GetFileName(path), file.Length, report =>
        {
            if (CaptureReader.IsArchive(file))
            {
                // An archive is read in leaps, and stored afterwards.
                var opened = Read(new CaptureSource(file, PasswordOptions.Of(result)), profile, path, builder, cancellationToken);
                file.Position = 0;
                return (opened, workspace.Vault.Store(file));
            }

            using var watched = new ProgressStream(tap, report);
            var read = Read(watched, profile, path, builder, cancellationToken);
            return (read, tap.Complete());
        });
        var summary = Summary(path, entry.Sha256, reading, SampleCounts.Of(builder.Build()));
        var exhibit = await workspace.AddExhibit(
            reference,
            new AddExhibit
            {
                Kind = ExhibitKind.Evidence,
                FileName = Path.GetFileName(path),
                Size = entry.Size,
                Sha256 = entry.Sha256,
                Format = reading.Format,
                Device = result.GetValue(Device),
                App = result.GetValue(App),
                Note = result.GetValue(Remark),
                Summary = Screen.ToJson(summary),
            },
            reading.Password,
            session.Now,
            cancellationToken).ConfigureAwait(false);
        return Screen.ToJson(json =>
        {
            json.WriteString("exhibit", exhibit.Number);
            summary(json);
        });
    }

    private static CaptureReading Read(CaptureSource source, VendorProfile profile, string path, UploadedBuilder builder, CancellationToken cancellationToken)
    {
        try
        {
            return EvidenceReader.Read(source, profile, "E-000", builder, null, cancellationToken);
        }
        catch (ImportException refused)
        {
            throw new BadInput(path, refused.Where, refused.Reason, LooksLikeAnAnswer(path) ? $"{refused.Remedy} A vendor's answer is added with misar response add." : refused.Remedy, refused);
        }
    }

    private static bool LooksLikeAnAnswer(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".TSV" or ".EML" or ".MBOX" or ".PDF" or ".XLSX" or ".XLS" or ".TXT" or ".JSON" or ".JSONL";

    private static Action<Utf8JsonWriter> Summary(string path, string sha256, CaptureReading reading, SortedDictionary<Category, long> observations) => json =>
    {
        json.WriteString("path", path);
        json.WriteString("sha256", sha256);
        json.WriteString("format", reading.Format);
        json.WriteNumber("exchanges", reading.Uploads.Exchanges);
        json.WriteNumber("uploads", reading.Uploads.Uploads);
        json.WriteNumber("opaque", reading.Uploads.Opaque);
        json.WriteNumber("attempts", reading.Uploads.Attempts);
        json.WriteNumber("unmapped", reading.Uploads.Unmapped);
        json.WriteNumber("storedCopies", reading.Uploads.StoredCopies);
        json.WriteStartObject("observations");
        foreach (var (category, count) in observations)
        {
            json.WriteNumber(category.Name, count);
        }

        json.WriteEndObject();
        json.WriteStartObject("other");
        foreach (var (kind, count) in reading.Counted)
        {
            json.WriteNumber(kind, count);
        }

        json.WriteEndObject();
        OutsideView.Write(json, reading.Uploads.Connections, reading.Uploads.Outside.Refused, reading.Uploads.Outside.Unlisted);
        Damages.Write(json, reading.Damaged);
    };

    private static void Print(Screen screen, List<string> added)
    {
        screen.AsJson(json =>
        {
            json.WriteStartArray("files");
            added.ForEach(one => json.WriteRawValue(one));
            json.WriteEndArray();
        });
        foreach (var one in added)
        {
            using var document = JsonDocument.Parse(one);
            var root = document.RootElement;
            screen.Heading($"{root.GetProperty("exhibit").GetString()}  {root.GetProperty("path").GetString()}");
            screen.Line($"  {root.GetProperty("format").GetString()}, sha256 {root.GetProperty("sha256").GetString()}");
            screen.Line($"  {Screen.Number(root.GetProperty("exchanges").GetInt64())} exchanges, {Screen.Number(root.GetProperty("uploads").GetInt64())} uploads, of them {Screen.Number(root.GetProperty("opaque").GetInt64())} that cannot be read (encrypted or unknown)");
            foreach (var count in root.GetProperty("observations").EnumerateObject())
            {
                screen.Line($"  {Screen.Number(count.Value.GetInt64()),10}  {count.Name}");
            }

            OutsideView.Print(screen, root);
            Damages.Print(screen, root);
        }
    }

    private static Command List(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        return CommandLine.Describe("list", "Lists a case's captures.", "misar evidence list SAR-2026-0001")
            .With(reference)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var evidence = found.Exhibits.Where(exhibit => exhibit.Kind == ExhibitKind.Evidence).ToList();
                session.Screen.AsJson(json =>
                {
                    json.WriteStartArray("evidence");
                    foreach (var exhibit in evidence)
                    {
                        json.WriteStartObject();
                        json.WriteString("exhibit", exhibit.Number);
                        json.WriteString("file", exhibit.FileName);
                        json.WriteString("sha256", exhibit.Sha256);
                        json.WriteString("format", exhibit.Format);
                        json.WriteNumber("size", exhibit.Size);
                        json.WriteString("addedAt", NodaTime.Text.InstantPattern.ExtendedIso.Format(exhibit.AddedAt));
                        json.WriteString("device", exhibit.Device);
                        json.WriteString("app", exhibit.App);
                        json.WriteString("note", exhibit.Note);
                        json.WritePropertyName("summary");
                        json.WriteRawValue(exhibit.Summary);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                });
                if (evidence.Count == 0)
                {
                    session.Screen.Line("No capture yet.");
                    session.Screen.Next($"misar evidence add {found.Reference} capture.mitm");
                    return 0;
                }

                session.Screen.Table(
                    ["no", "file", "format", ">bytes", "sha256"],
                    [.. evidence.Select(exhibit => new[] { exhibit.Number, exhibit.FileName, exhibit.Format, Screen.Number(exhibit.Size), exhibit.Sha256[..16] + "…" })]);
                session.Screen.Next($"misar evidence show {found.Reference} {evidence[0].Number}");
                return 0;
            });
    }
}
