using System.CommandLine;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Mapping;
using MiSarTracker.Journey;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Commands;

/// <summary><c>misar response add</c></summary>
internal static class ResponseCommands
{
    private static readonly Option<string> Password = new("--password") { Description = "The password of an encrypted archive.", HelpName = "P" };
    private static readonly Option<string> PasswordFile = new("--password-file") { Description = "A file whose first line is the password.", HelpName = "F" };
    private static readonly Option<string> Received = new("--received") { Description = "The day on which it arrived (else today).", HelpName = "DATE" };
    private static readonly Option<string> From = new("--from") { Description = "The first day that you asked for, when you asked for a range.", HelpName = "DATE" };
    private static readonly Option<string> Until = new("--to") { Description = "The last day that you asked for.", HelpName = "DATE" };
    private static readonly Option<string> ControllerId = new("--controller") { Description = "Which of the case's controllers answered.", HelpName = "ID" };

    public static Command Create(Wiring wiring) =>
        new Command("response", "The vendor's answer.").With(Add(wiring), ResponseRecordCommand.Create(wiring));

    private static Command Add(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var files = new Argument<string[]>("FILE") { Description = ".zip (plain or encrypted), .eml, .mbox, .csv, .tsv, .txt, .html; found by content.", Arity = ArgumentArity.OneOrMore };
        return CommandLine.Describe("add", "Adds the vendor's answer: hashed, stored, every row mapped or named.", "misar response add SAR-2026-0001 answer.zip --password-file password.txt")
            .With(reference, files, Password, PasswordFile, Received, From, Until, ControllerId)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var request = new Request(
                    session.Templates.Vendor(found.Vendor), PasswordOf(result), Day(result, Received) ?? session.Today, Day(result, From), Day(result, Until), result.GetValue(ControllerId));
                var added = new List<string>();
                foreach (var path in result.GetValue(files)!)
                {
                    added.Add(await AddAsync(session, workspace, found.Reference, request, path, cancellationToken).ConfigureAwait(false));
                }

                var clock = await new AnswerOnRecord(session, workspace).TellAsync(found.Reference, added, request.Received, request.Controller, cancellationToken).ConfigureAwait(false);
                Print(session.Screen, added, clock);
                session.Screen.Next(CaseShowCommand.NextStep(workspace.Cases.Get(found.Reference)));
                return 0;
            });
    }

    private sealed record Request(VendorProfile Profile, string? Password, LocalDate Received, LocalDate? From, LocalDate? To, string? Controller);

    private static async Task<string> AddAsync(Session session, Workspace workspace, CaseReference reference, Request request, string path, CancellationToken cancellationToken)
    {
        using var file = InputFile.Open(path);
        var builder = new DisclosedBuilder();
        using var mapper = new AnswerMapper(request.Profile, "R-000", builder, Limits.Default);
        var (format, entry) = session.Screen.WithProgress(Path.GetFileName(path), 2 * file.Length, report =>
        {
            // An archive is read from its end, so it is read again to be stored.
            using var watched = new ProgressStream(file, report);
            var read = Read(watched, path, request, mapper, cancellationToken);
            file.Position = 0;
            return (read.Format, workspace.Vault.Store(watched));
        });
        mapper.Finish(entry.Sha256, format, request.Received, session.Now, request.From, request.To);
        var summary = Summary(path, entry.Sha256, format, mapper, request);
        var exhibit = await workspace.AddExhibit(
            reference,
            new AddExhibit
            {
                Kind = ExhibitKind.Response,
                FileName = Path.GetFileName(path),
                Size = entry.Size,
                Sha256 = entry.Sha256,
                Format = format,
                Received = request.Received,
                Controller = request.Controller,
                Summary = Screen.ToJson(summary),
            },
            request.Password,
            session.Now,
            cancellationToken).ConfigureAwait(false);
        return Screen.ToJson(json =>
        {
            json.WriteString("exhibit", exhibit.Number);
            summary(json);
        });
    }

    private static AnswerSummary Read(Stream file, string path, Request request, AnswerMapper mapper, CancellationToken cancellationToken)
    {
        try
        {
            return AnswerReader.Read(file, Path.GetFileName(path), request.Password is null ? [] : [request.Password], mapper, Limits.Default, cancellationToken);
        }
        catch (ImportException refused)
        {
            throw new BadInput(path, refused.Member ?? refused.Where, refused.Reason, refused.Remedy, refused);
        }
    }

    private static Action<Utf8JsonWriter> Summary(string path, string sha256, string format, AnswerMapper mapper, Request request) => json =>
    {
        json.WriteString("path", path);
        json.WriteString("sha256", sha256);
        json.WriteString("format", format);
        json.WriteString("cutOff", mapper.CutOff is { } cutOff ? NodaTime.Text.InstantPattern.ExtendedIso.Format(cutOff.At) : null);
        json.WriteString("cutOffHow", mapper.CutOff?.How ?? "the day on which it was added");
        AskedRange.Write(json, request.From, request.To);
        json.WriteStartArray("members");
        foreach (var member in mapper.Members)
        {
            json.WriteStartObject();
            json.WriteString("name", member.Name);
            json.WriteString("format", member.Member.Format);
            json.WriteNumber("rows", member.Rows);
            json.WriteString("mappedTo", member.MappedTo.Count == 0 ? null : string.Join(", ", member.MappedTo));
            json.WriteStartObject("observations");
            foreach (var (category, count) in member.Observations)
            {
                json.WriteNumber(category.Name, count);
            }

            json.WriteEndObject();
            json.WriteStartArray("unmapped");
            foreach (var column in member.Unmapped.Concat(member.UnmappedTables.SelectMany(header => header)).Distinct())
            {
                json.WriteStringValue(column);
            }

            json.WriteEndArray();
            json.WriteNumber("placeholders", member.Placeholders);
            json.WriteNumber("unreadable", member.Unreadable);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Damages.Write(json, mapper.Damages);
    };

    private static void Print(Screen screen, List<string> added, string clock)
    {
        screen.AsJson(json =>
        {
            json.WriteString("clock", clock);
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
            screen.Line($"  speaks until {root.GetProperty("cutOff").GetString() ?? "now"}: {root.GetProperty("cutOffHow").GetString()}");
            screen.Table(
                ["  member", ">rows", "mapped to"],
                [.. root.GetProperty("members").EnumerateArray().Select(member => new[]
                {
                    "  " + Tail(member.GetProperty("name").GetString()!), Screen.Number(member.GetProperty("rows").GetInt64()), member.GetProperty("mappedTo").GetString() ?? "(kept, not mapped)",
                })]);
            Damages.Print(screen, root);
        }

        screen.Paragraph(clock, "");
    }

    private static string Tail(string name) => name.Length <= 46 ? name : "…" + name[^45..];

    private static LocalDate? Day(ParseResult result, Option<string> option) =>
        result.GetValue(option) is { } text ? IsoDate.Parse(text, option.Name) : null;

    private static string? PasswordOf(ParseResult result)
    {
        if (result.GetValue(Password) is { } given)
        {
            return given;
        }

        return result.GetValue(PasswordFile) is { } path
            ? System.Text.Encoding.UTF8.GetString(InputFile.ReadAll(path)).Split('\n')[0].TrimEnd('\r')
            : null;
    }
}
