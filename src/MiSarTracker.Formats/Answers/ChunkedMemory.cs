namespace MiSarTracker.Formats.Answers;

/// <summary>Bytes gathered in chunks of 64 KiB: grows without copying what it has, and is read as a seekable stream.</summary>
internal sealed class ChunkedMemory : Stream
{
    private const int ChunkLength = 1 << 16;
    private readonly List<byte[]> _chunks = [];
    private long _length;
    private long _at;

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

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var within = (int)(_length % ChunkLength);
            if (within == 0)
                _chunks.Add(new byte[ChunkLength]);

            var count = Math.Min(bytes.Length, ChunkLength - within);
            bytes[..count].CopyTo(_chunks[^1].AsSpan(within));
            _length += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>The bytes in order, as they lie in memory.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks()
    {
        for (var i = 0; i < _chunks.Count; i++)
            yield return _chunks[i].AsMemory(0, (int)Math.Min(ChunkLength, _length - ((long)i * ChunkLength)));
    }

    public byte[] ToArray()
    {
        var all = new byte[_length];
        var before = _at;
        _at = 0;
        this.ReadExactly(all);
        _at = before;
        return all;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at >= _length)
            return 0;

        var within = (int)(_at % ChunkLength);
        var count = (int)Math.Min(Math.Min(buffer.Length, ChunkLength - within), _length - _at);
        _chunks[(int)(_at / ChunkLength)].AsSpan(within, count).CopyTo(buffer);
        _at += count;
        return count;
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
            throw new IOException("Seeking before the beginning of the bytes.");

        return _at = target;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
