using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace MiSarTracker.Formats.Captures.Json;

/// <summary>The content of JSON strings as bytes, made in place because it never grows.</summary>
internal static class JsonText
{
    /// <summary>
    /// Undoes the escapes; returns the new length. The result is UTF-8, except that a lone <c>\udc80</c>…<c>\udcff</c>
    /// becomes the byte that it stands for: so Python tools write bytes that are no UTF-8. Any other lone surrogate
    /// becomes U+FFFD.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Unescape(Span<byte> text)
    {
        var read = text.IndexOf((byte)'\\');
        if (read < 0)
            return text.Length;
        var written = read;
        while (read < text.Length)
        {
            var plain = text[read..].IndexOf((byte)'\\');
            plain = plain < 0 ? text.Length - read : plain;
            text.Slice(read, plain).CopyTo(text[written..]);
            read += plain;
            written += plain;
            if (read + 1 >= text.Length)
                break;
            if (text[read + 1] == 'u')
            {
                read += Unicode(text, read, ref written);
                continue;
            }

            text[written++] = Short(text[read + 1]);
            read += 2;
        }

        return written;
    }

    /// <summary>
    /// Takes characters for bytes when all of them are at most U+00FF, as a tool means that wrote bytes as Latin-1;
    /// returns the new length, or null when some are above.
    /// </summary>
    public static int? AsLatin1(Span<byte> text)
    {
        if (text.IndexOfAnyInRange((byte)0xC4, (byte)0xFF) >= 0)
            return null;
        var written = 0;
        for (var read = 0; read < text.Length; read++)
        {
            var value = text[read];
            if (value >= 0x80)
            {
                if (value is not (0xC2 or 0xC3) || read + 1 == text.Length || (text[read + 1] & 0xC0) != 0x80)
                    return null;
                value = (byte)((value << 6) | (text[++read] & 0x3F));
            }

            text[written++] = value;
        }

        return written;
    }

    /// <summary>True when <see cref="AsLatin1"/> would change the text; it is then safe to call.</summary>
    public static bool IsLatin1BeyondAscii(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text) || text.IndexOfAnyInRange((byte)0xC4, (byte)0xFF) >= 0)
            return false;
        return System.Text.Unicode.Utf8.IsValid(text);
    }

    private static int Unicode(Span<byte> text, int at, ref int written)
    {
        if (!TryHex(text, at, out var unit))
        {
            text[written++] = text[at];
            return 1;
        }

        if (char.IsHighSurrogate((char)unit) && TryHex(text, at + 6, out var low) && char.IsLowSurrogate((char)low))
        {
            written += new Rune((char)unit, (char)low).EncodeToUtf8(text[written..]);
            return 12;
        }

        if (unit is >= 0xDC80 and <= 0xDCFF)
        {
            text[written++] = (byte)unit;
            return 6;
        }

        written += (char.IsSurrogate((char)unit) ? Rune.ReplacementChar : new Rune((char)unit)).EncodeToUtf8(text[written..]);
        return 6;
    }

    private static bool TryHex(ReadOnlySpan<byte> text, int at, out int unit)
    {
        unit = 0;
        return at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
            && Utf8Parser.TryParse(text.Slice(at + 2, 4), out unit, out var used, 'x') && used == 4;
    }

    private static byte Short(byte escape) => escape switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => escape,
    };
}
