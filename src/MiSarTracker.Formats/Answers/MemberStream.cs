using System.Buffers;
using MiSarTracker.Formats.Answers.Zip;

namespace MiSarTracker.Formats.Answers;

/// <summary>
/// A member's bytes, read once from beginning to end, counted, and checked against what its container promised.
/// Bytes that break off or fail a check end the stream and set <see cref="Fault"/>; it does not throw for what the bytes are.
/// </summary>
internal sealed class MemberStream(Stream bytes, AnswerReading reading, MemberPromise promise) : ForwardStream
{
    internal const int HeadLength = 1 << 16;
    private const long RatioMatters = 1 << 20;

    private readonly byte[] _head = ArrayPool<byte>.Shared.Rent(HeadLength);
    private int _headStart;
    private int _headEnd;
    private bool _peeked;
    private bool _ended;
    private bool _isLonger;
    private bool _disposed;
    private uint _crc;

    /// <summary>Bytes produced so far.</summary>
    public long Count { get; private set; }

    /// <summary>What is wrong with the bytes, or null; final once the end was reached.</summary>
    public string? Fault { get; private set; }

    /// <summary>True when the bytes broke off before their end: what stands last may be cut.</summary>
    public bool BrokeOff { get; private set; }

    public Stream? Seekable => promise.Seekable;

    /// <summary>The first bytes (up to 64 KiB), which are read again afterwards.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (!_peeked)
        {
            _peeked = true;
            int read;
            while (_headEnd < HeadLength && (read = Produce(_head.AsSpan(_headEnd))) > 0)
                _headEnd += read;
        }

        return _head.AsSpan(_headStart, _headEnd - _headStart);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_headStart == _headEnd)
            return buffer.IsEmpty ? 0 : Produce(buffer);

        var count = Math.Min(buffer.Length, _headEnd - _headStart);
        _head.AsSpan(_headStart, count).CopyTo(buffer);
        _headStart += count;
        return count;
    }

    /// <summary>Reads to the end for the sake of the checks.</summary>
    public void Drain()
    {
        var sink = ArrayPool<byte>.Shared.Rent(1 << 16);
        while (Read(sink) > 0)
        {
        }

        ArrayPool<byte>.Shared.Return(sink);
    }

    /// <summary>All bytes in memory, or null when there are more than <paramref name="most"/>.</summary>
    public ChunkedMemory? Gather(long most)
    {
        var memory = new ChunkedMemory();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = Read(buffer)) > 0)
        {
            if (memory.Length + read > most)
                return null;

            memory.Append(buffer.AsSpan(0, read));
        }

        return memory;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            bytes.Dispose();
            ArrayPool<byte>.Shared.Return(_head);
        }

        base.Dispose(disposing);
    }

    private int Produce(Span<byte> buffer)
    {
        reading.Cancellation.ThrowIfCancellationRequested();
        if (_ended)
            return 0;
        if (_isLonger)
            return BreakOff($"the data is longer than the {promise.Length} bytes that its header promises; nothing was read of the rest");

        int read;
        try
        {
            read = bytes.Read(buffer);
        }
        catch (InvalidDataException broken)
        {
            return BreakOff($"the packed data is damaged after {Count} bytes ({broken.Message.TrimEnd('.')})");
        }

        if (read == 0)
            return End();

        if (promise.Length is { } length && Count + read > length)
        {
            _isLonger = true;
            read = (int)(length - Count);
            if (read == 0)
                return Produce(buffer);
        }

        if (!reading.Spend(read))
            return BreakOff($"the answer unpacks to more than {reading.Limits.MaxArchiveBytes} bytes; reading stopped here");
        if ((promise.PackedLength ?? promise.PackedSoFar?.Invoke()) is { } packed && Count + read > Math.Max(RatioMatters, packed * reading.Limits.MaxRatio))
            return BreakOff($"the data unpacks to more than {reading.Limits.MaxRatio} times its size, as a ZIP bomb does; reading stopped after {Count} bytes");

        Count += read;
        if (promise.Crc is not null)
            _crc = Crc32.Append(_crc, buffer[..read]);

        return read;
    }

    private int End()
    {
        _ended = true;
        if (promise.Length is { } length && Count < length)
            return BreakOff($"the data ends after {Count} of the {length} bytes that its header promises");

        if (promise.Crc is { } crc && crc != _crc)
            Fault = $"the checksum is wrong (CRC-32 {_crc:x8}, the archive says {crc:x8}): the data was changed or damaged";
        else
            Fault = promise.AtEnd?.Invoke();

        return 0;
    }

    private int BreakOff(string why)
    {
        _ended = true;
        BrokeOff = true;
        Fault = why;
        return 0;
    }
}
