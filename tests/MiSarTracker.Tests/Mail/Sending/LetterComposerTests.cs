using System.Text;
using MimeKit;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Sending;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Mail.Sending;

public sealed class LetterComposerTests
{
    private static readonly LetterAttachment Pdf = new(SingleLine.Parse("letter – Zoë.pdf", "file"), "application/pdf", Enumerable.Range(0, 300).Select(i => (byte)i).ToArray());

    [Fact]
    public void ALetterHasExactlyTheseBytes()
    {
        PreparedMail mail = LetterComposer.Compose(Letters.Access);
        const string expected = """
            Date: Sun, 22 Nov 2026 10:00:00 +0100
            From: =?utf-8?b?Wm/DqyBNw7xsbGVy?=
             <alice@client.test>
            To: privacy@vendor.test
            Subject: =?utf-8?q?Access_request_under_Article_15_GDPR_=E2=80=93_SAR-2026?=
             =?utf-8?q?-0001?=
            Message-Id: <0123456789abcdef0123456789abcdef@client.test>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Dear Sir or Madam,

            .this line begins with a dot
            ..and this with two
            From here on: a line with blanks at its end  =20
            .
            Zo=C3=AB

            """;
        Assert.Equal(expected.ReplaceLineEndings("\r\n"), Text(mail));
    }

    [Fact]
    public void TheSameLetterHasTheSameBytesAndAnotherMessageIdOtherBoundaries()
    {
        LetterMail rich = Letters.Access with { Html = "<p>Zoë</p>", Attachments = [Pdf] };
        PreparedMail first = LetterComposer.Compose(rich);
        PreparedMail second = LetterComposer.Compose(rich);
        Assert.Equal(first.Sha256, second.Sha256);
        Assert.NotEqual(Boundaries(first), Boundaries(LetterComposer.Compose(rich with { MessageId = "other@client.test" })));
    }

    [Fact]
    public void NothingTellsWhichProgramOrMachineWroteIt()
    {
        string text = Text(LetterComposer.Compose(Letters.Access with { Html = "<p>x</p>", Attachments = [Pdf] }));
        string[] headers = [.. text.Split("\r\n").Where(line => line.Contains(": ", StringComparison.Ordinal) && !line.StartsWith(' ')).Select(line => line.Split(':')[0]).Distinct()];
        Assert.Equal(
            ["Content-Disposition", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "From here on", "MIME-Version", "Message-Id", "Subject", "To"],
            headers.Order(StringComparer.Ordinal));
        foreach (string telling in new[] { Environment.MachineName, "MimeKit", "misar" })
            Assert.DoesNotMatch($"(?i)\\b{System.Text.RegularExpressions.Regex.Escape(telling)}\\b", text);
    }

    [Fact]
    public void TextHtmlAndAttachmentComeBackAsTheyWentIn()
    {
        LetterMail letter = Letters.Access with
        {
            Text = "Ärger mit Ω und 文 und 😀\nzweite Zeile",
            Html = "<p>Ärger – 文</p>",
            Attachments = [Pdf],
            ToName = SingleLine.Parse("Data Protection Officer, Xiaomi", "name"),
            InReplyTo = "a.b@vendor.test",
            References = ["x@y", "a.b@vendor.test"],
        };
        using MimeMessage parsed = Parse(LetterComposer.Compose(letter));

        Assert.Equal("Ärger mit Ω und 文 und 😀\nzweite Zeile\n", parsed.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal("<p>Ärger – 文</p>\n", parsed.HtmlBody!.ReplaceLineEndings("\n"));
        Assert.Equal(letter.Subject.Value, parsed.Subject);
        Assert.Equal(("Zoë Müller", "alice@client.test"), (parsed.From.Mailboxes.Single().Name, parsed.From.Mailboxes.Single().Address));
        Assert.Equal(("Data Protection Officer, Xiaomi", "privacy@vendor.test"), (parsed.To.Mailboxes.Single().Name, parsed.To.Mailboxes.Single().Address));
        Assert.Equal(letter.Date.ToDateTimeOffset(), parsed.Date);
        Assert.Equal(letter.Date.Offset, Offset.FromTimeSpan(parsed.Date.Offset));
        Assert.Equal((letter.MessageId, letter.InReplyTo), (parsed.MessageId, parsed.InReplyTo));
        Assert.Equal(letter.References, parsed.References);
        var attachment = Assert.IsType<MimePart>(Assert.Single(parsed.Attachments));
        Assert.Equal("letter – Zoë.pdf", attachment.FileName);
        using var content = new MemoryStream();
        attachment.Content!.DecodeTo(content, TestContext.Current.CancellationToken);
        Assert.Equal(Pdf.Content.ToArray(), content.ToArray());
    }

    [Fact]
    public void ABodyThatQuotesItsOwnBoundaryStaysOneBody()
    {
        LetterMail rich = Letters.Access with { Html = "<p>x</p>" };
        string boundary = Boundaries(LetterComposer.Compose(rich))[0];
        using MimeMessage parsed = Parse(LetterComposer.Compose(rich with { Text = $"a\n--{boundary}\nContent-Type: text/html\n\nplanted\n--{boundary}--\n" }));
        Assert.Contains("planted", parsed.TextBody, StringComparison.Ordinal);
        Assert.Equal("<p>x</p>", parsed.HtmlBody!.TrimEnd());
    }

    [Fact]
    public void EveryLineFitsAndEveryByteIsSevenBit()
    {
        string longLine = string.Concat(Enumerable.Repeat("wort Ä ", 5000));
        byte[] bytes = LetterComposer.Compose(Letters.Access with { Text = longLine, Html = longLine, Subject = SingleLine.Parse(new string('ü', 400), "subject"), FromName = SingleLine.Parse(new string('文', 100), "name"), Attachments = [Pdf with { FileName = SingleLine.Parse(new string('ж', 200) + ".pdf", "file") }] }).Bytes.ToArray();
        Assert.DoesNotContain(bytes, b => b >= 0x80);
        Assert.All(Encoding.ASCII.GetString(bytes).Split("\r\n"), line => Assert.True(line.Length <= 78, line));
    }

    /// <summary>Whatever stands in a name, a subject, an address or an identifier: no further header, no further recipient.</summary>
    [Theory]
    [InlineData("\r\nBcc: eve@evil.test")]
    [InlineData("\nBcc: eve@evil.test")]
    [InlineData("\rBcc: eve@evil.test")]
    [InlineData("\0Bcc: eve@evil.test")]
    [InlineData("\u2028Bcc: eve@evil.test")]
    [InlineData("\u0085Bcc: eve@evil.test")]
    [InlineData(", eve@evil.test")]
    [InlineData("> <eve@evil.test")]
    [InlineData("\" <eve@evil.test>, \"")]
    [InlineData("=?utf-8?q?=0D=0ABcc:_eve=40evil.test?=")]
    [InlineData("; Bcc: eve@evil.test")]
    [InlineData("(comment) eve@evil.test")]
    [InlineData("\\\r\n eve@evil.test")]
    public void NothingInAFieldCanAddARecipientOrAHeader(string planted)
    {
        string[] values = [planted, "x" + planted, planted + "x", new string('a', 300) + planted];
        foreach (string value in values)
        {
            foreach (Func<LetterMail> make in Makers(value))
            {
                PreparedMail mail;
                try
                {
                    mail = LetterComposer.Compose(make());
                }
                catch (BadInput)
                {
                    continue;
                }
                using MimeMessage parsed = Parse(mail);
                Assert.Equal(["privacy@vendor.test"], parsed.GetRecipients(false).Select(m => m.Address));
                Assert.Equal(["alice@client.test"], parsed.From.Mailboxes.Select(m => m.Address));
                Assert.Equal(("alice@client.test", "privacy@vendor.test"), (mail.EnvelopeFrom.ToString(), mail.EnvelopeTo.ToString()));
                Assert.DoesNotContain(parsed.Headers, h => h.Field.Equals("Bcc", StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    [Fact]
    public void TextThatNoMailCanCarryIsRefusedWithItsPlace()
    {
        foreach ((string text, string place) in new[] { ("a\0b", "character 2"), ("half \ud83d pair", "character 6") })
        {
            BadInput failure = Assert.Throws<BadInput>(() => LetterComposer.Compose(Letters.Access with { Text = text }));
            Assert.Equal(place, failure.Where);
            failure = Assert.Throws<BadInput>(() => SingleLine.Parse(text, "subject"));
            Assert.Equal(place, failure.Where);
        }
    }

    /// <summary>RFC 2047: no encoded-word over 75 characters, no line with one over 76, no character cut in two.</summary>
    [Theory]
    [InlineData("ü")]
    [InlineData("ü ")]
    [InlineData("文")]
    [InlineData("Ж Ω")]
    [InlineData("😀")]
    [InlineData("plain words – ")]
    public void EncodedWordsKeepToTheStandardAndComeBackWhole(string piece)
    {
        for (int times = 1; times <= 400 / piece.Length; times += 7)
        {
            string value = string.Concat(Enumerable.Repeat(piece, times)).Trim();
            PreparedMail mail = LetterComposer.Compose(Letters.Access with { Subject = SingleLine.Parse(value, "s"), ToName = SingleLine.Parse(value, "n") });
            string head = Text(mail).Split("\r\n\r\n")[0];
            Assert.All(head.Split("\r\n"), line => Assert.True(line.Length <= 76, line));
            foreach (System.Text.RegularExpressions.Match word in System.Text.RegularExpressions.Regex.Matches(head, @"=\?utf-8\?b\?([^?]*)\?="))
                new UTF8Encoding(false, true).GetString(Convert.FromBase64String(word.Groups[1].Value));
            using MimeMessage parsed = Parse(mail);
            Assert.Equal((value, value), (parsed.Subject, parsed.To.Mailboxes.Single().Name));
        }
    }

    private static IEnumerable<Func<LetterMail>> Makers(string value)
    {
        yield return () => Letters.Access with { Subject = SingleLine.Parse(value, "subject") };
        yield return () => Letters.Access with { FromName = SingleLine.Parse(value, "name") };
        yield return () => Letters.Access with { ToName = SingleLine.Parse(value, "name") };
        yield return () => Letters.Access with { Attachments = [Pdf with { FileName = SingleLine.Parse(value, "file") }] };
        yield return () => Letters.Access with { Attachments = [Pdf with { MediaType = value }] };
        yield return () => Letters.Access with { InReplyTo = value };
        yield return () => Letters.Access with { References = [value] };
        yield return () => Letters.Access with { Text = value, Html = value };
    }

    private static string Text(PreparedMail mail) => Encoding.ASCII.GetString(mail.Bytes.Span);

    private static string[] Boundaries(PreparedMail mail) =>
        [.. Text(mail).Split('"').Where(part => part.StartsWith("=_", StringComparison.Ordinal))];

    private static MimeMessage Parse(PreparedMail mail) => MimeMessage.Load(new MemoryStream(mail.Bytes.ToArray()), TestContext.Current.CancellationToken);
}
