using System.Globalization;
using System.Text;

namespace MiSarTracker.Pdf.Fonts;

/// <summary>Decides which characters may reach a reader as they are.</summary>
internal static class SafeText
{
    /// <summary>A hyphen that appears only where a line breaks.</summary>
    public const char SoftHyphen = '\u00AD';

    /// <summary>
    /// True for characters that could hide or reorder other text: controls, format characters (bidirectional overrides
    /// and isolates, zero-width characters, tags), line and paragraph separators, unassigned and private characters.
    /// </summary>
    public static bool MustBeVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => rune.Value != SoftHyphen,
        // Arabic letter mark aside (format), these few draw nothing though they count as letters or marks.
        _ => rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF),
    };

    /// <summary>
    /// True for a mark above or below a letter that already bears four: stacked without end they would cover other lines.
    /// </summary>
    public static bool StacksTooHigh(string text, int index)
    {
        const int bearable = 4;
        if (CharUnicodeInfo.GetUnicodeCategory(text, index) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            return false;
        for (int i = 1; i <= bearable; i++)
            if (i > index || CharUnicodeInfo.GetUnicodeCategory(text[index - i]) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
                return false;
        return true;
    }

    public static string CodePoint(int value) => "U+" + value.ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>For properties, bookmarks and descriptions, which are drawn by the reader's program: hidden characters become "U+202E".</summary>
    public static string Plain(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out int length) != System.Buffers.OperationStatus.Done)
                safe.Append(CodePoint(text[i]));
            else if (text[i] is '\n' or '\r' or '\t')
                safe.Append(' ');
            else if (MustBeVisible(rune))
                safe.Append(CodePoint(rune.Value));
            else
                safe.Append(rune.ToString());
            i += length;
        }
        return safe.ToString();
    }
}
