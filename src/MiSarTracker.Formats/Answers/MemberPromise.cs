namespace MiSarTracker.Formats.Answers;

/// <summary>What a container promises of a member's bytes; each promise is checked while they are read.</summary>
internal sealed record MemberPromise
{
    public static MemberPromise None { get; } = new();

    /// <summary>The bytes after decryption and inflation.</summary>
    public long? Length { get; init; }

    public uint? Crc { get; init; }

    /// <summary>The bytes in the archive, for the ratio.</summary>
    public long? PackedLength { get; init; }

    /// <summary>The bytes of a container without a length that were used up so far, for the ratio.</summary>
    public Func<long>? PackedSoFar { get; init; }

    /// <summary>A check that is only possible behind the last byte: the fault, or null.</summary>
    public Func<string?>? AtEnd { get; init; }

    /// <summary>The same bytes as a seekable stream, when they lie unpacked in one.</summary>
    public Stream? Seekable { get; init; }
}
