namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>A file with one enormous run of a single byte in it, made while it is read.</summary>
internal sealed class HugeStream(byte[] head, byte filler, long length, byte[] tail) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> target)
    {
        var written = Copy(head, _at, target);
        if (written == 0 && _at - head.Length is >= 0 and var inside && inside < length)
        {
            written = (int)Math.Min(target.Length, length - inside);
            target[..written].Fill(filler);
        }

        if (written == 0)
            written = Copy(tail, _at - head.Length - length, target);
        _at += written;
        return written;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static int Copy(byte[] part, long at, Span<byte> target)
    {
        if (at < 0 || at >= part.Length)
            return 0;
        var count = (int)Math.Min(target.Length, part.Length - at);
        part.AsSpan((int)at, count).CopyTo(target);
        return count;
    }
}
