using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using MiSarTracker.Core;

namespace MiSarTracker.Storage;

/// <summary>
/// A source that is stored while it is read: each block goes to the reader and, on threads of their own, into the vault
/// and through SHA-256, each of which takes about as long as reading a capture. Read-only and forward-only. <see cref="Complete"/> reads what the reader left, and only it makes the
/// file appear in the vault; a tap that is disposed of without it leaves nothing behind.
/// </summary>
public sealed class VaultTap : Stream
{
    private const int BlockSize = 1 << 20;
    private const int BlocksInFlight = 8;

    /// <summary>So many bytes are given to the disk at a time, while the next ones are read.</summary>
    private const long FlushStep = 8L << 20;
    private readonly Vault vault;
    private readonly Stream source;
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly BlockingCollection<Block> toWrite = new(BlocksInFlight);
    private readonly BlockingCollection<Block> toHash = new(BlocksInFlight);
    private readonly Task workers;
    private Exception? failure;
    private Block? current;
    private int offset;
    private bool sourceEnded;
    private bool completed;
    private bool disposed;

    internal VaultTap(Vault vault, Stream source)
    {
        this.vault = vault;
        this.source = source;
        try
        {
            file = vault.CreateIncoming();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }

        workers = Task.WhenAll(Start(WriteBlocks), Start(HashBlocks));
    }

    /// <summary>Bytes taken from the source so far.</summary>
    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="Unavailable">The vault's disk is full or fails.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || (Left == 0 && !Advance()))
            return 0;
        var count = Math.Min(buffer.Length, Left);
        current!.Bytes.AsSpan(offset, count).CopyTo(buffer);
        offset += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || (Left == 0 && !await AdvanceAsync(cancellationToken).ConfigureAwait(false)))
            return 0;
        return Read(buffer.Span[..Math.Min(buffer.Length, Left)]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Reads the source to its end, makes the file durable and puts it into the vault.</summary>
    /// <exception cref="Unavailable">The disk is full or fails; the vault is as it was.</exception>
    public VaultEntry Complete(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        while (Advance())
            cancellationToken.ThrowIfCancellationRequested();
        toWrite.CompleteAdding();
        toHash.CompleteAdding();
        workers.Wait(cancellationToken);
        ThrowIfFailed();
        try
        {
            var entry = vault.Place(file, Convert.ToHexStringLower(hash.GetHashAndReset()));
            completed = true;
            return entry;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
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
        if (disposing && !disposed)
        {
            disposed = true;
            toWrite.CompleteAdding();
            toHash.CompleteAdding();
            workers.Wait();
            current?.Release();
            current = null;
            if (!completed)
                File.Delete(file.Name);
            file.Dispose();
            hash.Dispose();
            toWrite.Dispose();
            toHash.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Left => current is null ? 0 : current.Length - offset;

    private bool Advance()
    {
        var block = NextBlock();
        return block is not null && Take(block, sourceEnded ? 0 : source.Read(block.Bytes, 0, BlockSize));
    }

    private async ValueTask<bool> AdvanceAsync(CancellationToken cancellationToken)
    {
        var block = NextBlock();
        return block is not null && Take(block, await source.ReadAsync(block.Bytes.AsMemory(0, BlockSize), cancellationToken).ConfigureAwait(false));
    }

    private Block? NextBlock()
    {
        ThrowIfFailed();
        current?.Release();
        current = null;
        offset = 0;
        return sourceEnded ? null : new Block(ArrayPool<byte>.Shared.Rent(BlockSize));
    }

    private bool Take(Block block, int length)
    {
        if (length == 0)
        {
            sourceEnded = true;
            block.ReleaseAll();
            return false;
        }

        block.Length = length;
        BytesRead += length;
        current = block;
        toWrite.Add(block);
        toHash.Add(block);
        return true;
    }

    private static Task Start(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void WriteBlocks()
    {
        var (written, begun) = (0L, 0L);
        foreach (var block in toWrite.GetConsumingEnumerable())
        {
            try
            {
                // After a failure the queue is only emptied, so that the reader never waits for room in it.
                if (failure is null)
                {
                    file.Write(block.Bytes, 0, block.Length);
                    written += block.Length;
                }

                if (written - begun >= FlushStep)
                {
                    DurableFile.BeginFlush(file.SafeFileHandle, begun, written - begun);
                    begun = written;
                }
            }
            catch (IOException e)
            {
                Volatile.Write(ref failure, e);
            }
            finally
            {
                block.Release();
            }
        }
    }

    private void HashBlocks()
    {
        foreach (var block in toHash.GetConsumingEnumerable())
        {
            hash.AppendData(block.Bytes, 0, block.Length);
            block.Release();
        }
    }

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref failure) is { } fault)
            throw Failed(fault);
    }

    private Unavailable Failed(Exception fault)
    {
        var known = source.CanSeek ? $" of {source.Length}" : "";
        return new Unavailable(
            $"The vault in {Path.GetDirectoryName(vault.PathOf(new string('0', 64)))} could not take the file ({BytesRead}{known} bytes read): {fault.Message}",
            "Free some space, then do it again; nothing of it was kept.", fault);
    }

    /// <summary>Bytes that three hold: the reader, who writes, and who hashes. The last to let go gives them back.</summary>
    private sealed class Block(byte[] bytes)
    {
        private int holders = 3;

        public byte[] Bytes => bytes;

        public int Length { get; set; }

        public void Release()
        {
            if (Interlocked.Decrement(ref holders) == 0)
                ArrayPool<byte>.Shared.Return(bytes);
        }

        /// <summary>For a block that nobody was given.</summary>
        public void ReleaseAll() => ArrayPool<byte>.Shared.Return(bytes);
    }
}
