using System.Security.Cryptography;
using MiSarTracker.Core;

namespace MiSarTracker.Storage;

/// <summary>A file of the vault: its name is the hash of its content.</summary>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="Size">In bytes.</param>
public sealed record VaultEntry(string Sha256, long Size);

/// <summary>
/// The files that cases rest on, each under the SHA-256 of its content (<c>vault/sha256/ab/cd…</c>), written once,
/// 0400 in 0700. A file appears whole or not at all.
/// </summary>
public sealed class Vault
{
    private const int BufferSize = 1 << 20;
    private readonly string root;
    private readonly string incoming;

    internal Vault(string folder)
    {
        root = Path.Combine(folder, "sha256");
        incoming = Path.Combine(folder, "incoming");
    }

    /// <summary>Reads a source through: what the reader of the tap reads is stored and hashed on the way.</summary>
    /// <param name="source">Read to its end by <see cref="VaultTap.Complete"/>; the caller disposes of it.</param>
    /// <exception cref="Unavailable">The vault cannot be written.</exception>
    public VaultTap Tap(Stream source) => new(this, source);

    /// <summary>Stores a stream to its end.</summary>
    /// <exception cref="Unavailable">The disk is full or fails; nothing is left behind.</exception>
    public VaultEntry Store(Stream source)
    {
        using var tap = Tap(source);
        return tap.Complete();
    }

    /// <inheritdoc cref="Store(Stream)"/>
    public VaultEntry Store(ReadOnlyMemory<byte> content)
    {
        using var source = new MemoryStream(content.ToArray(), writable: false);
        return Store(source);
    }

    public bool Contains(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Where a file stands, for messages and for other programs that only read it.</summary>
    public string PathOf(string sha256)
    {
        if (!IsHash(sha256))
            throw new ArgumentException($"“{sha256}” is not a SHA-256 in 64 lower-case hex digits.", nameof(sha256));
        return Path.Combine(root, sha256[..2], sha256[2..]);
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Opens a file for reading; its content is not checked, see <see cref="Check"/>.</summary>
    /// <exception cref="Corrupt">It is not there.</exception>
    public Stream OpenRead(string sha256)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(PathOf(sha256), new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0, Share = FileShare.Read | FileShare.Delete });
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new Corrupt($"The vault has lost the file {sha256}.", "Restore it from a backup: misar restore.", e);
            }
            catch (IOException) when (attempt < 50)
            {
                // The one who stored it holds it until a moment after it has appeared.
                Thread.Sleep(10);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new Unavailable($"{PathOf(sha256)} cannot be read: {e.Message}", null, e);
            }
        }
    }

    /// <summary>Reads a small file whole and checks that it is what its name says.</summary>
    /// <exception cref="Corrupt">It is not there, or its content is not what its name says.</exception>
    public byte[] ReadChecked(string sha256)
    {
        using var file = OpenRead(sha256);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == sha256
            ? content
            : throw new Corrupt($"The vault's file {sha256} was changed: its content has another hash.", "Restore it from a backup.");
    }

    /// <summary>Hashes a file again.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public VaultFault? Check(string sha256, CancellationToken cancellationToken = default)
    {
        if (!Contains(sha256))
            return new VaultFault(sha256, VaultFaultKind.Missing);
        using var file = OpenRead(sha256);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == sha256 ? null : new VaultFault(sha256, VaultFaultKind.Changed);
    }

    /// <summary>Hashes every file again and names each that changed, is missing, or that nobody refers to.</summary>
    /// <param name="expected">The hashes that the cases refer to.</param>
    public VaultVerdict Verify(IReadOnlySet<string> expected, CancellationToken cancellationToken = default)
    {
        var faults = new List<VaultFault>();
        var (files, bytes) = (0, 0L);
        foreach (var sha256 in expected.Order(StringComparer.Ordinal))
        {
            files++;
            // A row that was edited may name anything; what is no hash names no file.
            if (!IsHash(sha256))
                faults.Add(new VaultFault(sha256, VaultFaultKind.Missing));
            else if (Check(sha256, cancellationToken) is { } fault)
                faults.Add(fault);
            else
                bytes += new FileInfo(PathOf(sha256)).Length;
        }

        foreach (var name in Names().Where(name => !expected.Contains(name)).Order(StringComparer.Ordinal))
            faults.Add(new VaultFault(name, VaultFaultKind.Extra));
        return new VaultVerdict(files, bytes, faults);
    }

    /// <summary>The name of every file below the vault's root, as the hash that it claims to be or, for a stranger, its path.</summary>
    private IEnumerable<string> Names()
    {
        if (!Directory.Exists(root))
            yield break;
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
            yield return name.Length == 65 && name[2] == '/' ? name.Remove(2, 1) : name;
        }
    }

    internal void Delete(string sha256)
    {
        var path = PathOf(sha256);
        if (!File.Exists(path))
            return;
        File.Delete(path);
        DurableFile.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>A temporary file within the vault's file system, held by a lock for as long as its writer lives.</summary>
    internal FileStream CreateIncoming()
    {
        WorkspaceLayout.MakeFolder(incoming);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var file = DurableFile.Create(Path.Combine(incoming, Guid.NewGuid().ToString("N")));

                // A sweeper may have taken it between its creation and its lock; a file that is still there now stays.
                if (File.Exists(file.Name))
                    return file;
                file.Dispose();
            }
            catch (IOException) when (attempt < 5)
            {
                // A sweeper held the new file's lock just then; the next name is free.
            }
        }
    }

    /// <summary>Puts a written temporary file in its place, or drops it when the content is there already.</summary>
    internal VaultEntry Place(FileStream written, string sha256)
    {
        var target = PathOf(sha256);
        var folder = Path.GetDirectoryName(target)!;
        var entry = new VaultEntry(sha256, written.Length);
        if (File.Exists(target))
        {
            if (new FileInfo(target).Length != entry.Size)
                throw new Corrupt($"The vault's file {sha256} was changed: it has another length.", "Restore it from a backup.");
            File.Delete(written.Name);
            written.Dispose();
            return entry;
        }

        written.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(written.SafeFileHandle, UnixFileMode.UserRead);
        var isNewFolder = !Directory.Exists(folder);
        WorkspaceLayout.MakeFolder(root);
        WorkspaceLayout.MakeFolder(folder);
        File.Move(written.Name, target, overwrite: true);
        written.Dispose();
        DurableFile.FlushFolder(folder);
        if (isNewFolder)
            DurableFile.FlushFolder(root);
        return entry;
    }

    /// <summary>Removes temporary files whose writer is gone.</summary>
    internal void Sweep()
    {
        if (!Directory.Exists(incoming))
            return;
        foreach (var path in Directory.EnumerateFiles(incoming))
        {
            try
            {
                // Locked: its writer lives.
                using var abandoned = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }
    }
}
