using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MiSarTracker.FaultTests.Hostile;

/// <summary>One entry of an archive, with every field free to lie.</summary>
internal sealed record ForgedEntry(string Name, byte[] Packed)
{
    public ushort Method { get; init; } = 8;

    public ushort Flags { get; init; } = 0x0800;

    public uint Crc { get; init; }

    public uint Size { get; init; }

    /// <summary>What the directory says of the packed length; null for the truth.</summary>
    public uint? PackedSize { get; init; }

    /// <summary>Where the directory says that it stands; null for the truth.</summary>
    public uint? Offset { get; init; }

    public uint Attributes { get; init; }

    public byte[] Extra { get; init; } = [];

    /// <summary>An honest entry.</summary>
    public static ForgedEntry Of(string name, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(content);
        return new ForgedEntry(name, packed.ToArray()) { Crc = Checksum(content), Size = (uint)content.Length };
    }

    public static ForgedEntry Of(string name, string content) => Of(name, Encoding.UTF8.GetBytes(content));

    public static uint Checksum(ReadOnlySpan<byte> content)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var one in content)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
        }

        return ~crc;
    }
}

/// <summary>Writes archives from APPNOTE's description, lies included; nothing of the reader's code.</summary>
internal static class ZipForge
{
    public static byte[] Write(params IReadOnlyList<ForgedEntry> entries)
    {
        using var file = new MemoryStream();
        var offsets = new List<uint>();
        foreach (var entry in entries)
        {
            offsets.Add((uint)file.Position);
            file.Write(Header(entry, 0x04034B50, 30, null));
            file.Write(Name(entry));
            file.Write(entry.Extra);
            file.Write(entry.Packed);
        }

        var directory = (uint)file.Position;
        for (var i = 0; i < entries.Count; i++)
        {
            file.Write(Header(entries[i], 0x02014B50, 46, entries[i].Offset ?? offsets[i]));
            file.Write(Name(entries[i]));
            file.Write(entries[i].Extra);
        }

        End(file, entries.Count, directory);
        return file.ToArray();
    }

    private static byte[] Name(ForgedEntry entry) => Encoding.UTF8.GetBytes(entry.Name);

    private static byte[] Header(ForgedEntry entry, uint signature, int length, uint? offset)
    {
        var header = new byte[length];
        var at = length == 46 ? 6 : 4;
        BinaryPrimitives.WriteUInt32LittleEndian(header, signature);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at), 20);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at + 2), entry.Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at + 4), entry.Method);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at + 8), 0x5821);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at + 10), entry.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at + 14), entry.PackedSize ?? (uint)entry.Packed.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at + 18), entry.Size);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at + 22), (ushort)Name(entry).Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at + 24), (ushort)entry.Extra.Length);
        if (offset is { } place)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 0x0314);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(38), entry.Attributes);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), place);
        }

        return header;
    }

    private static void End(MemoryStream file, int entries, uint directory)
    {
        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)file.Position - directory);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), directory);
        file.Write(end);
    }
}
