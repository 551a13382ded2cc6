using System.CommandLine;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar case complained</c>: a complaint was lodged with an authority, or the authority ended it.</summary>
internal static class CaseComplainedCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var authority = new Option<string>("--authority") { Description = "The authority (else the one that was chosen); misar authority list.", HelpName = "ID" };
        var on = new Option<string>("--on") { Description = "The day of the complaint, or of its outcome (else today).", HelpName = "DATE" };
        var number = new Option<string>("--file-number") { Description = "The number that the authority gave it.", HelpName = "TEXT" };
        var outcome = new Option<string>("--outcome") { Description = "When the authority ended it: declined or upheld.", HelpName = "O" };
        var note = new Option<string>("--note") { Description = "What it said, with the outcome.", HelpName = "TEXT" };
        return CommandLine.Describe("complained", "Records a complaint to an authority, or with --outcome what became of it.", "misar case complained SAR-2026-0001 --authority nl-ap --on 2026-11-27")
            .With(reference, authority, on, number, outcome, note)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var day = result.GetValue(on) is { } text ? IsoDate.Parse(text, on.Name) : session.Today;
                Case after;
                if (result.GetValue(outcome) is { } how)
                {
                    after = (await workspace.Apply(found.Reference, new EndComplaint(ContractName.Parse<ComplaintOutcome>(how), day, result.GetValue(note)), session.Now, cancellationToken).ConfigureAwait(false)).Case;
                }
                else
                {
                    var id = result.GetValue(authority) ?? found.Authority?.Id
                        ?? throw new Refusal("Which authority it was must be said.", "Add --authority; misar authority choose shows those that may be chosen.");
                    after = await new Complaints(workspace, session.Templates, session.Settings)
                        .LodgedAsync(found.Reference, session.Templates.Authorities().Get(id), day, result.GetValue(number), session.Now, cancellationToken).ConfigureAwait(false);
                }

                Show(session, after);
                return 0;
            });
    }

    private static void Show(Session session, Case after)
    {
        var complaint = after.Complaints[^1];
        session.Screen.AsJson(json =>
        {
            json.WriteString("reference", after.Reference.ToString());
            json.WriteString("state", ContractName.Of(after.StateOn(session.Today)));
            json.WriteStartObject("complaint");
            CaseShowCommand.Write(json, complaint);
            json.WriteEndObject();
        });
        session.Screen.Line(complaint.Outcome is { } outcome
            ? $"{complaint.Name}: {ContractName.Of(outcome)} on {CaseCommands.Day(complaint.EndedOn)}."
            : $"Complaint to {complaint.Name} of {IsoDate.Text(complaint.On)} recorded; after three months of silence you will be told what follows (Art. 78(2) GDPR).");
        session.Screen.Next(complaint.IsOpen ? $"misar case show {after.Reference}" : $"misar case close {after.Reference} --outcome {(complaint.Outcome == ComplaintOutcome.Declined ? "authority-declined" : "authority-upheld")}");
    }
}
