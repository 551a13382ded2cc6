using System.CommandLine;

namespace MiSarTracker.Commands;

/// <summary><c>misar inbox poll | add | list | show | assign | confirm | dismiss</c></summary>
internal static class InboxCommands
{
    public static Command Create(Wiring wiring, Func<string, bool> isNamed) =>
        CommandLine.Group("inbox", "Mails that came in: fetched, matched with their cases, told apart.", isNamed, () =>
        [
            InboxPollCommand.Create(wiring), InboxAddCommand.Create(wiring), InboxListCommand.Create(wiring), InboxShowCommand.Create(wiring),
            InboxAssignCommand.Create(wiring), InboxConfirmCommand.Create(wiring), InboxDismissCommand.Create(wiring),
        ]);

    public static Argument<string> Number() => new("ID") { Description = "The mail's number, for example I-003." };
}
