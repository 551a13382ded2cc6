namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>A file of any length that nobody has to store: a beginning, one byte many times, an end. Every third read is short.</summary>
internal sealed class RepeatedStream(byte[] first, byte repeated, long times, byte[] last) : Stream
{
    private int _reads;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => first.Length + times + last.Length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(_reads++ % 3 == 0 ? Math.Min(buffer.Length, 1_000) : buffer.Length, Length - Position);
        if (Position < first.Length)
        {
            count = (int)Math.Min(count, first.Length - Position);
            first.AsSpan((int)Position, count).CopyTo(buffer);
        }
        else if (Position < first.Length + times)
        {
            count = (int)Math.Min(count, first.Length + times - Position);
            buffer[..count].Fill(repeated);
        }
        else
        {
            last.AsSpan((int)(Position - first.Length - times), count).CopyTo(buffer);
        }

        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
