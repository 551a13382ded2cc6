using System.CommandLine;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Journey;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary><c>misar response record</c>: what a reply was, in the person's judgement; the clock moves as the law says.</summary>
internal static class ResponseRecordCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var kind = new Option<string>("--kind") { Description = string.Join(", ", Enum.GetValues<ReplyKind>().Select(ContractName.Of)) + ".", HelpName = "KIND", Required = true };
        var received = new Option<string>("--received") { Description = "The day on which it reached you (else today).", HelpName = "DATE" };
        var until = new Option<string>("--until") { Description = "The date that the controller named itself.", HelpName = "DATE" };
        var reasons = new Option<string>("--reasons") { Description = "The reasons that it gave.", HelpName = "TEXT" };
        var controller = new Option<string>("--controller") { Description = "Which of the case's controllers wrote.", HelpName = "ID" };
        var exhibit = new Option<string>("--exhibit") { Description = "The exhibit that shows it.", HelpName = "R-001" };
        var quote = new Option<string>("--quote") { Description = "With not-controller: its words, kept for the letter to the one that it named.", HelpName = "TEXT" };
        var ask = new PartyOptions("--ask-", "--ask");
        return CommandLine.Describe("record", "Records what a reply was; moves the clock as the law says.", "misar response record SAR-2026-0001 --kind extension --received 2026-11-20 --reasons \"many requests\"")
            .With([reference, kind, received, until, reasons, controller, exhibit, quote, .. ask.All])
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var reply = new ReplyOf(
                    ContractName.Parse<ReplyKind>(result.GetValue(kind)!),
                    result.GetValue(received) is { } day ? IsoDate.Parse(day, received.Name) : session.Today,
                    result.GetValue(controller),
                    result.GetValue(until) is { } named ? IsoDate.Parse(named, until.Name) : null,
                    result.GetValue(reasons),
                    result.GetValue(exhibit));
                var redirect = new Redirect(reply.Controller ?? Replies.Choose(found, null).Id, reply.Received, result.GetValue(quote) ?? reply.Reasons);
                reply = reply with { Ask = ask.Read(result, session, found, redirect) };
                var recorded = await new Replies(workspace, session.Templates, session.Settings).RecordAsync(found.Reference, reply, session.Now, cancellationToken).ConfigureAwait(false);
                Show(session, recorded, reply.Ask?.Id);
                return 0;
            });
    }

    private static void Show(Session session, Recorded recorded, string? asked)
    {
        var (after, controller) = recorded;
        var reply = controller.Replies[^1];
        session.Screen.AsJson(json =>
        {
            json.WriteString("reference", after.Reference.ToString());
            json.WriteString("controller", controller.Id);
            json.WriteString("kind", ContractName.Of(reply.Kind));
            json.WriteString("received", LocalDatePattern.Iso.Format(reply.Received));
            json.WriteString("state", ContractName.Of(controller.State));
            json.WriteBoolean("late", reply.Late);
            json.WriteBoolean("movedClock", reply.MovedClock);
            json.WriteString("asks", asked);
            json.WriteString("withoutPause", CaseCommands.Day(controller.Clock?.WithoutPause));
            json.WriteString("withPause", CaseCommands.Day(controller.Clock?.WithPause));
            json.WriteString("due", controller.Clock is { } clock ? LocalDatePattern.Iso.Format(clock.Due) : null);
            json.WriteStartArray("faults");
            reply.Faults.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
        });
        session.Screen.Line($"{controller.Name}: {ContractName.Of(reply.Kind)} of {LocalDatePattern.Iso.Format(reply.Received)} recorded; now {ContractName.Of(controller.State)}.");
        if (controller is { IsOpen: true, Clock: { } running })
        {
            session.Screen.Line($"Due {LocalDatePattern.Iso.Format(running.Due)}{(reply.MovedClock ? " (moved)" : " (as before)")}.");
        }

        foreach (var fault in reply.Faults)
        {
            session.Screen.Paragraph(fault, "  ");
        }

        CaseShowCommand.Pauses(session.Screen, controller);
        if (reply.Kind == ReplyKind.NotController)
        {
            session.Screen.Paragraph("Who decides about the data together with another is a joint controller (Art. 26 GDPR): you may ask either. If both had a hand in the app, ask who is responsible for what.", "  ");
        }

        session.Screen.Next((asked, reply.Kind) switch
        {
            ({ } id, _) => $"misar letter preview {after.Reference} --kind access --controller {id}",
            (null, ReplyKind.NotController) => $"misar response record {after.Reference} --kind not-controller --controller {controller.Id} --ask ID",
            _ => CaseShowCommand.NextStep(after),
        });
    }
}
