namespace MiSarTracker.Formats.Captures;

/// <summary>
/// A window over a forward-only stream: a buffer that slides and, when one part needs it, grows. Memory is bounded by
/// the largest part that a reader asks for in one piece.
/// </summary>
internal sealed class ByteWindow(Stream stream)
{
    /// <summary>What a small file needs; one that does not end within it gets the usual capacity.</summary>
    private const int FirstCapacity = 64 << 10;

    /// <summary>Small enough to stay in the processor's cache, large enough for few system calls.</summary>
    public const int UsualCapacity = 1 << 20;

    private const int DoublingUpTo = 8 << 20;

    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(FirstCapacity);
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The offset of the window's first byte in the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>What has been read and not yet passed. Writable, because readers decode in place.</summary>
    public Memory<byte> Memory => _buffer.AsMemory(_start, _end - _start);

    public Span<byte> Span => _buffer.AsSpan(_start, _end - _start);

    public int Length => _end - _start;

    /// <summary>True once the stream's last byte is in the window (or was passed).</summary>
    public bool Ended => _ended;

    /// <summary>
    /// From this size on the buffer is made this large at once instead of doubled, so that no copies of half the size
    /// wait for the collector. Untouched pages cost nothing.
    /// </summary>
    public int LargeCapacity { get; init; } = DoublingUpTo;

    /// <summary>Makes at least <paramref name="count"/> bytes available; false when the stream ends before.</summary>
    public bool Ensure(int count)
    {
        while (Length < count)
        {
            if (!Fill(count))
                return false;
        }

        return true;
    }

    /// <summary>Reads at least one more byte, growing the buffer when it is full; false at the stream's end.</summary>
    public bool Fill() => Fill(Length + 1);

    /// <summary>Passes over bytes that are in the window.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);
        _start += count;
        Offset += count;
    }

    /// <summary>Passes over bytes without keeping them; returns how many there were.</summary>
    public long Skip(long count)
    {
        long left = count;
        while (left > 0)
        {
            if (Length == 0 && !Fill(1))
                break;
            var step = (int)Math.Min(left, Length);
            Advance(step);
            left -= step;
        }

        return count - left;
    }

    /// <summary>Takes bytes out of the middle of the window; offsets then count from the end of what is in it.</summary>
    public void Remove(int at, int count)
    {
        var from = _start + at;
        _buffer.AsSpan(from + count, _end - from - count).CopyTo(_buffer.AsSpan(from));
        _end -= count;
        Offset += count;
    }

    /// <summary>Moves bytes out of the window into <paramref name="target"/>; returns how many there were.</summary>
    public int Take(Span<byte> target)
    {
        var buffered = Math.Min(target.Length, Length);
        Span[..buffered].CopyTo(target);
        Advance(buffered);
        var taken = buffered;
        while (taken < target.Length && !_ended)
        {
            var got = stream.Read(target[taken..]);
            _ended = got == 0;
            Offset += got;
            taken += got;
        }

        return taken;
    }

    private bool Fill(int wanted)
    {
        if (_ended)
            return false;
        MakeRoom(wanted);
        // A buffer that one large part made grow is not filled to its brim ever after.
        var room = Math.Min(_buffer.Length - _end, Math.Max(UsualCapacity, wanted - Length));
        var got = stream.Read(_buffer, _end, room);
        _end += got;
        _ended = got == 0;
        return !_ended;
    }

    private void MakeRoom(int wanted)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }

        var isFarIn = _start >= UsualCapacity && Length <= _start / 4;
        if (wanted <= _buffer.Length - _start && _end < _buffer.Length && !isFarIn)
            return;
        var length = Length;
        wanted = Math.Max(wanted, UsualCapacity);
        var target = wanted <= _buffer.Length ? _buffer : GC.AllocateUninitializedArray<byte>(Grown(wanted));
        _buffer.AsSpan(_start, length).CopyTo(target);
        _buffer = target;
        _start = 0;
        _end = length;
    }

    private int Grown(int wanted)
    {
        var doubled = Math.Max(wanted, Math.Min(Array.MaxLength, 2L * _buffer.Length));
        return (int)(doubled <= DoublingUpTo ? doubled : Math.Max(doubled, LargeCapacity));
    }
}
