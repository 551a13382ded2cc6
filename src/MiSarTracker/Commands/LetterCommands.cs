using System.CommandLine;
using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Ports;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Journey;
using MiSarTracker.Sending;
using MiSarTracker.Storage;

namespace MiSarTracker.Commands;

/// <summary><c>misar letter preview | send</c></summary>
internal static class LetterCommands
{
    private static readonly Option<string> Kind = new("--kind") { Description = $"The kind of letter: {string.Join(", ", LetterKind.All)}.", HelpName = "K", Required = true };
    private static readonly Option<string> Language = new("--language") { Description = "Another language than the case's.", HelpName = "CC" };
    private static readonly Option<string> To = new("--to") { Description = "Another address for this letter; why it differs is put on the record.", HelpName = "ADDRESS" };
    private static readonly Option<string> ControllerId = new("--controller") { Description = "Which of the case's controllers (else the first).", HelpName = "ID" };

    private static readonly Option<string> Authority = new("--authority") { Description = "A complaint's authority (else the one where you live).", HelpName = "ID" };
    private static readonly Option<string> Of = new("--of") { Description = "What a withdrawal takes back: request or complaint (else the complaint, when one was sent).", HelpName = "WHAT" };
    private static readonly Option<bool> WithValues = new("--with-values") { Description = "Points about an answer's content carry examples with measured values, and a complaint the full report." };

    private static readonly Option<bool> AttachPdf = new("--attach-pdf") { Description = "The mail carries the letter as a PDF too." };

    static LetterCommands() => Of.AcceptOnlyFromAmong("request", "complaint");

    private static Symbol[] Common(Argument<string> reference) => [reference, Kind, Language, To, ControllerId, Authority, Of, WithValues, AttachPdf];

    public static Command Create(Wiring wiring, Func<string, bool> isNamed) =>
        CommandLine.Group("letter", "Letters: exactly what would be sent, and sending it.", isNamed, () =>
        [
            Preview(wiring), Send(wiring), LetterCheckCommand.Create(wiring),
            LetterRetryCommand.Create(wiring), LetterCancelCommand.Create(wiring), LetterSettleCommand.Create(wiring),
        ]);

    private static Command Preview(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var format = new Option<string>("--format") { Description = "text, html, eml, or pdf for paper.", HelpName = "F", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "html", "eml", "pdf");
        var output = new Option<string>("--output") { Description = "Writes a file instead of the screen.", HelpName = "FILE" };
        return CommandLine.Describe("preview", "Shows exactly what would be sent.", "misar letter preview SAR-2026-0001 --kind access")
            .With([.. Common(reference), format, output])
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                if (result.GetValue(format) == "pdf" && result.GetValue(output) is null)
                {
                    throw new Refusal("A PDF is no text for the screen.", "Say where to write it: --output letter.pdf");
                }

                var (_, found, draft) = await DraftAsync(result, session, reference, cancellationToken).ConfigureAwait(false);
                Warn(session, session.Templates.Vendor(found.Vendor), draft);
                var bytes = result.GetValue(format) switch
                {
                    "eml" => draft.RequireMail().Bytes.ToArray(),
                    "pdf" => draft.Pdf(),
                    "html" => Encoding.UTF8.GetBytes(draft.Letter.Html),
                    _ => Encoding.UTF8.GetBytes(draft.Letter.Text),
                };
                if (result.GetValue(output) is { } path)
                {
                    OutputFile.Write(path, bytes);
                    session.Screen.AsJson(json => json.WriteString("file", Path.GetFullPath(path)));
                    session.Screen.Line(path);
                    return 0;
                }

                session.Screen.AsJson(json =>
                {
                    json.WriteString("to", draft.Mail?.EnvelopeTo.ToString());
                    json.WriteString("subject", draft.Letter.Subject.Value);
                    json.WriteString("text", draft.Letter.Text);
                });
                session.Screen.Note($"To: {draft.Mail?.EnvelopeTo.ToString() ?? "(by post or web form)"}\nSubject: {draft.Letter.Subject}\n");
                if (!session.Screen.Json)
                {
                    session.Screen.Raw(Encoding.UTF8.GetString(bytes));
                }

                return 0;
            });
    }

    private static Command Send(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Do everything but queue and send." };
        return CommandLine.Describe("send", "Shows a letter, asks, queues it and sends it; what went out is kept byte for byte.", "misar letter send SAR-2026-0001 --kind access")
            .With([.. Common(reference), yes, dryRun])
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var (workspace, found, draft) = await DraftAsync(result, session, reference, cancellationToken).ConfigureAwait(false);
                var mail = draft.RequireMail();
                Warn(session, session.Templates.Vendor(found.Vendor), draft);
                session.Screen.Note($"To: {mail.EnvelopeTo}\nSubject: {draft.Letter.Subject}\n\n{draft.Letter.Text}");
                if (result.GetValue(dryRun))
                {
                    Print(session.Screen, mail, null, SendState.Planned, null);
                    return 0;
                }

                // Refused here rather than after the person has said yes.
                var sender = session.Wiring.Sender(workspace, session.Settings);
                if (!result.GetValue(yes) && !session.Screen.Ask($"Send this letter to {mail.EnvelopeTo}?"))
                {
                    throw new Refusal("The letter was not sent: nobody said yes.", "Answer y, or give --yes.");
                }

                return await QueueAndSendAsync(session, workspace, sender, found, draft, cancellationToken).ConfigureAwait(false);
            });
    }

    private static async Task<int> QueueAndSendAsync(
        Session session, Workspace workspace, IMailSender sender, Case found, DraftLetter draft, CancellationToken cancellationToken)
    {
        var entry = workspace.Vault.Store(draft.RequireMail().Bytes);
        var decision = await workspace.Apply(found.Reference, Queue(draft, entry), session.Now, cancellationToken).ConfigureAwait(false);
        var number = decision.Case.Letters[^1].Number;
        await new OutboxSender(workspace, sender, session.Wiring.Clock).SendNow(found.Reference, number, cancellationToken).ConfigureAwait(false);
        var clock = await new AfterSending(workspace, session.Templates, session.Settings).RecordAsync(found.Reference, number, session.Now, cancellationToken).ConfigureAwait(false);
        var letter = (workspace.Cases.Get(found.Reference)).Letter(number);
        Print(session.Screen, draft.RequireMail(), workspace.Vault.PathOf(entry.Sha256), letter.State, letter.ServerReply);
        if (clock is not null)
        {
            session.Screen.Line($"The clock runs: due {NodaTime.Text.LocalDatePattern.Iso.Format(clock.Due)} ({AfterSending.Presumed}).");
            session.Screen.Next($"misar case show {found.Reference}");
        }

        await AfterDelivery.KeepAsync(session, workspace, found.Reference, number, cancellationToken).ConfigureAwait(false);
        OnTheWay.PrintUnknown(session.Screen, workspace.Cases.Get(found.Reference));
        if (letter.State == SendState.Planned)
            session.Screen.Next($"misar letter retry {found.Reference} {number}");
        return letter.State switch
        {
            SendState.Accepted => 0,
            SendState.Refused => 2,
            _ => 4,
        };
    }

    internal static QueueLetter Queue(DraftLetter draft, VaultEntry entry) => new()
    {
        Kind = draft.Letter.Kind.Name,
        Controller = draft.Controller.Id,
        Language = draft.Letter.Language,
        AddressReason = draft.AddressReason,
        Mail = new OutgoingMail
        {
            To = draft.RequireMail().EnvelopeTo.ToString(),
            Subject = draft.Letter.Subject.Value,
            MessageId = $"<{draft.RequireMail().MessageId}>",
            EnvelopeId = draft.RequireMail().EnvelopeId,
            Sha256 = entry.Sha256,
            Size = entry.Size,
        },
    };

    private static void Print(Screen screen, PreparedMail mail, string? eml, SendState state, string? reply)
    {
        screen.AsJson(json =>
        {
            json.WriteString("messageId", mail.MessageId);
            json.WriteString("envelopeId", mail.EnvelopeId);
            json.WriteString("to", mail.EnvelopeTo.ToString());
            json.WriteString("sha256", mail.Sha256);
            json.WriteString("eml", eml);
            json.WriteString("state", ContractName.Of(state));
            json.WriteString("reply", reply);
        });
        screen.Line($"{ContractName.Of(state)}: {mail.EnvelopeTo}{(reply is null ? "" : $" ({reply})")}");
        screen.Line($"sha256 {mail.Sha256}");
        if (eml is not null)
        {
            screen.Line($"kept in {eml}");
        }
    }

    private static async Task<(Workspace Workspace, Case Case, DraftLetter Draft)> DraftAsync(
        ParseResult result, Session session, Argument<string> reference, CancellationToken cancellationToken)
    {
        var kind = LetterKind.Parse(result.GetValue(Kind)!);
        var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
        var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        var profile = session.Templates.Vendor(found.Vendor);
        var speaksOfAnswers = kind == LetterKind.Deficiency || kind == LetterKind.Complaint;
        var order = new LetterOrder(kind)
        {
            Language = result.GetValue(Language),
            Controller = result.GetValue(ControllerId),
            To = result.GetValue(To),
            Authority = result.GetValue(Authority),
            OfComplaint = result.GetValue(Of) is { } what ? what == "complaint" : null,
            WithValues = result.GetValue(WithValues),
            AttachPdf = result.GetValue(AttachPdf),
            Seen = kind == LetterKind.Access || kind == LetterKind.DataAct ? SeenIn(session, workspace, found, profile, cancellationToken) : null,
            Findings = speaksOfAnswers ? LetterFindings.Latest(found, workspace.Vault) : null,
            Enclosure = kind == LetterKind.Complaint ? LetterEnclosure.Report(session.Screen, workspace, found, result.GetValue(WithValues)) : null,
            Now = session.Now,
        };
        return (workspace, found, new LetterDesk(session.Templates, session.Settings).Write(found, profile, order, cancellationToken));
    }

    /// <summary>What the case's captures show, or null while there are none.</summary>
    private static Uploaded? SeenIn(Session session, Workspace workspace, Case found, VendorProfile profile, CancellationToken cancellationToken) =>
        found.Exhibits.Any(exhibit => exhibit.Kind == ExhibitKind.Evidence)
            ? new CaseMaterial(workspace, found, profile, session.Settings.Person.Zone).ReadUploads(null, cancellationToken)
            : null;

    /// <summary>What is known against the address, who else could be asked, and why a complaint goes where it goes.</summary>
    private static void Warn(Session session, VendorProfile profile, DraftLetter draft)
    {
        if (draft.Authority is { } candidate)
        {
            WarnOfAuthority(session.Screen, candidate);
        }
        else if (draft.Controller.Notes.Any(note => note.Warning))
        {
            foreach (var note in draft.Controller.Notes.Where(note => note.Warning))
            {
                var date = note.Date is { } day ? $" ({NodaTime.Text.LocalDatePattern.Iso.Format(day)})" : "";
                session.Screen.Warn($"{draft.Controller.Email}: {note.Text}{date}");
            }

            var others = profile.Controllers.Where(controller => controller.Id != draft.Controller.Id).Select(controller => $"{controller.Id} ({controller.Email ?? controller.Name})");
            session.Screen.Note($"Others who could be asked, each with a clock of its own (misar case open --controller ID):\n  {string.Join("\n  ", others)}");
        }

        if (draft is { AddressReason: not null, Mail: { } mail })
        {
            session.Screen.Warn($"The address {mail.EnvelopeTo}: {draft.AddressReason}.");
        }
    }

    private static void WarnOfAuthority(Screen screen, Core.Authorities.AuthorityCandidate candidate)
    {
        var authority = candidate.Authority;
        screen.Note($"{authority.Name}: {string.Join(" ", candidate.Why)}");
        screen.Note($"It works in: {string.Join(", ", authority.Languages)}. You send the complaint yourself: by mail from here, by post (--format pdf)"
            + (authority.WebForm is { } form ? $", or with its web form: {form}" : "") + ".");
        foreach (var note in authority.Notes)
        {
            screen.Warn($"{authority.Name}: {note}");
        }
    }
}
