namespace MiSarTracker.Formats.Captures;

/// <summary>
/// A decompressor that ends instead of throwing when its input is cut or damaged, so that everything before stays
/// readable; <see cref="Damage"/> then says what happened. It also ends when the input is a bomb.
/// </summary>
internal sealed class InflatingStream(Stream inflater, ByteWindow packed, Limits limits) : Stream
{
    private long _inflated;

    public Damage? Damage { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _inflated;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (Damage is not null)
            return 0;
        try
        {
            var got = inflater.Read(buffer);
            _inflated += got;
            Damage = Judge();
            return Damage is null ? got : 0;
        }
        catch (InvalidDataException error)
        {
            Damage = new Damage($"byte {packed.Offset} of the compressed file", $"the compressed data is damaged or cut off: {error.Message}");
            return 0;
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inflater.Dispose();
        base.Dispose(disposing);
    }

    private Damage? Judge()
    {
        var isBomb = _inflated > limits.MaxArchiveBytes
            || (_inflated > 1 << 20 && _inflated / limits.MaxRatio > packed.Offset);
        return isBomb
            ? new Damage($"byte {packed.Offset} of the compressed file", $"it inflates to more than is believable ({_inflated} bytes so far); the rest was not read")
            : null;
    }
}
