namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>
/// Reads documents whose format only a large library understands (PDF, workbooks) in a process of its own, with a cap
/// on memory and time: whatever hostile bytes make of that library, the caller goes on. <see cref="DocumentWorker"/> is
/// what runs over there.
/// </summary>
public interface IDocumentProcess : IDisposable
{
    /// <summary>Has one document read.</summary>
    /// <param name="kind"><c>pdf</c>, <c>xls</c>, <c>xlsx</c> or <c>ods</c>.</param>
    /// <param name="document">The document's bytes.</param>
    /// <param name="passwords">Tried in turn when the document is encrypted.</param>
    /// <param name="take">Takes each line of the answer (UTF-8 JSON, see <see cref="DocumentLine"/>), on the caller's thread; lent for the call.</param>
    /// <param name="cancellationToken">Stops the reading and the process.</param>
    /// <returns>Null when the document was read to its end; else why the process did not get there, in words for a report.</returns>
    string? Read(string kind, ReadOnlyMemory<byte> document, IReadOnlyList<string> passwords, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken);
}
