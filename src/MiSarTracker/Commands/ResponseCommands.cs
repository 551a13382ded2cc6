using System.CommandLine;

namespace MiSarTracker.Commands;

/// <summary><c>misar response add | list | show | record | grade</c></summary>
internal static class ResponseCommands
{
    public static Command Create(Wiring wiring, Func<string, bool> isNamed) =>
        CommandLine.Group("response", "The vendor's answer.", isNamed, () =>
        [
            ResponseAddCommand.Create(wiring), ResponseListCommand.Create(wiring), ResponseShowCommand.Create(wiring), ResponseRecordCommand.Create(wiring), ResponseGradeCommand.Create(wiring),
        ]);
}
