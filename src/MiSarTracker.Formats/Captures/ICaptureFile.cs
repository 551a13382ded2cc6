namespace MiSarTracker.Formats.Captures;

/// <summary>A capture whose format is known, ready to be read once, from front to back.</summary>
public interface ICaptureFile
{
    /// <summary>
    /// The format and its version: <c>mitmproxy-17</c>, <c>har-1.2</c>. What the beginning of the file says at first;
    /// while reading it becomes the highest version met.
    /// </summary>
    string Format { get; }

    /// <summary>The one of the given passwords that opened the capture; null when it needed none.</summary>
    string? Password => null;

    /// <summary>
    /// Yields the exchanges in the file's order, with a <see cref="CaptureItem.Damaged"/> for each part that could
    /// not be read. Each item is lent: its bytes are valid only until the next one is asked for. Call it once.
    /// </summary>
    /// <exception cref="ImportException">The file is of a kind or version that cannot be read at all.</exception>
    IEnumerable<CaptureItem> Read(CancellationToken cancellationToken);
}
