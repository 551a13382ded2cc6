using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Sending;

namespace MiSarTracker.Commands;

/// <summary><c>misar letter settle</c>: what became of a letter whose line broke before the reply. Exit code 4 while that stays unknown.</summary>
internal static class LetterSettleCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var number = OnTheWay.Number();
        var decision = new Option<string>("--as") { Description = "Your own decision instead of a search: sent (it did go out) or not-sent (send it again).", HelpName = "WHAT" };
        decision.AcceptOnlyFromAmong("sent", "not-sent");
        return CommandLine.Describe(
                "settle",
                "Settles a letter whose outcome is unknown. Without --as, your mailbox is searched for a copy by its Message-ID (read-only: the Sent folder, INBOX and "
                + "the folders of the settings); a copy shows that the server took the letter. That there is none shows nothing.\n\n"
                + "With --as not-sent it waits in the outbox again: the same bytes under the same Message-ID, so that whoever has it already can tell.\n\n"
                + "Exit codes: 0 settled, 2 there is nothing to settle, or no mailbox is set, 4 still unknown, or the mailbox cannot be reached.",
                "misar letter settle SAR-2026-0001 L-001")
            .With(reference, number, decision)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var item = result.GetValue(number)!;
                var settlement = new Settlement(workspace, session.Templates, session.Settings);
                SentSearch? search = null;
                if (result.GetValue(decision) is { } decided)
                {
                    await settlement.DecideAsync(found.Reference, item, decided == "sent", session.Now, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    // What there is to settle is looked at before the mailbox is.
                    _ = await settlement.UnknownAsync(found.Reference, item, session.Now, cancellationToken).ConfigureAwait(false);
                    var mailbox = wiring.SentMail(workspace, session.Settings);
                    search = await session.Screen.WithProgressAsync("mailbox", () => settlement.SearchAsync(found.Reference, item, mailbox, session.Now, cancellationToken)).ConfigureAwait(false);
                }

                return Print(session.Screen, workspace.Cases.Get(found.Reference), item, search);
            });
    }

    private static int Print(Screen screen, Case found, string item, SentSearch? search)
    {
        var (_, state, _) = Settlement.MailOf(found, item);
        OnTheWay.Print(screen, found, item, json =>
        {
            json.WriteString("foundIn", search?.Found?.Folder);
            json.WriteStartArray("searched");
            foreach (var folder in search?.Searched ?? [])
                json.WriteStringValue(folder);
            json.WriteEndArray();
        });
        foreach (var remark in search?.Remarks ?? [])
            screen.Warn(remark);
        if (state == SendState.Unknown)
        {
            screen.Paragraph($"No copy of it is in {string.Join(", ", search!.Searched)}. That proves nothing: not every provider keeps copies of what it sends.");
            OnTheWay.PrintWaysOut(screen, found.Reference, item);
            return 4;
        }

        if (state == SendState.Planned)
            screen.Next($"misar letter retry {found.Reference} {item}");
        return 0;
    }
}

/// <summary><c>misar letter cancel</c></summary>
internal static class LetterCancelCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var number = OnTheWay.Number();
        return CommandLine.Describe("cancel", "Takes a letter back that waits in the outbox; not one byte of it has gone out then. Exit code 2 when it is too late.", "misar letter cancel SAR-2026-0001 L-001")
            .With(reference, number)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var item = result.GetValue(number)!;
                await new Settlement(workspace, session.Templates, session.Settings).CancelAsync(found.Reference, item, session.Now, cancellationToken).ConfigureAwait(false);
                OnTheWay.Print(session.Screen, workspace.Cases.Get(found.Reference), item);
                return 0;
            });
    }
}

/// <summary><c>misar letter retry</c>: tries a letter that waits in the outbox now. Exit codes as for <c>letter send</c>.</summary>
internal static class LetterRetryCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var number = OnTheWay.Number();
        return CommandLine.Describe(
                "retry",
                "Tries a letter now that waits in the outbox, because the server could not be reached, asked to come back later, or you had it sent again. The service does so by itself.\n\n"
                + "Exit codes: 0 accepted, 2 refused, or it does not wait, 4 it waits further, or its outcome is unknown.",
                "misar letter retry SAR-2026-0001 L-001")
            .With(reference, number)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var item = result.GetValue(number)!;
                var (_, before, _) = Settlement.MailOf(found, item);
                if (before != SendState.Planned)
                    throw new Refusal($"{item} is {ContractName.Of(before)}; it does not wait in the outbox.", before == SendState.Unknown ? $"misar letter settle {found.Reference} {item}" : $"misar case show {found.Reference}");
                var delivery = await new OutboxSender(workspace, wiring.Sender(workspace, session.Settings), wiring.Clock).SendNow(found.Reference, item, cancellationToken).ConfigureAwait(false)
                    ?? throw new Refusal($"{item} was taken up by another process just now.", $"misar case show {found.Reference} tells what became of it.");
                await AfterDelivery.RecordAsync(session, workspace, delivery, cancellationToken).ConfigureAwait(false);
                OnTheWay.Print(session.Screen, workspace.Cases.Get(found.Reference), item);
                return OnTheWay.ExitCode(delivery.State);
            });
    }
}
