namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>An entry as the central directory (or, in a cut archive, its local header) describes it. Nothing in it is trusted.</summary>
internal sealed record ZipEntry
{
    /// <summary>General purpose flags (APPNOTE.TXT 4.4.4).</summary>
    public required ushort Flags { get; init; }

    /// <summary>The method as written; 99 for WinZip AES.</summary>
    public required ushort Method { get; init; }

    public required ushort DosTime { get; init; }

    public required uint Crc { get; init; }

    /// <summary>Bytes in the archive, a cipher's salt, header and MAC included.</summary>
    public required long PackedSize { get; init; }

    /// <summary>Bytes after decryption and inflation, as promised.</summary>
    public required long Size { get; init; }

    /// <summary>Where the local header stands in the stream.</summary>
    public required long HeaderOffset { get; init; }

    public required byte[] RawName { get; init; }

    /// <summary>The name in forward slashes; see <see cref="ZipNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The upper half of the external attributes: a Unix mode when a Unix tool wrote the archive.</summary>
    public ushort UnixMode { get; init; }

    /// <summary>The AES extra field, or null.</summary>
    public AesExtra? Aes { get; init; }

    public bool IsEncrypted => (Flags & 1) != 0;

    public bool HasDescriptor => (Flags & 8) != 0;

    public bool IsDirectory => Name.EndsWith('/');

    public bool IsSymbolicLink => (UnixMode & 0xF000) == 0xA000;

    /// <summary>How the bytes are packed once decrypted: 0 stored, 8 deflate.</summary>
    public int Packing => Aes?.Method ?? Method;

    /// <summary>AE-2 leaves the CRC 0 and relies on the MAC; so does a directory entry.</summary>
    public uint? ExpectedCrc => Aes is { Version: 2 } ? null : Crc;
}

/// <summary>The extra field 0x9901.</summary>
/// <param name="Version">1 = AE-1, 2 = AE-2.</param>
/// <param name="Strength">1 = 128, 2 = 192, 3 = 256 bits.</param>
/// <param name="Method">The packing below the cipher.</param>
internal sealed record AesExtra(int Version, int Strength, int Method);
