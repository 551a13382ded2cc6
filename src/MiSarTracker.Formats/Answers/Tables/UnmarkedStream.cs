namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>UTF-8 without the byte order mark at its beginning.</summary>
internal sealed class UnmarkedStream(Stream utf8) : ForwardStream
{
    private bool _begun;

    public override int Read(Span<byte> buffer)
    {
        if (_begun || buffer.Length < 3)
            return utf8.Read(buffer);

        _begun = true;
        var read = utf8.ReadAtLeast(buffer, 3, throwOnEndOfStream: false);
        if (!buffer[..read].StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return read;

        buffer[3..read].CopyTo(buffer);

        // Zero would say that the stream is over; the mark alone is no end.
        return read > 3 ? read - 3 : utf8.Read(buffer);
    }
}
