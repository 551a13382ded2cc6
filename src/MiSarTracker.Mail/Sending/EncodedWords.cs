using System.Globalization;
using System.Text;

namespace MiSarTracker.Mail.Sending;

/// <summary>
/// Header text beyond ASCII (RFC 2047). MimeKit writes encoded-words of up to 124 characters where the standard allows 75, and a
/// strict filter on the way may hold that against a letter; so these few lines are our own.
/// </summary>
internal static class EncodedWords
{
    private const int MaxWord = 75;
    private const int MaxLine = 76;
    private const string Prefix = "=?utf-8?q?";
    private const string Suffix = "?=";

    public static bool Needed(string text) => text.Any(c => c > '\u007e') || text.Contains("=?", StringComparison.Ordinal);

    /// <summary>The text as encoded-words, one to a line, no character cut in two.</summary>
    /// <param name="text">One line of text.</param>
    /// <param name="used">How much of the first line is taken ("Subject: " takes 9).</param>
    public static string Folded(string text, int used)
    {
        bool quoted = Quoted(text).Length <= Base64Length(Encoding.UTF8.GetByteCount(text));
        var words = new List<string>();
        var part = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            int room = Math.Min(MaxWord, MaxLine - (words.Count == 0 ? used : 1)) - Prefix.Length - Suffix.Length;
            string longer = part.ToString() + rune;
            int length = quoted ? Quoted(longer).Length : Base64Length(Encoding.UTF8.GetByteCount(longer));
            if (length > room)
            {
                words.Add(Word(part.ToString(), quoted));
                part.Clear();
            }
            part.Append(rune);
        }
        words.Add(Word(part.ToString(), quoted));
        return string.Join("\r\n ", words);
    }

    private static string Word(string text, bool quoted) => quoted
        ? Prefix + Quoted(text) + Suffix
        : "=?utf-8?b?" + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) + Suffix;

    /// <summary>The Q encoding with the few characters that may stand for themselves in a name too (RFC 2047, 5 (3)).</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/')
                quoted.Append((char)b);
            else if (b == ' ')
                quoted.Append('_');
            else
                quoted.Append(CultureInfo.InvariantCulture, $"={b:X2}");
        }
        return quoted.ToString();
    }

    private static int Base64Length(int bytes) => (bytes + 2) / 3 * 4;
}
