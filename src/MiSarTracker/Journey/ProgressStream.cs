namespace MiSarTracker.Journey;

/// <summary>Reads through another stream, which it owns unless it is to be left open, and tells how much was read, about every mebibyte.</summary>
internal sealed class ProgressStream(Stream inner, Action<long> report, bool leaveOpen = false) : Stream
{
    private const long Step = 1 << 20;
    private long _read;
    private long _told;

    public override bool CanRead => true;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.CanSeek ? inner.Position : _read;
        set => inner.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _read += read;
        if (_read - _told >= Step)
        {
            _told = _read;
            report(_read);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
