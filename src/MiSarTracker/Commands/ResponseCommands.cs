using System.CommandLine;

namespace MiSarTracker.Commands;

/// <summary><c>misar response add | list | show | record</c></summary>
internal static class ResponseCommands
{
    public static Command Create(Wiring wiring) =>
        new Command("response", "The vendor's answer.").With(
            ResponseAddCommand.Create(wiring), ResponseListCommand.Create(wiring), ResponseShowCommand.Create(wiring), ResponseRecordCommand.Create(wiring));
}
