using System.Text;

namespace MiSarTracker.Mail.Trust;

/// <summary>What a server says is shown to people on terminals and pages: one line, of a bounded length, without control characters.</summary>
internal static class ServerText
{
    private const int MaxLength = 500;

    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaxLength) + 1);
        foreach (char c in text)
        {
            if (clean.Length == MaxLength)
                return clean.Append('…').ToString();
            bool blank = char.IsWhiteSpace(c);
            if (blank && (clean.Length == 0 || clean[^1] == ' '))
                continue;
            // Bidirectional overrides and other format characters could make a reply look like something else.
            bool hidden = char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate;
            clean.Append(blank ? ' ' : hidden ? '?' : c);
        }
        return clean.ToString().TrimEnd();
    }
}
