using MiSarTracker.Formats.Answers.Containers;
using MiSarTracker.Formats.Answers.Documents;
using MiSarTracker.Formats.Answers.Tables;

namespace MiSarTracker.Formats.Answers;

/// <summary>What a member is, by its first bytes. The name decides only between kinds of text that look alike.</summary>
internal static class ContentKind
{
    /// <param name="head">The first bytes, up to 64 KiB.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="broken">True when the bytes broke off: a member of which nothing came is not called empty.</param>
    public static string Of(ReadOnlySpan<byte> head, string name, bool broken)
    {
        if (head.IsEmpty)
            return broken ? "binary" : "empty";

        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
            return "zip";

        if (head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
            return "pdf";

        if (OtherKinds.Of(head, name) is { } kind)
            return kind;

        if (TarHeader.IsAt(head))
            return "tar";

        // A program that unpacks itself, or a file whose beginning is lost: the directory at its end decides.
        if (TextEncoding.Detect(head) is not { } encoding)
            return HasExtension(name, ".zip") ? "zip" : "binary";

        var text = TextEncoding.Decode(head, encoding);
        return text.AsSpan().Trim().Length == 0 ? "empty" : OfText(text, name);
    }

    public static bool IsNamedTable(string name) => HasExtension(name, ".csv") || HasExtension(name, ".tsv");

    private static string OfText(string text, string name)
    {
        var start = text.AsSpan().TrimStart();
        if (start[0] is '{' or '[' && LooksLikeJson(start))
            return "json";
        if (start[0] == '<' && LooksLikeHtml(start))
            return "html";
        if (MailDetection.IsMbox(text))
            return "mbox";
        if (MailDetection.IsMessage(text, certain: !HasExtension(name, ".eml")))
            return "eml";
        return IsNamedTable(name) || TableDetection.IsTable(text) ? "csv" : "text";
    }

    private static bool LooksLikeJson(ReadOnlySpan<char> text)
    {
        var next = text[1..].TrimStart();
        if (next.IsEmpty)
            return false;

        return text[0] == '{' ? next[0] is '"' or '}' : next[0] is '{' or '[' or '"' or ']' or '-' or 't' or 'f' or 'n' || char.IsAsciiDigit(next[0]);
    }

    private static bool LooksLikeHtml(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, 4_096)];
        foreach (var tag in new[] { "<!doctype html", "<html", "<head", "<body", "<table", "<div", "<p>" })
        {
            if (text.Contains(tag, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool HasExtension(string name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
