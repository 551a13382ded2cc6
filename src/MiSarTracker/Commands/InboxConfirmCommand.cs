using System.CommandLine;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Journey;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary><c>misar inbox confirm</c>: the person says what a mail is; only that moves a clock.</summary>
internal static class InboxConfirmCommand
{
    public static Command Create(Wiring wiring)
    {
        var number = InboxCommands.Number();
        var kind = new Option<string>("--kind") { Description = $"What it is, when the guess is wrong: {string.Join(", ", Enum.GetValues<MailKind>().Select(ContractName.Of))}.", HelpName = "KIND" };
        var received = new Option<string>("--received") { Description = "The day on which it reached you (else when it came into the mailbox).", HelpName = "DATE" };
        var until = new Option<string>("--until") { Description = "The date that the controller named itself.", HelpName = "DATE" };
        var reasons = new Option<string>("--reasons") { Description = "The reasons that it gave.", HelpName = "TEXT" };
        var controller = new Option<string>("--controller") { Description = "Which of the case's controllers wrote.", HelpName = "ID" };
        return CommandLine.Describe("confirm", "Confirms what a mail is: it becomes an exhibit, and the clock moves as the law says.", "misar inbox confirm I-003 --kind extension")
            .With(number, kind, received, until, reasons, controller, PasswordOptions.Password, PasswordOptions.File, PasswordOptions.FromMails)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var item = workspace.Inbox.Get(InboxItem.ParseNumber(result.GetValue(number)!));
                var passwords = PasswordOptions.Of(result).ToList();
                if (result.GetValue(PasswordOptions.FromMails) && item.Case is { } reference)
                    passwords.AddRange(new InboxExhibit(workspace, session.Templates, session.Settings).Hints(reference).Select(hint => hint.Hint.Password));
                var judgement = new MailJudgement(
                    result.GetValue(kind) is { } named ? ContractName.Parse<MailKind>(named) : null,
                    Day(result, received), Day(result, until), result.GetValue(reasons), result.GetValue(controller), passwords);
                var remarks = new List<string>();
                var (confirmed, recorded) = await new InboxDesk(workspace, session.Templates, session.Settings).ConfirmAsync(item, judgement, session.Now, remarks, cancellationToken).ConfigureAwait(false);
                Print(session.Screen, confirmed, recorded, remarks);
                return 0;
            });
    }

    public static LocalDate? Day(ParseResult result, Option<string> option) => result.GetValue(option) is { } text ? IsoDate.Parse(text, option.Name) : null;

    public static void Print(Screen screen, InboxItem item, Recorded? recorded, List<string> remarks)
    {
        var clock = recorded?.Controller.Clock;
        var reply = recorded?.Controller.Replies[^1];
        screen.AsJson(json =>
        {
            InboxView.Write(json, item);
            json.WriteString("controllerState", recorded is null ? null : ContractName.Of(recorded.Controller.State));
            json.WriteString("due", clock is null ? null : LocalDatePattern.Iso.Format(clock.Due));
            json.WriteBoolean("movedClock", reply?.MovedClock ?? false);
            json.WriteBoolean("late", reply?.Late ?? false);
            json.WriteStartArray("faults");
            foreach (var fault in reply?.Faults ?? [])
                json.WriteStringValue(fault);
            json.WriteEndArray();
            json.WriteStartArray("remarks");
            remarks.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        });
        InboxView.Print(screen, item);
        if (recorded is not null)
        {
            screen.Line($"{recorded.Controller.Name}: {ContractName.Of(reply!.Kind)} of {LocalDatePattern.Iso.Format(reply.Received)} recorded; now {ContractName.Of(recorded.Controller.State)}.");
            if (clock is not null && recorded.Controller.IsOpen)
                screen.Line($"Due {LocalDatePattern.Iso.Format(clock.Due)}{(reply.MovedClock ? " (moved)" : " (as before)")}.");
            foreach (var fault in reply.Faults)
                screen.Paragraph(fault, "  ");
        }

        remarks.ForEach(remark => screen.Paragraph(remark));
        if (recorded is not null)
            screen.Next(CaseShowCommand.NextStep(recorded.Case));
        else if (item.Kind.AsReply() is not null && item.State == InboxState.Filed)
            screen.Next($"misar inbox confirm {item.Number}");
    }
}
