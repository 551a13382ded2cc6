using MiSarTracker.Formats.Answers.Documents;

namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>Reads documents here and now: the same code, without the process around it.</summary>
internal sealed class InProcessDocuments : IDocumentProcess
{
    public string? Read(string kind, ReadOnlyMemory<byte> document, IReadOnlyList<string> passwords, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        DocumentWorker.Read(kind, document.ToArray(), passwords, new DocumentLines(output), cancellationToken);
        var bytes = output.ToArray().AsMemory();
        while (bytes.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            var line = bytes[..end];
            bytes = bytes[(end + 1)..];
            if (DocumentLine.IsEnd(line.Span))
                return null;

            take(line);
        }

        return "the lines end before their end";
    }

    public void Dispose()
    {
        // There is no process.
    }
}
