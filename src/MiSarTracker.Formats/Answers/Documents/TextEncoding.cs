using System.Text;
using System.Text.Unicode;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>How text of unknown origin is encoded: by its mark, else UTF-8, else GB18030 or Windows-1252 by the look of its bytes.</summary>
internal static class TextEncoding
{
    /// <summary>GB18030 contains GBK and GB 2312, in which Xiaomi's exports occasionally come.</summary>
    public static Encoding Chinese { get; } = CodePagesEncodingProvider.Instance.GetEncoding(54936)!;

    public static Encoding Western { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static Encoding Utf16BigEndian { get; } = new UnicodeEncoding(bigEndian: true, byteOrderMark: true);

    /// <summary>The encoding of a text that begins so, or null when it is no text.</summary>
    public static Encoding? Detect(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return Encoding.UTF8;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Utf16BigEndian;
        if (WithoutMark(head) is { } wide)
            return wide;

        return ControlCharacters(head) * 20 > head.Length ? null : IsUtf8(head) ? Encoding.UTF8 : OfLegacyBytes(head);
    }

    /// <summary>The text without its byte order mark.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var mark = encoding.Preamble;
        return encoding.GetString(mark.Length > 0 && bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes);
    }

    /// <summary>
    /// GB18030 when every byte beyond ASCII belongs to a pair of GB 2312, else Windows-1252. In western text accented
    /// letters stand alone among ASCII, which makes no pair.
    /// </summary>
    public static Encoding OfLegacyBytes(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
                continue;

            var cutAtTheEnd = i + 1 == bytes.Length && i > 0;
            if (!cutAtTheEnd && (bytes[i] is < 0xA1 or > 0xF7 || bytes[i + 1 == bytes.Length ? i : i + 1] < 0xA1))
                return Western;

            i++;
        }

        return Chinese;
    }

    /// <summary>Valid UTF-8, but for a character cut at the very end.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut <= Math.Min(3, bytes.Length); cut++)
        {
            if (Utf8.IsValid(bytes[..^cut]))
                return true;
        }

        return false;
    }

    /// <summary>UTF-16 without a mark: every second byte of ASCII text is zero.</summary>
    private static Encoding? WithoutMark(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length & ~1, 512)];
        if (head.Length < 4)
            return null;

        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        var most = head.Length / 2 * 9 / 10;
        return odd >= most && even == 0 ? Encoding.Unicode : even >= most && odd == 0 ? Utf16BigEndian : null;
    }

    private static int ControlCharacters(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var value in bytes)
            count += value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C or 0x1B) ? 1 : 0;

        return count;
    }
}
