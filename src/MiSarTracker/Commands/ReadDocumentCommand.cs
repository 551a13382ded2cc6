using System.CommandLine;
using MiSarTracker.Formats.Answers.Documents;

namespace MiSarTracker.Commands;

/// <summary><c>misar read-document</c>: what misar starts to have documents read; not for people.</summary>
internal static class ReadDocumentCommand
{
    public const string Name = "read-document";

    public static Command Create(Wiring wiring)
    {
        var command = new Command(Name, "Reads documents from standard input, for misar itself.") { Hidden = true };
        return command.Doing(wiring, (_, _, cancellationToken) =>
        {
            using var input = Console.OpenStandardInput();
            using var buffered = new BufferedStream(input, 1 << 16);
            using var output = Console.OpenStandardOutput();
            DocumentWorker.Serve(buffered, output, cancellationToken);
            return Task.FromResult(0);
        });
    }
}
