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
        return CommandLine.Describe("record", "Records what a reply was; moves the clock as the law says.", "misar response record SAR-2026-0001 --kind extension --received 2026-11-20 --reasons \"many requests\"")
            .With(reference, kind, received, until, reasons, controller, exhibit)
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
                var recorded = await new Replies(workspace, session.Templates, session.Settings).RecordAsync(found.Reference, reply, session.Now, cancellationToken).ConfigureAwait(false);
                Show(session, recorded);
                return 0;
            });
    }

    private static void Show(Session session, Recorded recorded)
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

        session.Screen.Next(CaseShowCommand.NextStep(after));
    }
}
