using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>
/// Reads a stream on a second thread, at most three buffers ahead. What the source throws is thrown to the reader, at its
/// place. From the first read until it is disposed nobody else may use what the source reads from.
/// </summary>
internal sealed class ReadAheadStream(Stream source) : ForwardStream
{
    /// <summary>Streams shorter than this are done before the second thread has begun.</summary>
    public const long WorthIt = 4L << 20;

    private const int BufferLength = 1 << 18;
    private readonly BlockingCollection<Block> _ready = new(boundedCapacity: 2);
    private readonly CancellationTokenSource _stop = new();
    private Task? _reading;
    private ExceptionDispatchInfo? _failure;
    private Block? _current;
    private int _at;

    public override int Read(Span<byte> buffer)
    {
        _reading ??= Task.Run(ReadAll);
        if (_at == (_current?.Count ?? 0) && !Advance())
            return 0;

        var count = Math.Min(buffer.Length, _current!.Count - _at);
        _current.Bytes.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_stop.IsCancellationRequested)
        {
            _stop.Cancel();
            _reading?.Wait();
            source.Dispose();
            _ready.Dispose();
            _stop.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Advance()
    {
        if (_current is not null)
            ArrayPool<byte>.Shared.Return(_current.Bytes);

        (_current, _at) = (null, 0);
        if (_ready.TryTake(out var next, Timeout.Infinite))
        {
            _current = next;
            return true;
        }

        _failure?.Throw();
        return false;
    }

    private void ReadAll()
    {
        try
        {
            while (Fill(out var bytes, out var count))
                _ready.Add(new Block(bytes, count), _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader has what it wanted.
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }

    /// <summary>Fills a buffer as far as the source goes; what it throws is kept for the reader, behind the bytes before it.</summary>
    private bool Fill(out byte[] bytes, out int count)
    {
        bytes = ArrayPool<byte>.Shared.Rent(BufferLength);
        count = 0;
        try
        {
            int read;
            while (_failure is null && count < BufferLength && (read = source.Read(bytes.AsSpan(count, BufferLength - count))) > 0)
                count += read;
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }

        return count > 0;
    }

    // A class: the platform brings a collection of references translated, and one of pairs not.
    private sealed record Block(byte[] Bytes, int Count);
}
