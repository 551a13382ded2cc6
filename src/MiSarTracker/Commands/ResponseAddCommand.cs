using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Answers.Documents;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Journey;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Commands;

/// <summary><c>misar response add</c></summary>
internal sealed class ResponseAddCommand
{
    private static readonly Option<string> Received = new("--received") { Description = "The day on which it arrived (else today).", HelpName = "DATE" };
    private static readonly Option<string> From = new("--from") { Description = "The first day that you asked for, when you asked for a range.", HelpName = "DATE" };
    private static readonly Option<string> Until = new("--to") { Description = "The last day that you asked for.", HelpName = "DATE" };
    private static readonly Option<string> ControllerId = new("--controller") { Description = "Which of the case's controllers answered.", HelpName = "ID" };

    private readonly Session _session;
    private readonly Workspace _workspace;
    private readonly Case _case;
    private readonly Request _request;
    private readonly AnswerIntake _intake;
    private readonly List<string> _added = [];
    private readonly HashSet<string> _numbers = [];
    private readonly List<(string File, PasswordHint Hint)> _hints = [];
    private BadInput? _refused;
    private LocalDate? _received;

    private ResponseAddCommand(Session session, Workspace workspace, Case @case, Request request, IDocumentProcess documents)
    {
        (_session, _workspace, _case, _request) = (session, workspace, @case, request);
        _intake = new AnswerIntake(session.Templates.Vendor(@case.Vendor), documents);
    }

    private sealed record Request(IReadOnlyList<string> Passwords, bool FromMails, LocalDate? Received, LocalDate? From, LocalDate? To, string? Controller);

    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var files = new Argument<string[]>("FILE")
        {
            Description = "Archives (.zip, plain or encrypted, .tar, .gz), mails (.eml, .mbox), tables (.csv, .tsv, .json, .xlsx, .xls, .ods), documents (.pdf, .docx, .html, .txt); found by content.",
            Arity = ArgumentArity.OneOrMore,
        };
        return CommandLine.Describe("add", "Adds the vendor's answer: hashed, stored, every row mapped or named.", "misar response add SAR-2026-0001 answer.zip --password-file password.txt")
            .With(reference, files, PasswordOptions.Password, PasswordOptions.File, PasswordOptions.FromMails, Received, From, Until, ControllerId)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var request = new Request(
                    PasswordOptions.Of(result), result.GetValue(PasswordOptions.FromMails), Day(result, Received), Day(result, From), Day(result, Until), result.GetValue(ControllerId));
                using var documents = new DocumentProcess();
                await new ResponseAddCommand(session, workspace, found, request, documents).RunAsync(result.GetValue(files)!, cancellationToken).ConfigureAwait(false);
                session.Screen.Next(CaseShowCommand.NextStep(workspace.Cases.Get(found.Reference)));
                return 0;
            });
    }

    /// <summary>What can be opened first; then, with what the opened texts say about passwords, the rest.</summary>
    private async Task RunAsync(string[] paths, CancellationToken cancellationToken)
    {
        var locked = new List<string>();
        foreach (var path in paths)
        {
            using var file = InputFile.Open(path);
            using var taken = Take(file, path, [.. _request.Passwords, .. Kept(Known(file))], cancellationToken);
            _hints.AddRange(taken.Overview.Hints.Select(hint => (Path.GetFileName(path), hint)));
            if (taken.IsLocked)
                locked.Add(path);
            else
                await StoreAsync(file, path, taken, null, cancellationToken).ConfigureAwait(false);
        }

        foreach (var path in locked)
            await UnlockAsync(path, cancellationToken).ConfigureAwait(false);

        if (_added.Count > 0)
        {
            var clock = await new AnswerOnRecord(_session, _workspace).TellAsync(_case.Reference, _added, _received ?? _session.Today, _request.Controller, cancellationToken).ConfigureAwait(false);
            Print(clock, Overlaps(cancellationToken));
        }

        if (_refused is not null)
            throw _refused;
    }

    private TakenAnswer Take(FileStream file, string path, IReadOnlyList<string> passwords, CancellationToken cancellationToken)
    {
        var taken = _session.Screen.WithProgress(Path.GetFileName(path), file.Length, report =>
        {
            using var watched = new ProgressStream(file, report, leaveOpen: true);
            var read = _intake.Read(watched, Path.GetFileName(path), passwords, cancellationToken);
            report(file.Length);
            return read;
        });
        if (taken is { Refused: { } refused, IsLocked: false })
        {
            taken.Dispose();
            throw Said(path, refused, refused.Remedy);
        }

        if (taken.Summary is not null && taken.Mapper.Members.All(member => member.MappedTo.Count == 0) && CaptureIn(file, cancellationToken) is { } capture)
        {
            taken.Dispose();
            throw new BadInput(path, null, $"is a capture ({capture}), not an answer: it shows what the app sent", $"misar evidence add {_case.Reference} {path}");
        }

        return taken;
    }

    /// <summary>What a flow dump or a HAR with an exchange in it calls itself; null for anything else.</summary>
    private static string? CaptureIn(FileStream file, CancellationToken cancellationToken)
    {
        try
        {
            file.Position = 0;
            var capture = CaptureReader.Open(file, Limits.Default);
            var isSession = capture.Format.StartsWith("mitmproxy", StringComparison.Ordinal) || capture.Format.StartsWith("har", StringComparison.Ordinal);
            return isSession && capture.Read(cancellationToken).FirstOrDefault() is CaptureItem.Exchange ? capture.Format : null;
        }
        catch (ImportException)
        {
            return null;
        }
    }

    private async Task UnlockAsync(string path, CancellationToken cancellationToken)
    {
        var hints = Hints(cancellationToken);
        var isAllowed = hints.Count > 0 && (_request.FromMails || (_session.Screen.IsInteractive && !_session.Screen.Json
            && _session.Screen.Ask($"{path} is locked. {Place(hints[0])} seems to name a password. Try it?")));
        using var file = InputFile.Open(path);
        List<string> passwords = [.. _request.Passwords, .. Kept(Known(file)), .. isAllowed ? hints.Select(hint => hint.Hint.Password) : []];
        using var taken = Take(file, path, passwords, cancellationToken);
        var offer = isAllowed || hints.Count == 0
            ? null
            : $"{Place(hints[0])} seems to name it: give it with --password, or let it be tried with --passwords-from-mails.";
        if (taken.Refused is { } refused)
        {
            _refused ??= Said(path, refused, offer ?? refused.Remedy);
            return;
        }

        if (taken.IsLocked && offer is not null)
            _session.Screen.Warn($"{taken.Summary!.Locked[0]} stays locked. {offer} Save it by itself, and add that file.");

        var used = hints.Where(hint => taken.Summary!.Opened.Contains(hint.Hint.Password) && !_request.Passwords.Contains(hint.Hint.Password)).Select(Place).FirstOrDefault();
        await StoreAsync(file, path, taken, used, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same bytes on the record, when they were added before.</summary>
    private Exhibit? Known(FileStream file)
    {
        var alike = _case.Exhibits.Where(exhibit => exhibit.Kind == ExhibitKind.Response && exhibit.Size == file.Length).ToList();
        if (alike.Count == 0)
            return null;

        file.Position = 0;
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        return alike.Find(exhibit => exhibit.Sha256 == sha256);
    }

    /// <summary>What opens an exhibit already: a further password joins these and does not replace them. Nothing when it was lost.</summary>
    private IReadOnlyList<string> Kept(Exhibit? known) =>
        known is { HasPassword: true } ? ExhibitPasswords.Split(_workspace.Secrets.Get(SecretStore.NameOf(_case.Reference, known.Number))) : [];

    /// <summary>From the files of this call; else from what the case holds already.</summary>
    private List<(string File, PasswordHint Hint)> Hints(CancellationToken cancellationToken)
    {
        if (_hints.Count == 0 && _case.Exhibits.Any(exhibit => exhibit.Kind == ExhibitKind.Response))
        {
            _hints.AddRange(Material().ReadAnswers(cancellationToken).Texts
                .SelectMany(text => PasswordHint.In(text.Origin.Part, text.Text).Select(hint => (text.Origin.Exhibit, hint))));
        }

        return _hints;
    }

    private static string Place((string File, PasswordHint Hint) hint) =>
        hint.File == hint.Hint.Member ? $"{hint.File} line {hint.Hint.Line}" : $"{hint.File}, {hint.Hint.Member} line {hint.Hint.Line}";

    private static BadInput Said(string path, ImportException refused, string? remedy) =>
        new(path, refused.Member == Path.GetFileName(path) ? refused.Where : refused.Member ?? refused.Where, refused.Reason, remedy, refused);

    private async Task StoreAsync(FileStream file, string path, TakenAnswer taken, string? passwordFrom, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var entry = _workspace.Vault.Store(file);
        var known = AddExhibit.Find(_workspace.Cases.Get(_case.Reference), ExhibitKind.Response, entry.Sha256);
        var received = _request.Received ?? known?.Received ?? _session.Today;
        _received = _received is { } earlier && earlier < received ? earlier : received;
        var (from, to) = known is null ? (_request.From, _request.To) : AskedRange.Read(known.Summary);
        var register = taken.Mapper.Finish(entry.Sha256, taken.Summary!.Format, received, known?.AddedAt ?? _session.Now, from, to);
        void Summary(Utf8JsonWriter json) => AnswerJson.Write(json, path, entry.Sha256, taken, (from, to), register.Archives);
        var kept = Kept(known);
        List<string> passwords = [.. kept.Union(taken.Summary.Opened)];
        var isUnlocked = known is not null && passwords.Count > kept.Count;
        var exhibit = await _workspace.AddExhibit(
            _case.Reference,
            new AddExhibit
            {
                Kind = ExhibitKind.Response,
                FileName = Path.GetFileName(path),
                Size = entry.Size,
                Sha256 = entry.Sha256,
                Format = taken.Summary.Format,
                Received = received,
                Controller = _request.Controller,
                // Lost ones that are given again are those of before.
                PasswordsBefore = known is { HasPassword: true } && kept.Count == 0 ? passwords.Count : kept.Count,
                Summary = Screen.ToJson(Summary),
            },
            known is null || isUnlocked ? ExhibitPasswords.Join(passwords) : null,
            _session.Now,
            cancellationToken).ConfigureAwait(false);
        _numbers.Add(exhibit.Number);
        _added.Add(Screen.ToJson(json =>
        {
            json.WriteString("exhibit", exhibit.Number);
            json.WriteBoolean("addedBefore", known is not null);
            json.WriteBoolean("unlocked", isUnlocked);
            json.WriteString("passwordFrom", passwordFrom);
            Summary(json);
        }));
    }

    private CaseMaterial Material() =>
        new(_workspace, _workspace.Cases.Get(_case.Reference), _session.Templates.Vendor(_case.Vendor), _session.Settings.Person.Zone);

    /// <summary>What the files of this call and others of the case say twice; one file alone cannot.</summary>
    private IReadOnlyList<AnswerOverlap> Overlaps(CancellationToken cancellationToken) =>
        _workspace.Cases.Get(_case.Reference).Exhibits.Count(exhibit => exhibit.Kind == ExhibitKind.Response) > 1
            ? [.. AnswerOverlap.Of(Material().ReadAnswers(cancellationToken)).Where(overlap => _numbers.Contains(overlap.First) || _numbers.Contains(overlap.Other))]
            : [];

    private void Print(string clock, IReadOnlyList<AnswerOverlap> overlaps)
    {
        var screen = _session.Screen;
        screen.AsJson(json =>
        {
            json.WriteString("clock", clock);
            json.WriteStartArray("files");
            _added.ForEach(one => json.WriteRawValue(one));
            json.WriteEndArray();
            json.WriteStartArray("overlaps");
            foreach (var overlap in overlaps)
            {
                json.WriteStartObject();
                json.WriteString("category", overlap.Category.Name);
                json.WriteString("first", overlap.First);
                json.WriteString("other", overlap.Other);
                json.WriteNumber("alike", overlap.Alike);
                json.WriteNumber("contradicting", overlap.Contradicting);
                json.WriteString("example", overlap.Example);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        foreach (var one in _added)
        {
            using var document = JsonDocument.Parse(one);
            var root = document.RootElement;
            AnswerView.Print(screen, root, $"{root.GetProperty("exhibit").GetString()}  {root.GetProperty("path").GetString()}{(root.GetProperty("addedBefore").GetBoolean() ? " (added before)" : "")}");
            if (root.GetProperty("unlocked").GetBoolean())
                screen.Line("  its password is kept with it now; a comparison that was made before did not see what it opens");
            if (root.GetProperty("passwordFrom").GetString() is { } from)
                screen.Line($"  opened with the password that stands in {from}");
        }

        foreach (var overlap in overlaps)
        {
            screen.Paragraph(Said(overlap));
        }

        screen.Paragraph(clock, "");
    }

    private static string Said(AnswerOverlap overlap)
    {
        var alike = $"{overlap.Category.Name}: {overlap.Other} says again {Screen.Number(overlap.Alike)} that {overlap.First} says";
        var contradicting = $"contradicts {(overlap.Alike > 0 ? "it" : overlap.First)} {(overlap.Contradicting == 1 ? "once" : Screen.Number(overlap.Contradicting) + " times")} ({overlap.Example}).";
        return overlap.Contradicting == 0 ? alike + "." : overlap.Alike > 0 ? $"{alike}, and {contradicting}" : $"{overlap.Category.Name}: {overlap.Other} {contradicting}";
    }

    private static LocalDate? Day(ParseResult result, Option<string> option) =>
        result.GetValue(option) is { } text ? IsoDate.Parse(text, option.Name) : null;
}
