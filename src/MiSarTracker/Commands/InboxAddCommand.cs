using System.CommandLine;
using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;

namespace MiSarTracker.Commands;

/// <summary><c>misar inbox add</c>: mails as files, for who reads mail elsewhere; the same matching as a poll.</summary>
internal static class InboxAddCommand
{
    public static Command Create(Wiring wiring)
    {
        var files = new Argument<string[]>("FILE") { Description = "A mail (.eml), a collection (.mbox), a Maildir, or a folder with such files.", Arity = ArgumentArity.OneOrMore };
        var reference = new Option<string>("--case") { Description = "They belong to this case, whatever they name.", HelpName = "REF" };
        return CommandLine.Describe("add", "Takes in mails that were saved as files, and matches them with their cases.", "misar inbox add answer.eml Maildir/")
            .With(files, reference)
            .Doing(wiring, async (result, session, cancellationToken) =>
            {
                var workspace = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
                var assigned = result.GetValue(reference) is { } named ? (await session.CaseAsync(named, cancellationToken).ConfigureAwait(false)).Reference : (CaseReference?)null;
                var intake = new InboxIntake(workspace, session.Templates, session.Settings, "", wiring.Clock);
                foreach (var path in result.GetValue(files)!)
                {
                    foreach (var (name, raw) in InboxFiles.Read(path))
                        await intake.TakeAsync(raw, name, null, assigned, cancellationToken).ConfigureAwait(false);
                }

                InboxPollCommand.Print(session.Screen, intake.Taken, null);
                if (intake.Taken.Others > 0)
                    session.Screen.Note("With --case REF a mail is filed whatever it names.");
                return 0;
            });
    }
}
