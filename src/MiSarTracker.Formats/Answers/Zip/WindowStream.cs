namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>A stretch of a seekable stream as a stream of its own. Several may stand on one stream, used in turn.</summary>
internal sealed class WindowStream : Stream
{
    private readonly Stream _whole;
    private readonly long _start;
    private readonly long _length;
    private long _at;

    public WindowStream(Stream whole, long start, long length)
    {
        _whole = whole;
        _start = start;
        _length = length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _at;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _at = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Math.Max(0, _length - _at));
        if (count == 0)
            return 0;

        if (_whole.Position != _start + _at)
            _whole.Position = _start + _at;

        var read = _whole.Read(buffer[..count]);
        _at += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _at + offset,
            _ => _length + offset,
        };
        if (target < 0)
            throw new IOException("Seeking before the beginning of a window.");

        return _at = target;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
