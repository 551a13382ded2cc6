using System.CommandLine;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar case clarified</c>: the person answered the controller's identity or clarification question, or objected to it.</summary>
internal static class CaseClarifiedCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var on = new Option<string>("--on") { Description = "The day on which your answer, or your objection, went out (else today).", HelpName = "DATE" };
        var controller = new Option<string>("--controller") { Description = "Which of the case's controllers had asked.", HelpName = "ID" };
        return CommandLine.Describe("clarified", "Records that you answered a controller's question, or objected to it; the pause ends.", "misar case clarified SAR-2026-0001 --on 2026-03-20")
            .With(reference, on, controller)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var day = result.GetValue(on) is { } text ? IsoDate.Parse(text, on.Name) : session.Today;
                var (after, asked) = await new Replies(workspace, session.Templates, session.Settings).QuestionAnsweredAsync(
                    CaseReference.Parse(result.GetValue(reference)!), result.GetValue(controller), day, session.Now, cancellationToken).ConfigureAwait(false);
                session.Screen.AsJson(json =>
                {
                    json.WriteString("reference", after.Reference.ToString());
                    json.WriteString("controller", asked.Id);
                    json.WriteString("state", ContractName.Of(asked.State));
                    json.WriteString("due", CaseCommands.Day(asked.Clock?.Due));
                    json.WriteString("withoutPause", CaseCommands.Day(asked.Clock?.WithoutPause));
                    json.WriteString("withPause", CaseCommands.Day(asked.Clock?.WithPause));
                    json.WriteString("safe", CaseCommands.Day(asked.Clock?.Safe));
                });
                session.Screen.Line($"{asked.Name}: your answer of {IsoDate.Text(day)} is recorded; now {ContractName.Of(asked.State)}.");
                CaseShowCommand.Pauses(session.Screen, asked);
                session.Screen.Next(CaseShowCommand.NextStep(after));
                return 0;
            });
    }
}
