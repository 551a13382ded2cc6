using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar inbox assign</c>: the person says to which case a mail belongs that waited.</summary>
internal static class InboxAssignCommand
{
    public static Command Create(Wiring wiring)
    {
        var number = InboxCommands.Number();
        var reference = CommandLine.Reference();
        var kind = new Option<string>("--kind") { Description = "What it is, in your judgement: files it and confirms it in one step.", HelpName = "KIND" };
        var received = new Option<string>("--received") { Description = "The day on which it reached you.", HelpName = "DATE" };
        return CommandLine.Describe("assign", "Files a mail that waits with a case.", "misar inbox assign I-003 SAR-2026-0001")
            .With(number, reference, kind, received)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var judged = result.GetValue(kind) is { } named ? ContractName.Parse<MailKind>(named) : (MailKind?)null;
                var item = workspace.Inbox.Get(InboxItem.ParseNumber(result.GetValue(number)!));
                if (item.State != InboxState.Waiting)
                    throw new Refusal(item.Case is null ? $"{item.Number} was dismissed; nothing of it is kept." : $"{item.Number} is filed with {item.Case} as {item.Mail}.");
                var intake = new InboxIntake(workspace, session.Templates, session.Settings, "", wiring.Clock);
                item = await intake.AssignAsync(item, found.Reference, cancellationToken).ConfigureAwait(false);
                Recorded? recorded = null;
                if (judged is { } meant)
                {
                    var judgement = new MailJudgement(meant, InboxConfirmCommand.Day(result, received), null, null, null, []);
                    (item, recorded) = await new InboxDesk(workspace, session.Templates, session.Settings).ConfirmAsync(item, judgement, session.Now, intake.Taken.Remarks, cancellationToken).ConfigureAwait(false);
                }

                InboxConfirmCommand.Print(session.Screen, item, recorded, intake.Taken.Remarks);
                return 0;
            });
    }
}

/// <summary><c>misar inbox dismiss</c></summary>
internal static class InboxDismissCommand
{
    public static Command Create(Wiring wiring)
    {
        var number = InboxCommands.Number();
        return CommandLine.Describe("dismiss", "Throws a mail away that concerns no case: its bytes go, and it is not asked about again.", "misar inbox dismiss I-003")
            .With(number)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var item = await workspace.Inbox.Dismiss(InboxItem.ParseNumber(result.GetValue(number)!), cancellationToken).ConfigureAwait(false);
                session.Screen.AsJson(json => InboxView.Write(json, item));
                session.Screen.Line($"{item.Number} is dismissed; nothing of it is kept. The mail in your mailbox was not touched.");
                return 0;
            });
    }
}
