namespace MiSarTracker.Formats.Bodies;

/// <summary>A buffer that grows up to a limit and is used again.</summary>
internal sealed class OutputBuffer(long limit)
{
    private const int First = 64 << 10;
    private const int DoublingUpTo = 8 << 20;

    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>True when more was written than the limit allows.</summary>
    public bool IsOver => _length > limit;

    public void Clear() => _length = 0;

    /// <summary>Room for at least one byte; one byte beyond the limit, so that exceeding it shows.</summary>
    public Span<byte> Room()
    {
        if (_length == _bytes.Length)
            Grow();
        return _bytes.AsSpan(_length);
    }

    public Memory<byte> RoomAsMemory()
    {
        Room();
        return _bytes.AsMemory(_length);
    }

    public void Advance(int count) => _length += count;

    private void Grow()
    {
        var most = (int)Math.Min(limit + 1, Array.MaxLength);
        var size = Math.Max(First, 2 * _bytes.Length);
        // Untouched pages cost nothing, copies of half the size that wait for the collector do.
        size = size <= DoublingUpTo ? Math.Min(size, most) : most;
        var grown = GC.AllocateUninitializedArray<byte>(Math.Max(size, _length + 1));
        _bytes.AsSpan(0, _length).CopyTo(grown);
        _bytes = grown;
    }
}
