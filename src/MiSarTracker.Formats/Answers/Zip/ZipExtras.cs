using System.Buffers.Binary;
using System.Text;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>The extra fields of a header that matter here; the rest, and what is malformed, is passed over.</summary>
internal static class ZipExtras
{
    private const ushort Zip64Id = 0x0001;
    private const ushort AesId = 0x9901;
    private const ushort UnicodePathId = 0x7075;

    /// <summary>The data of the field with this id, or empty.</summary>
    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> extras, ushort id)
    {
        while (extras.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extras[2..]);
            if (length > extras.Length - 4)
                return default;

            if (BinaryPrimitives.ReadUInt16LittleEndian(extras) == id)
                return extras.Slice(4, length);

            extras = extras[(4 + length)..];
        }

        return default;
    }

    public static AesExtra? Aes(ReadOnlySpan<byte> extras)
    {
        var field = Find(extras, AesId);
        if (field.Length < 7 || field[2] != 'A' || field[3] != 'E')
            return null;

        var aes = new AesExtra(
            BinaryPrimitives.ReadUInt16LittleEndian(field), field[4], BinaryPrimitives.ReadUInt16LittleEndian(field[5..]));
        return aes is { Version: 1 or 2, Strength: >= 1 and <= 3 } ? aes : null;
    }

    /// <summary>Replaces each value that its 32-bit field gives as 0xFFFFFFFF by its 64-bit one, in the order of the format.</summary>
    /// <returns>False when a value was promised and is not there.</returns>
    public static bool Widen(ReadOnlySpan<byte> extras, ref long size, ref long packedSize, ref long offset)
    {
        var field = Find(extras, Zip64Id);
        return Take(ref size, ref field) && Take(ref packedSize, ref field) && Take(ref offset, ref field);
    }

    /// <summary>Info-ZIP's UTF-8 name, when it belongs to this raw name.</summary>
    public static string? UnicodePath(ReadOnlySpan<byte> extras, ReadOnlySpan<byte> rawName)
    {
        var field = Find(extras, UnicodePathId);
        return field.Length > 5 && field[0] == 1 && BinaryPrimitives.ReadUInt32LittleEndian(field[1..]) == Crc32.Append(0, rawName)
            ? Encoding.UTF8.GetString(field[5..])
            : null;
    }

    private static bool Take(ref long value, ref ReadOnlySpan<byte> field)
    {
        if (value != uint.MaxValue)
            return true;

        if (field.Length < 8)
            return false;

        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
        return value >= 0;
    }
}
