using System.Net.Sockets;

namespace MiSarTracker.Mail.Trust;

/// <summary>
/// The bare connection below TLS. It knows whether a write was begun and not finished: then the last TLS record is incomplete, and
/// the server cannot read what it held. That is the one sure sign, after a broken line, that a letter did not get through whole.
/// </summary>
internal sealed class Line : Stream
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private int _unfinishedWrites;

    private Line(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>True while a write runs, and for good once one has failed.</summary>
    public bool HasUnfinishedWrite => Volatile.Read(ref _unfinishedWrites) > 0;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="SocketException">No such host, or nobody answers at any of its addresses.</exception>
    public static async Task<Line> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return new Line(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Ends the connection from outside: what reads or writes at that moment fails.</summary>
    public void Abort() => _socket.Close();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await _stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await _stream.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);

    public override int Read(byte[] buffer, int offset, int count) => _stream.Read(buffer, offset, count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _unfinishedWrites);
        await _stream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        Interlocked.Decrement(ref _unfinishedWrites);
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await WriteAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);

    public override void Write(byte[] buffer, int offset, int count)
    {
        Interlocked.Increment(ref _unfinishedWrites);
        _stream.Write(buffer, offset, count);
        Interlocked.Decrement(ref _unfinishedWrites);
    }

    /// <summary>Nothing is held back here, so there is nothing that could fail.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stream.Dispose();
        base.Dispose(disposing);
    }
}
