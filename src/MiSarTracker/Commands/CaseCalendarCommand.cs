using System.CommandLine;
using System.Text;
using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar case calendar</c>: the case's days as a calendar file.</summary>
internal static class CaseCalendarCommand
{
    public static Command Create(Wiring wiring)
    {
        var reference = CommandLine.Reference();
        var output = new Option<string>("--output") { Description = "The file to write (else standard output).", HelpName = "FILE.ics" };
        return CommandLine.Describe("calendar", "Writes a case's days as a calendar file; importing a newer one moves its entries.", "misar case calendar SAR-2026-0001 --output case.ics")
            .With(reference, output)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var found = await session.CaseAsync(result.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var history = workspace.Ledger.History(found.Reference);
                var text = CaseCalendar.Write(found, history.Count, history.Count > 0 ? history[^1].At : found.OpenedAt, session.Settings.Reminders.Hour);
                if (result.GetValue(output) is not { } path)
                {
                    session.Screen.Raw(text);
                    return 0;
                }

                OutputFile.Write(path, Encoding.UTF8.GetBytes(text));
                session.Screen.AsJson(json =>
                {
                    json.WriteString("reference", found.Reference.ToString());
                    json.WriteString("path", Path.GetFullPath(path));
                    json.WriteString("state", ContractName.Of(found.StateOn(session.Today)));
                });
                session.Screen.Line($"Written: {path}");
                return 0;
            });
    }
}
