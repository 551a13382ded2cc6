using System.CommandLine;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Journey;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary><c>misar case received</c>: the day on which the request reached the controller, for one that went by post or through a form, or a correction.</summary>
internal static class CaseReceivedCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var date = new Argument<string>("DATE") { Description = "The day on which the request reached the controller." };
        var controller = new Option<string>("--controller") { Description = "Which of the case's controllers.", HelpName = "ID" };
        var basis = new Option<string>("--basis") { Description = "How you know it, for example \"return receipt of the post\".", HelpName = "TEXT" };
        return CommandLine.Describe("received", "Records the day on which a request arrived, also one sent by post or a form; the clock runs from it.", "misar case received SAR-2026-0001 2026-10-05 --basis \"return receipt of the post\"")
            .With(reference, date, controller, basis)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var (after, changed) = await new Replies(workspace, session.Templates, session.Settings).ReceivedAsync(
                    found.Reference, result.GetValue(controller), IsoDate.Parse(result.GetValue(date)!, "DATE"), result.GetValue(basis) ?? "the person's word", session.Now, cancellationToken).ConfigureAwait(false);
                session.Screen.AsJson(json =>
                {
                    json.WriteString("reference", after.Reference.ToString());
                    json.WriteString("controller", changed.Id);
                    json.WriteString("received", LocalDatePattern.Iso.Format(changed.Clock!.Received));
                    json.WriteString("due", LocalDatePattern.Iso.Format(changed.Clock.Due));
                });
                session.Screen.Line($"{changed.Name} received the request on {LocalDatePattern.Iso.Format(changed.Clock!.Received)}; due {LocalDatePattern.Iso.Format(changed.Clock.Due)}.");
                session.Screen.Next(CaseShowCommand.NextStep(after));
                return 0;
            });
    }
}
