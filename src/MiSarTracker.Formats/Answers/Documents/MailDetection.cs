namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>Which text is a mail, or a file of mails.</summary>
internal static class MailDetection
{
    private static readonly string[] Transport =
        ["received", "message-id", "mime-version", "return-path", "delivered-to", "dkim-signature", "content-type", "x-mailer"];

    private static readonly string[] Usual = ["from", "to", "date", "subject", "cc", "reply-to"];

    /// <summary>A file of mails begins with a line "From " that is no header.</summary>
    public static bool IsMbox(string text)
    {
        if (!text.StartsWith("From ", StringComparison.Ordinal))
            return false;

        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end > 0 && IsMessage(text[(end + 1)..], certain: false);
    }

    /// <param name="text">The beginning of a file.</param>
    /// <param name="certain">
    /// True to ask for a header that only a mail has: a letter saved as text may begin with From and To as well.
    /// </param>
    public static bool IsMessage(string text, bool certain)
    {
        var (transport, usual) = (0, 0);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
                break;

            if (line[0] is ' ' or '\t')
                continue;

            var colon = line.IndexOf(':');
            if (colon <= 0 || line[..colon].ContainsAny(" \t,;\""))
                return false;

            var name = line[..colon].ToString();
            transport += Transport.Contains(name, StringComparer.OrdinalIgnoreCase) ? 1 : 0;
            usual += Usual.Contains(name, StringComparer.OrdinalIgnoreCase) ? 1 : 0;
        }

        return certain ? transport > 0 && usual > 0 : transport + usual > 1;
    }
}
