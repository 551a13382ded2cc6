using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Utils;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;

namespace MiSarTracker.Mail.Sending;

/// <summary>
/// Makes the bytes of a letter, once. The same letter gives the same bytes: nothing in them is random, and nothing in them tells
/// which program or which machine wrote it (no User-Agent, no X-Mailer, no boundary with a time in it).
/// </summary>
public static class LetterComposer
{
    private const int MaxTextLength = 2_000_000;

    /// <exception cref="BadInput">A text holds a NUL or half a surrogate pair, is too long, or an identifier is none.</exception>
    public static PreparedMail Compose(LetterMail letter)
    {
        using MimeMessage message = Message(letter);
        using var bytes = new MemoryStream();
        message.Prepare(EncodingConstraint.SevenBit);
        message.WriteTo(WireFormat(), bytes);
        return PreparedMail.Fix(letter.MessageId, letter.EnvelopeId, letter.From, letter.To, bytes.ToArray());
    }

    private static FormatOptions WireFormat()
    {
        FormatOptions format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        format.International = false;
        return format;
    }

    private static MimeMessage Message(LetterMail letter)
    {
        var message = new MimeMessage();
        message.Headers.Clear();
        message.Date = letter.Date.ToDateTimeOffset();
        message.Headers.Add(Mailbox("From", letter.FromName, letter.From));
        message.Headers.Add(Mailbox("To", letter.ToName, letter.To));
        message.Headers.Add(Subject(letter.Subject.Value));
        message.MessageId = RequireId(letter.MessageId);
        if (letter.InReplyTo is { } answered)
            message.InReplyTo = RequireId(answered);
        foreach (string reference in letter.References)
            message.References.Add(RequireId(reference));
        message.MimeVersion = new Version(1, 0);
        message.Body = Body(letter);
        return message;
    }

    private static MimeEntity Body(LetterMail letter)
    {
        MimeEntity text = Text("plain", letter.Text, "letter text");
        if (letter.Html is { } html)
            text = Parts("alternative", letter.MessageId, [text, Text("html", html, "letter HTML")]);
        return letter.Attachments.Count == 0
            ? text
            : Parts("mixed", letter.MessageId, [text, .. letter.Attachments.Select(Attachment)]);
    }

    private static Multipart Parts(string subtype, string messageId, IEnumerable<MimeEntity> parts)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(subtype + "\n" + messageId));
        // "=_" cannot occur in quoted-printable or base64, so no body can hold its own boundary (RFC 2045, 6.7).
        var multipart = new Multipart(subtype) { Boundary = "=_" + Convert.ToHexStringLower(hash.AsSpan(0, 16)) };
        foreach (MimeEntity part in parts)
            multipart.Add(part);
        return multipart;
    }

    private static TextPart Text(string subtype, string text, string source)
    {
        if (text.Length > MaxTextLength)
            throw new BadInput(source, null, string.Create(CultureInfo.InvariantCulture, $"has {text.Length} characters; there may be {MaxTextLength}"));
        int nul = text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
            throw new BadInput(source, string.Create(CultureInfo.InvariantCulture, $"character {nul + 1}"), "is a NUL");
        byte[] utf8 = Utf8(text, source);
        int beyondAscii = utf8.Count(b => b >= 0x80);
        var part = new TextPart(subtype)
        {
            // Encoded even where it is plain ASCII: nothing on the way then has a reason to touch a long line, a blank at a line's end
            // or a line that begins with a dot or "From".
            Content = new MimeContent(new MemoryStream(utf8)),
            ContentTransferEncoding = beyondAscii * 6 > utf8.Length ? ContentEncoding.Base64 : ContentEncoding.QuotedPrintable,
        };
        part.ContentType.Charset = "utf-8";
        return part;
    }

    private static byte[] Utf8(string text, string source)
    {
        string lines = text.ReplaceLineEndings("\r\n");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(lines.EndsWith('\n') ? lines : lines + "\r\n");
        }
        catch (EncoderFallbackException e)
        {
            throw new BadInput(source, string.Create(CultureInfo.InvariantCulture, $"character {e.Index + 1}"), "is half a surrogate pair", inner: e);
        }
    }

    private static MimePart Attachment(LetterAttachment attachment) => new(RequireMediaType(attachment.MediaType))
    {
        Content = new MimeContent(new MemoryStream(attachment.Content.ToArray())),
        ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
        ContentTransferEncoding = ContentEncoding.Base64,
        FileName = attachment.FileName.Value.Replace('/', '_').Replace('\\', '_'),
    };

    private static Header Subject(string subject)
    {
        var header = new Header(Encoding.UTF8, "Subject", subject);
        if (EncodedWords.Needed(subject))
            header.SetRawValue(Encoding.ASCII.GetBytes($" {EncodedWords.Folded(subject, "Subject: ".Length)}\r\n"));
        return header;
    }

    private static Header Mailbox(string field, HeaderText? name, EmailAddress address)
    {
        var mailbox = new MailboxAddress(Encoding.UTF8, name?.Value ?? "", address.ToString());
        var header = new Header(Encoding.UTF8, field, mailbox.ToString());
        if (name is not null && EncodedWords.Needed(name.Value))
            header.SetRawValue(Encoding.ASCII.GetBytes($" {EncodedWords.Folded(name.Value, field.Length + 2)}\r\n <{address}>\r\n"));
        return header;
    }

    private static string RequireId(string id) =>
        !MimeUtils.EnumerateReferences($"<{id}>").SequenceEqual([id]) || id.Any(c => c is <= ' ' or >= '\u007f')
            ? throw new BadInput("Message-ID", null, "is no Message-ID (something@domain, printable ASCII without blanks)")
            : id;

    private static ContentType RequireMediaType(string mediaType) =>
        ContentType.TryParse(mediaType, out ContentType? type) && type.MimeType == mediaType && type.Parameters.Count == 0
            ? type
            : throw new BadInput("attachment", null, "has no media type such as application/pdf");
}
