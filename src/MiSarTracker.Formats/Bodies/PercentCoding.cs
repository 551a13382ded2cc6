namespace MiSarTracker.Formats.Bodies;

/// <summary>Undoes form coding on bytes: <c>+</c> is a space, <c>%XX</c> a byte; a percent sign without two digits stays.</summary>
internal static class PercentCoding
{
    /// <summary>Decodes into <paramref name="target"/>, which may be the source itself; the result is never longer. Returns its length.</summary>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var read = 0;
        var written = 0;
        while (read < source.Length)
        {
            var plain = source[read..].IndexOfAny((byte)'%', (byte)'+');
            plain = plain < 0 ? source.Length - read : plain;
            source.Slice(read, plain).CopyTo(target[written..]);
            read += plain;
            written += plain;
            if (read == source.Length)
                break;
            if (source[read] == '%' && read + 2 < source.Length && Nibble(source[read + 1]) is var high and >= 0 && Nibble(source[read + 2]) is var low and >= 0)
            {
                target[written++] = (byte)((high << 4) | low);
                read += 3;
            }
            else
            {
                target[written++] = source[read] == '+' ? (byte)' ' : source[read];
                read++;
            }
        }

        return written;
    }

    private static int Nibble(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
