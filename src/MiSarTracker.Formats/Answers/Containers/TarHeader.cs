using System.Buffers.Text;
using System.Text;

namespace MiSarTracker.Formats.Answers.Containers;

/// <summary>One block of 512 bytes before an entry of a tar archive (POSIX.1-2017 pax, "ustar Interchange Format"; GNU's additions).</summary>
/// <param name="Kind"><c>0</c> a file, <c>5</c> a folder, <c>1</c> and <c>2</c> links, <c>x</c> and <c>L</c> what describes the next entry.</param>
internal sealed record TarHeader(string Name, long Size, char Kind)
{
    public const int Length = 512;

    /// <summary>Whether a file begins with a tar header: its checksum fits.</summary>
    public static bool IsAt(ReadOnlySpan<byte> head) =>
        head.Length >= Length && head[0] != 0 && Octal(head.Slice(148, 8)) is { } sum && sum == Checksum(head[..Length]);

    /// <summary>The header in a block, or null when it is none.</summary>
    public static TarHeader? Parse(ReadOnlySpan<byte> block)
    {
        if (!IsAt(block) || Number(block.Slice(124, 12)) is not { } size)
            return null;

        var name = Text(block[..100]);
        if (block.Slice(257, 6).SequenceEqual("ustar\0"u8) && Text(block.Slice(345, 155)) is { Length: > 0 } prefix)
            name = $"{prefix}/{name}";

        return new TarHeader(name, size, block[156] == 0 ? '0' : (char)block[156]);
    }

    /// <summary>Up to the first NUL.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>Octal digits, or GNU's binary form for what they cannot hold.</summary>
    private static long? Number(ReadOnlySpan<byte> field)
    {
        if (field[0] != 0x80)
            return Octal(field);

        long value = 0;
        foreach (var part in field[1..])
        {
            if (value > long.MaxValue >> 9)
                return null;

            value = (value << 8) | part;
        }

        return value;
    }

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        var any = false;
        foreach (var digit in field.Trim("\0 "u8))
        {
            if (digit is < (byte)'0' or > (byte)'7' || value > long.MaxValue >> 4)
                return null;

            value = (value << 3) | (uint)(digit - '0');
            any = true;
        }

        return any ? value : null;
    }

    private static long Checksum(ReadOnlySpan<byte> block)
    {
        var sum = 0;
        for (var i = 0; i < Length; i++)
            sum += i is >= 148 and < 156 ? ' ' : block[i];

        return sum;
    }

    /// <summary>The value of a pax record (<c>LENGTH KEY=VALUE\n</c>), or null.</summary>
    public static string? Pax(ReadOnlySpan<byte> records, ReadOnlySpan<byte> key)
    {
        while (Utf8Parser.TryParse(records, out int length, out var digits) && length > digits && length <= records.Length)
        {
            var record = records[(digits + 1)..length].TrimEnd((byte)'\n');
            if (record.Length > key.Length && record.StartsWith(key) && record[key.Length] == '=')
                return Encoding.UTF8.GetString(record[(key.Length + 1)..]);

            records = records[length..];
        }

        return null;
    }
}
