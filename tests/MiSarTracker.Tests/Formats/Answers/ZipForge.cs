using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>Writes ZIP archives byte by byte, honest ones and others: every field of every record can be made to lie.</summary>
internal sealed class ZipForge
{
    private readonly List<ForgedEntry> _entries = [];

    public byte[] Before { get; init; } = [];

    public string Comment { get; init; } = "";

    /// <summary>What the end record says; null for the truth.</summary>
    public int? SaidCount { get; init; }

    public uint? SaidDirectorySize { get; init; }

    public uint? SaidDirectoryOffset { get; init; }

    public bool WithZip64End { get; init; }

    public long? SaidZip64Count { get; init; }

    /// <summary>Adds an entry, deflated unless told otherwise; <paramref name="lie"/> changes what is written about it.</summary>
    public ZipForge Add(string name, byte[] content, Action<ForgedEntry>? lie = null, bool deflate = true)
    {
        var entry = ForgedEntry.Honest(Encoding.UTF8.GetBytes(name), content, deflate);
        lie?.Invoke(entry);
        _entries.Add(entry);
        return this;
    }

    public ZipForge Add(string name, string content, Action<ForgedEntry>? lie = null, bool deflate = true) =>
        Add(name, Encoding.UTF8.GetBytes(content), lie, deflate);

    public byte[] Bytes()
    {
        var output = new MemoryStream();
        output.Write(Before);
        foreach (var entry in _entries)
        {
            entry.Offset ??= (uint)(output.Length - Before.Length);
            if (!entry.OmitLocal)
                entry.WriteLocal(output);
        }

        var start = output.Length;
        foreach (var entry in _entries)
            entry.WriteCentral(output);

        WriteEnd(output, start);
        return output.ToArray();
    }

    public static byte[] Deflated(byte[] content)
    {
        var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(content);

        return output.ToArray();
    }

    /// <summary>CRC-32 bit by bit, as the definition says it, once for each of 256 bytes: nothing in common with the product's.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        Span<uint> table = stackalloc uint[256];
        for (uint value = 0; value < 256; value++)
        {
            table[(int)value] = value;
            for (var bit = 0; bit < 8; bit++)
                table[(int)value] = (table[(int)value] & 1) != 0 ? (table[(int)value] >> 1) ^ 0xEDB88320 : table[(int)value] >> 1;
        }

        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = (crc >> 8) ^ table[(byte)crc ^ value];

        return ~crc;
    }

    internal static void Put16(Stream output, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        output.Write(bytes);
    }

    internal static void Put32(Stream output, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        output.Write(bytes);
    }

    internal static void Put64(Stream output, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        output.Write(bytes);
    }

    private void WriteEnd(MemoryStream output, long start)
    {
        var size = output.Length - start;
        if (WithZip64End)
        {
            var place = output.Length;
            Put32(output, 0x06064b50);
            Put64(output, 44);
            Put16(output, 45);
            Put16(output, 45);
            Put32(output, 0);
            Put32(output, 0);
            Put64(output, SaidZip64Count ?? _entries.Count);
            Put64(output, SaidZip64Count ?? _entries.Count);
            Put64(output, size);
            Put64(output, start - Before.Length);
            Put32(output, 0x07064b50);
            Put32(output, 0);
            Put64(output, place);
            Put32(output, 1);
        }

        Put32(output, 0x06054b50);
        Put16(output, 0);
        Put16(output, 0);
        Put16(output, WithZip64End ? 0xffff : SaidCount ?? _entries.Count);
        Put16(output, WithZip64End ? 0xffff : SaidCount ?? _entries.Count);
        Put32(output, WithZip64End ? uint.MaxValue : SaidDirectorySize ?? (uint)size);
        Put32(output, WithZip64End ? uint.MaxValue : SaidDirectoryOffset ?? (uint)(start - Before.Length));
        Put16(output, Comment.Length);
        output.Write(Encoding.ASCII.GetBytes(Comment));
    }
}

/// <summary>What is written about one entry, in its own header and in the directory.</summary>
internal sealed class ForgedEntry
{
    public required byte[] Name { get; set; }

    public required byte[] LocalName { get; set; }

    public required byte[] Packed { get; set; }

    public required uint Crc { get; set; }

    public required uint Size { get; set; }

    public required uint PackedSize { get; set; }

    public required int Method { get; set; }

    public uint? LocalSize { get; set; }

    public uint? LocalPackedSize { get; set; }

    public int? LocalMethod { get; set; }

    public int Flags { get; set; } = 1 << 11;

    public int? LocalFlags { get; set; }

    /// <summary>Writes the sizes behind the data and zeros before it.</summary>
    public bool Descriptor { get; set; }

    public bool OmitLocal { get; set; }

    public uint? Offset { get; set; }

    public byte[] Extra { get; set; } = [];

    public ushort UnixMode { get; set; } = 0x81A4;

    public static ForgedEntry Honest(byte[] name, byte[] content, bool deflate)
    {
        var packed = deflate ? ZipForge.Deflated(content) : content;
        return new ForgedEntry
        {
            Name = name,
            LocalName = name,
            Packed = packed,
            Crc = ZipForge.Crc(content),
            Size = (uint)content.Length,
            PackedSize = (uint)packed.Length,
            Method = deflate ? 8 : 0,
        };
    }

    public void WriteLocal(Stream output)
    {
        ZipForge.Put32(output, 0x04034b50);
        ZipForge.Put16(output, 20);
        ZipForge.Put16(output, (LocalFlags ?? Flags) | (Descriptor ? 8 : 0));
        ZipForge.Put16(output, LocalMethod ?? Method);
        ZipForge.Put32(output, 0x5821_0000);
        ZipForge.Put32(output, Descriptor ? 0 : Crc);
        ZipForge.Put32(output, Descriptor ? 0 : LocalPackedSize ?? PackedSize);
        ZipForge.Put32(output, Descriptor ? 0 : LocalSize ?? Size);
        ZipForge.Put16(output, LocalName.Length);
        ZipForge.Put16(output, Extra.Length);
        output.Write(LocalName);
        output.Write(Extra);
        output.Write(Packed);
        if (!Descriptor)
            return;

        ZipForge.Put32(output, 0x08074b50);
        ZipForge.Put32(output, Crc);
        ZipForge.Put32(output, PackedSize);
        ZipForge.Put32(output, Size);
    }

    public void WriteCentral(Stream output)
    {
        ZipForge.Put32(output, 0x02014b50);
        ZipForge.Put16(output, (3 << 8) | 20);
        ZipForge.Put16(output, 20);
        ZipForge.Put16(output, Flags | (Descriptor ? 8 : 0));
        ZipForge.Put16(output, Method);
        ZipForge.Put32(output, 0x5821_0000);
        ZipForge.Put32(output, Crc);
        ZipForge.Put32(output, PackedSize);
        ZipForge.Put32(output, Size);
        ZipForge.Put16(output, Name.Length);
        ZipForge.Put16(output, Extra.Length);
        ZipForge.Put16(output, 0);
        ZipForge.Put16(output, 0);
        ZipForge.Put16(output, 0);
        ZipForge.Put32(output, (uint)UnixMode << 16);
        ZipForge.Put32(output, Offset!.Value);
        output.Write(Name);
        output.Write(Extra);
    }
}
