using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Journey;
using NodaTime;

namespace MiSarTracker.Commands;

/// <summary>
/// <c>misar demo</c>: the whole journey on made-up data, by the same commands that a person would type, at made-up
/// moments, in a throwaway workspace, with the mail written to a file.
/// </summary>
internal static class DemoCommand
{
    private const string Marker = ".misar-demo";
    private const string Reference = "SAR-2026-0001";

    public static Command Create(Wiring wiring)
    {
        var output = new Option<string>("--output") { Description = "Where to put the files.", HelpName = "DIR", DefaultValueFactory = _ => "misar-demo" };
        return CommandLine.Describe("demo", "Plays the whole journey on made-up data; sends nothing, needs no configuration.", "misar demo --output ./misar-demo")
            .With(output)
            .Doing(wiring, async (result, session, _) =>
            {
                var folder = Prepare(result.GetValue(output)!);
                var demo = new Demo(session, folder);
                await demo.RunAsync().ConfigureAwait(false);
                return 0;
            });
    }

    /// <summary>An empty folder: a new one, or that of an earlier demo. Never anybody's own files.</summary>
    private static string Prepare(string output)
    {
        var folder = Path.GetFullPath(output);
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                if (!File.Exists(Path.Combine(folder, Marker)))
                {
                    throw new Refusal($"{folder} is not empty, and no demo made it.", "Name another folder with --output.");
                }

                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, Marker), "Made by misar demo; the next demo replaces this folder.\n");
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Unavailable($"{folder} cannot be made: {fault.Message}", "Name another folder with --output.", fault);
        }
    }

    private sealed class Demo(Session session, string folder)
    {
        private readonly Screen _screen = session.Screen;
        private readonly string _data = session.Templates.Demo;

        public async Task RunAsync()
        {
            var password = Path.Combine(_data, "password.txt");
            await Misar(Moments.Captured, "init", "--non-interactive", "--name", "Ada Voorbeeld", "--email", "ada@example.org", "--country", "NL", "--language", "en", "--timezone", "Europe/Amsterdam").ConfigureAwait(false);
            await Misar(Moments.Captured, "case", "open", "--vendor", "xiaomi-mi-fit", "--identifier", "user-id=3000000001", "--identifier", "device-id=D4000000FFFF0001").ConfigureAwait(false);
            var weeks = await Misar(Moments.Captured, "evidence", "add", Reference, Path.Combine(_data, "weeks.mitm"), "--device", "Mi Band 3", "--app", "Mi Fit/5.9.2").ConfigureAwait(false);
            await Misar(Moments.Asked, "letter", "preview", Reference, "--kind", "access", "--output", Path.Combine(folder, "letter.txt")).ConfigureAwait(false);
            var letter = await Misar(Moments.Asked, "letter", "send", Reference, "--kind", "access", "--yes").ConfigureAwait(false);
            var shown = await Misar(Moments.Asked, "case", "show", Reference).ConfigureAwait(false);
            var answers = await Misar(Moments.Answered, "response", "add", Reference, Path.Combine(_data, "3000000001_1794400000000.zip"), Path.Combine(_data, "3000000001_1714557600000.zip"), "--password-file", password).ConfigureAwait(false);
            var sample = await Misar(Moments.Compared, "evidence", "add", Reference, Path.Combine(_data, "mifit-upload-http1.v17.mitm"), "--note", "two days around a change of the clock").ConfigureAwait(false);
            var comparison = await Misar(Moments.Compared, "compare", Reference).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(folder, "comparison.json"), comparison.Text).ConfigureAwait(false);
            var report = await Misar(Moments.Compared, "report", Reference, "--output", Path.Combine(folder, "discrepancy.pdf")).ConfigureAwait(false);
            var verified = await Misar(Moments.Compared, "verify", Reference).ConfigureAwait(false);
            Tell(weeks.Root, letter.Root, shown.Root, answers.Root, sample.Root, comparison.Root, verified.Root);
            _screen.AsJson(json =>
            {
                json.WriteString("reference", Reference);
                json.WriteString("workspace", Path.Combine(folder, "workspace"));
                json.WriteString("eml", Path.Combine(folder, "letter.eml"));
                json.WriteString("pdf", Path.Combine(folder, "discrepancy.pdf"));
                json.WriteString("json", Path.Combine(folder, "comparison.json"));
                json.WriteString("pdfSha256", report.Root.GetProperty("sha256").GetString());
            });
        }

        /// <summary>
        /// Runs one command as a person would, at a made-up moment. The ledger's salts protect nobody here; fixed ones make its head,
        /// which the report prints, the same everywhere.
        /// </summary>
        private async Task<(string Text, JsonElement Root)> Misar(Instant now, params string[] arguments)
        {
            var wiring = new Wiring
            {
                Clock = new StandingClock(now),
                Templates = session.Templates,
                LedgerSalts = number => SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"misar demo {number}"))),
                Sender = (_, _) => new FileSender(Path.Combine(folder, "letter.eml")),
            };
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            using var error = new StringWriter(CultureInfo.InvariantCulture);
            var code = await CommandLine.RunAsync([.. arguments, "--workspace", Path.Combine(folder, "workspace"), "--json", "--quiet"], wiring, output, error).ConfigureAwait(false);
            if (code != 0)
            {
                throw new InvalidOperationException($"misar {string.Join(' ', arguments)} ended with {code}: {error}");
            }

            var text = output.ToString();
            using var document = JsonDocument.Parse(text);
            return (text, document.RootElement.Clone());
        }

        private void Tell(JsonElement weeks, JsonElement letter, JsonElement shown, JsonElement answers, JsonElement sample, JsonElement comparison, JsonElement verified)
        {
            _screen.Heading("MiSarTracker demo: made-up person, made-up data, nothing sent");
            _screen.Line();
            var clock = shown.GetProperty("controllers")[0].GetProperty("clock");
            Step("captured", string.Join("; ", new[] { weeks, sample }.SelectMany(one => one.GetProperty("files").EnumerateArray()).Select(file =>
                $"{Path.GetFileName(file.GetProperty("path").GetString())}: {Screen.Number(file.GetProperty("uploads").GetInt64())} uploads")));
            Step("asked", $"{letter.GetProperty("to").GetString()} on 2026-10-05 ({letter.GetProperty("reply").GetString()})");
            Step("due", $"{clock.GetProperty("due").GetString()} by law; 30 days: {clock.GetProperty("thirtyDays").GetString()}");
            foreach (var sentence in clock.GetProperty("derivation").EnumerateArray())
            {
                _screen.Paragraph(sentence.GetString()!, "            ");
            }

            Step("answered", string.Join("; ", answers.GetProperty("files").EnumerateArray().Select(file =>
                $"{Path.GetFileName(file.GetProperty("path").GetString())}: {file.GetProperty("members").GetArrayLength()} files")));
            _screen.Line();
            Verdicts(comparison);
            Gravest(comparison);
            Step("verified", $"{verified.GetProperty("files").GetInt64()} files and {verified.GetProperty("ledgerEntries").GetInt64()} ledger entries; the comparison comes out the same");
            _screen.Line();
            foreach (var (name, what) in new[] { ("letter.eml", "the mail, byte for byte"), ("letter.txt", "the letter as text"), ("discrepancy.pdf", "the report"), ("comparison.json", "every figure"), ("workspace", "the case, to go on with") })
            {
                _screen.Line($"{what,-24}{Path.Combine(folder, name)}");
            }

            _screen.Next($"misar --workspace {Path.Combine(folder, "workspace")} case show {Reference}");
        }

        private void Verdicts(JsonElement comparison) => _screen.Table(
            ["category", ">uploaded", ">disclosed", ">missing", ">altered", "verdict"],
            [.. comparison.GetProperty("categories").EnumerateArray().Where(category => category.GetProperty("uploaded").GetInt64() > 0).Select(category => new[]
            {
                category.GetProperty("category").GetString()!, Number(category, "uploaded"), Number(category, "matched"), Number(category, "missing"), Number(category, "altered"),
                category.GetProperty("verdict").GetString()!,
            })]);

        private static string Number(JsonElement category, string name) => Screen.Number(category.GetProperty(name).GetInt64());

        private void Gravest(JsonElement comparison)
        {
            var accusing = comparison.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() != "info").ToList();
            _screen.Line();
            Step("found", $"{accusing.Count} differences, the gravest:");
            foreach (var finding in accusing.Where(finding => finding.GetProperty("severity").GetString() == "high").OrderByDescending(finding => finding.GetProperty("count").GetInt64()).Take(3))
            {
                _screen.Hanging($"            {finding.GetProperty("id").GetString()}  ", finding.GetProperty("statement").GetString()!);
            }
        }

        private void Step(string name, string text) => _screen.Hanging($"{name,-12}", text);
    }

    /// <summary>The demo's moments are made up, so that its files are the same on every machine.</summary>
    private sealed class StandingClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }

    /// <summary>When the made-up person did what. Apart, because a class's first use makes its statics, and every command line makes the tree of commands.</summary>
    private static class Moments
    {
        public static readonly Instant Captured = Instant.FromUtc(2026, 9, 28, 8, 0);
        public static readonly Instant Asked = Instant.FromUtc(2026, 10, 5, 8, 0);
        public static readonly Instant Answered = Instant.FromUtc(2026, 11, 12, 17, 30);
        public static readonly Instant Compared = Instant.FromUtc(2026, 11, 22, 18, 0);
    }
}
