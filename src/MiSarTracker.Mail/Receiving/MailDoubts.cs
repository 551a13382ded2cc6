using System.Globalization;
using System.Text;
using MimeKit;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Receiving;

/// <summary>
/// Where a mail can be read in more than one way, and the library chose one silently: another program may show something else. Nothing
/// is repaired here and nothing refused; it is said.
/// </summary>
internal static class MailDoubts
{
    private const int Most = 20;
    private const int Deepest = 50;
    private const int MostSiblings = 1_000;

    private static readonly HeaderId[] Once =
    [
        HeaderId.From, HeaderId.Sender, HeaderId.ReplyTo, HeaderId.To, HeaderId.Cc, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.InReplyTo, HeaderId.References,
        HeaderId.MimeVersion, HeaderId.ContentType, HeaderId.ContentTransferEncoding, HeaderId.ContentDisposition,
    ];

    /// <summary>Sentences, each once; empty for a sound mail.</summary>
    /// <param name="raw">The bytes as received.</param>
    /// <param name="message">What the library made of them.</param>
    public static IReadOnlyList<string> Of(byte[] raw, MimeMessage message) =>
        [.. OfHead(raw, message).Concat(OfParts(raw, message)).Select(doubt => ServerText.Clean(doubt)).Distinct(StringComparer.Ordinal).Take(Most)];

    private static IEnumerable<string> OfHead(byte[] raw, MimeMessage message)
    {
        if (Array.IndexOf(raw, (byte)0) >= 0)
            yield return "It holds NUL bytes, where programs may stop reading.";
        if (HasBareReturn(raw))
            yield return "It holds carriage returns without a line feed; programs disagree whether a line ends there.";
        foreach (string doubt in OfHeadLines(raw))
            yield return doubt;
        foreach (string doubt in Repeated(message.Headers, "The mail"))
            yield return doubt;
        if (!message.Headers.Contains(HeaderId.From))
            yield return "It has no From.";
        else if (message.From.Mailboxes.Skip(1).Any())
            yield return "Its From names several senders.";
        else if (message.From.Mailboxes.FirstOrDefault() is { Name: { } name } shown && name.Contains('@', StringComparison.Ordinal) && !name.Contains(shown.Address, StringComparison.OrdinalIgnoreCase))
            yield return $"The name of its sender looks like another address ({name}); it comes from {shown.Address}.";
        if (message.Headers[HeaderId.Date] is not { } date)
            yield return "It has no Date.";
        else if (!MimeKit.Utils.DateUtils.TryParse(date, out _))
            yield return $"Its Date cannot be read: {date}";
    }

    private static IEnumerable<string> OfHeadLines(byte[] raw)
    {
        bool first = true;
        for (int at = 0; at < raw.Length; first = false)
        {
            int end = Array.IndexOf(raw, (byte)'\n', at);
            byte[] line = raw[at..(end < 0 ? raw.Length : end)];
            at = end < 0 ? raw.Length : end + 1;
            if (line.AsSpan().TrimEnd((byte)'\r').Length == 0)
                yield break;
            bool folded = line[0] is (byte)' ' or (byte)'\t';
            if (first && folded)
                yield return "Its first line continues a header that is not there.";
            else if (!folded && !(first && line.AsSpan().StartsWith("From "u8)) && !IsHeader(line))
            {
                yield return "A line that is no header stands among its headers; programs disagree where its text begins.";
                yield break;
            }

            if (line.Length > 998)
                yield return "A header line is longer than the 998 characters that mail allows.";
            if (line.Any(b => b >= 0x80) && !IsUtf8(line))
                yield return "A header holds bytes in an encoding that it does not name.";
        }

        yield return "No blank line parts its headers from its text.";
    }

    private static IEnumerable<string> OfParts(byte[] raw, MimeMessage message)
    {
        string text = Encoding.Latin1.GetString(raw);
        var boundaries = new List<string>();
        var waiting = new Stack<(MimeEntity Part, int Depth)>();
        if (message.Body is not null)
            waiting.Push((message.Body, 0));
        for (int count = 0; waiting.TryPop(out var next) && count < 20 * MostSiblings; count++)
        {
            if (next.Depth > Deepest)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"Its parts are nested more than {Deepest} deep; the deeper ones were not read.");
                continue;
            }

            IEnumerable<string> found = next.Part is Multipart several ? OfMultipart(several, text, boundaries) : OfLeaf(next.Part, text);
            foreach (string doubt in found.Concat(Repeated(next.Part == message.Body ? [] : next.Part.Headers, "A part")))
                yield return doubt;
            foreach (MimeEntity child in next.Part is Multipart container ? container.Take(MostSiblings) : [])
                waiting.Push((child, next.Depth + 1));
        }
    }

    private static IEnumerable<string> OfMultipart(Multipart several, string text, List<string> boundaries)
    {
        if (several.Count > MostSiblings)
            yield return string.Create(CultureInfo.InvariantCulture, $"It has {several.Count} parts beside each other.");
        if (several.ContentTransferEncodingText() is { } encoding and not ("7bit" or "8bit" or "binary"))
            yield return $"A container of parts claims to be encoded as {encoding}, which none may be.";
        if (several.ContentType.Parameters.Count(one => one.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase)) > 1)
            yield return "A container of parts names two boundaries.";
        if (several.Boundary is not { Length: > 0 } boundary || !several.Headers.Any(header => header.Id == HeaderId.ContentType && header.Value.Contains("boundary", StringComparison.OrdinalIgnoreCase)))
        {
            yield return "A container of parts names no boundary.";
            yield break;
        }

        if (boundaries.Exists(known => known == boundary))
            yield return "Two containers of parts have the same boundary; programs disagree which part stands in which.";
        else if (boundaries.Exists(known => known.StartsWith(boundary, StringComparison.Ordinal) || boundary.StartsWith(known, StringComparison.Ordinal)))
            yield return "One boundary begins like another; programs disagree where a part ends.";
        boundaries.Add(boundary);
        if (!HasLine(text, "--" + boundary))
            yield return "A boundary that is named never comes.";
        else if (!HasLine(text, $"--{boundary}--"))
            yield return "The last boundary is missing: the mail may be cut off.";
    }

    private static IEnumerable<string> OfLeaf(MimeEntity part, string text)
    {
        if (part.ContentType.IsMimeType("message", "partial") || part.ContentType.IsMimeType("message", "external-body"))
            yield return $"A part is {part.ContentType.MimeType}: its content stands elsewhere.";
        if (part.ContentType.MediaType.Equals("multipart", StringComparison.OrdinalIgnoreCase))
            yield return "A container of parts could not be read as one.";
        string? disposition = part.ContentDisposition?.FileName, type = part.ContentType.Name;
        if (disposition is not null && type is not null && disposition != type)
            yield return $"A file has two names: {disposition} and {type}.";
        if (part is not MimePart { Content: { } content } leaf)
            yield break;
        string? encoding = leaf.ContentTransferEncodingText();
        if (encoding is not null and not ("7bit" or "8bit" or "binary" or "base64" or "quoted-printable" or "x-uuencode" or "uuencode"))
            yield return $"A part claims an encoding that nobody knows: {encoding}.";
        using var bytes = new MemoryStream();
        content.WriteTo(bytes);
        ReadOnlySpan<byte> encoded = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        List<string> doubts = [];
        if (encoding == "base64" && Base64Fault(encoded) is { } fault)
            doubts.Add(fault);
        else if (encoding is null or "7bit" && encoded.ContainsAnyExceptInRange((byte)0, (byte)0x7F))
            doubts.Add("A part says that it is plain ASCII and holds other bytes.");
        else if (encoding == "quoted-printable" && HasBadQuoting(encoded))
            doubts.Add("A part's quoted-printable encoding is broken; programs disagree what it says.");
        if (leaf is TextPart words && CharsetFault(words) is { } charset)
            doubts.Add(charset);
        foreach (string doubt in doubts)
            yield return doubt;
    }

    private static IEnumerable<string> Repeated(IEnumerable<Header> headers, string whose) => headers
        .GroupBy(header => header.Id).Where(group => Once.Contains(group.Key) && group.Count() > 1)
        .Select(group => $"{whose} has {group.Count().ToString(CultureInfo.InvariantCulture)} headers {group.First().Field}; programs disagree which counts.");

    private static string? ContentTransferEncodingText(this MimeEntity part) => part.Headers[HeaderId.ContentTransferEncoding]?.Split('(', ';')[0].Trim().ToLowerInvariant();

    private static string? Base64Fault(ReadOnlySpan<byte> encoded)
    {
        int letters = 0, padding = 0;
        foreach (byte b in encoded)
        {
            if (b is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t')
                continue;
            if (b == '=')
                padding++;
            else if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'+' or (byte)'/'))
                return "A part says that it is base64 and holds other characters; programs disagree what it says.";
            else if (padding > 0)
                return "A part's base64 goes on behind its end; programs disagree what it says.";
            else
                letters++;
        }

        return (letters + padding) % 4 != 0 || padding > 2 ? "A part's base64 is cut off." : null;
    }

    private static bool HasBadQuoting(ReadOnlySpan<byte> encoded)
    {
        for (int at = encoded.IndexOf((byte)'='); at >= 0;)
        {
            ReadOnlySpan<byte> after = encoded[(at + 1)..];
            ReadOnlySpan<byte> soft = after.TrimStart((byte)' ').TrimStart((byte)'\t');
            bool isSoft = soft.Length == 0 || soft[0] is (byte)'\r' or (byte)'\n';
            bool isHex = after.Length >= 2 && char.IsAsciiHexDigit((char)after[0]) && char.IsAsciiHexDigit((char)after[1]);
            if (!isSoft && !isHex)
                return true;
            int next = after.IndexOf((byte)'=');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return encoded.ContainsAnyExceptInRange((byte)0, (byte)0x7F);
    }

    private static string? CharsetFault(TextPart part)
    {
        string? charset = part.ContentType.Charset;
        if (charset is null)
            return null;
        using var decoded = new MemoryStream();
        part.Content?.DecodeTo(decoded);
        ReadOnlySpan<byte> bytes = decoded.GetBuffer().AsSpan(0, (int)decoded.Length);
        if (!bytes.ContainsAnyExceptInRange((byte)0, (byte)0x7F))
            return null;
        if (charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
            return "A text says that it is ASCII and holds other bytes.";
        if (charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !System.Text.Unicode.Utf8.IsValid(bytes))
            return "A text says that it is UTF-8 and is not.";
        try
        {
            _ = Encoding.GetEncoding(charset);
            return null;
        }
        catch (ArgumentException)
        {
            return $"A text names an encoding that nobody knows: {charset}.";
        }
    }

    private static bool HasLine(string text, string line)
    {
        for (int at = text.IndexOf(line, StringComparison.Ordinal); at >= 0; at = text.IndexOf(line, at + 1, StringComparison.Ordinal))
        {
            int end = at + line.Length;
            if ((at == 0 || text[at - 1] == '\n') && (end == text.Length || text[end] is '\r' or '\n' or ' ' or '\t'))
                return true;
        }

        return false;
    }

    private static bool IsHeader(ReadOnlySpan<byte> line) => line.IndexOf((byte)':') is > 0 and var colon && !line[..colon].TrimEnd((byte)' ').ContainsAny((byte)' ', (byte)'\t', (byte)0);

    private static bool IsUtf8(ReadOnlySpan<byte> line) => System.Text.Unicode.Utf8.IsValid(line);

    private static bool HasBareReturn(byte[] raw)
    {
        for (int at = Array.IndexOf(raw, (byte)'\r'); at >= 0; at = Array.IndexOf(raw, (byte)'\r', at + 1))
        {
            if (at + 1 < raw.Length && raw[at + 1] != '\n')
                return true;
        }

        return false;
    }
}
