using System.Buffers.Binary;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>Reads the fixed parts of ZIP's records from a seekable stream.</summary>
internal static class ZipHeaders
{
    public const uint LocalSignature = 0x04034b50;
    public const uint CentralSignature = 0x02014b50;
    public const uint EndSignature = 0x06054b50;
    public const uint Zip64EndSignature = 0x06064b50;
    public const uint Zip64LocatorSignature = 0x07064b50;
    public const uint DescriptorSignature = 0x08074b50;

    public const int LocalLength = 30;
    public const int CentralLength = 46;
    public const int EndLength = 22;
    public const int Zip64EndLength = 56;
    public const int Zip64LocatorLength = 20;

    /// <summary>Fills the buffer from this place; false when the stream ends before.</summary>
    public static bool TryReadAt(Stream stream, long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset > stream.Length - buffer.Length)
            return false;

        stream.Position = offset;
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;
    }

    /// <summary>The entry that a local header describes, with the length of the header; null when there is none here.</summary>
    public static (ZipEntry Entry, int Length)? Local(Stream stream, long offset)
    {
        Span<byte> head = stackalloc byte[LocalLength];
        if (!TryReadAt(stream, offset, head) || BinaryPrimitives.ReadUInt32LittleEndian(head) != LocalSignature)
            return null;

        int nameLength = U16(head, 26);
        int extraLength = U16(head, 28);
        var tail = new byte[nameLength + extraLength];
        if (!TryReadAt(stream, offset + LocalLength, tail))
            return null;

        var raw = tail[..nameLength];
        var extras = tail.AsSpan(nameLength);
        long size = U32(head, 22);
        long packed = U32(head, 18);
        long unused = 0;
        ZipExtras.Widen(extras, ref size, ref packed, ref unused);
        var flags = U16(head, 6);
        var entry = new ZipEntry
        {
            Flags = flags,
            Method = U16(head, 8),
            DosTime = U16(head, 10),
            Crc = U32(head, 14),
            PackedSize = packed,
            Size = size,
            HeaderOffset = offset,
            RawName = raw,
            Name = ZipNames.Decode(raw, extras, flags),
            Aes = ZipExtras.Aes(extras),
        };
        return (entry, LocalLength + tail.Length);
    }

    public static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    public static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    public static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
