using System.Globalization;
using System.Text;
using MiSarTracker.Formats;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class MailTests
{
    private const string Head = "From: privacy@example.com\r\nTo: me@example.org\r\nSubject: Your request\r\n"
        + "Date: Wed, 01 May 2024 12:00:00 +0200\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n";

    [Fact]
    public void ABodyIsTextAndTheDateIsAStamp()
    {
        var answer = CollectedAnswer.Of(Head + "Content-Type: text/plain; charset=utf-8\r\n\r\nDear Ms Müller,\r\nwe hold nothing.\r\n", "reply.eml");

        Assert.Equal("eml", answer.Summary!.Format);
        Assert.Equal("Dear Ms Müller,\nwe hold nothing.", Assert.Single(answer.Texts).Text);
        var stamp = Assert.Single(answer.Stamps);
        Assert.Equal(Instant.FromUtc(2024, 5, 1, 10, 0), stamp.At);
        Assert.Equal("reply.eml", stamp.Member.Name);
        Assert.Empty(answer.Damages);
    }

    [Fact]
    public void AnAttachedArchiveIsReadThroughWithItsPassword()
    {
        var zip = CollectedAnswer.Sample("3000000001_1714557600000.zip");
        var mail = Multipart("mixed",
            ("Content-Type: text/plain\r\n", "Your data is attached."),
            ("Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"3000000001_1714557600000.zip\"\r\n",
                Convert.ToBase64String(zip, Base64FormattingOptions.InsertLineBreaks)));

        var answer = CollectedAnswer.Of(Encoding.UTF8.GetBytes(mail), "reply.eml", "AbCdEfGh");

        Assert.Empty(answer.Damages);
        Assert.Equal(9, answer.Tables.Count);
        Assert.StartsWith("3000000001_1714557600000.zip!3000000001_1714557600000/", answer.Tables[0].Member.Name, StringComparison.Ordinal);
        Assert.Contains(answer.Stamps, stamp => stamp.Member.Format == "zip");

        var locked = CollectedAnswer.Of(Encoding.UTF8.GetBytes(mail), "reply.eml");
        Assert.Equal("Your data is attached.", Assert.Single(locked.Texts).Text);
        Assert.Equal(["3000000001_1714557600000.zip"], locked.Summary!.Locked);
    }

    [Fact]
    public void OfTwoRenditionsThePlainOneIsTaken()
    {
        var mail = Multipart("alternative", ("Content-Type: text/plain\r\n", "plain words"), ("Content-Type: text/html\r\n", "<p>rich words</p>"));

        var answer = CollectedAnswer.Of(mail, "a.eml");

        Assert.Equal("plain words", Assert.Single(answer.Texts).Text);
        Assert.Single(answer.Members);
    }

    [Fact]
    public void APageIsReadAsAPersonReadsIt()
    {
        const string page = "<html><head><title>t</title><style>p{}</style></head><body><h1>Your&nbsp;data</h1><p>Hello <b>W&ouml;rld</b>,<br>we   hold:</p>"
            + "<table><tr><td>steps</td><td>7724</td></tr></table><script>alert(1)</script></body></html>";
        var mail = CollectedAnswer.Of(Head + "Content-Type: text/html; charset=utf-8\r\n\r\n" + page, "a.eml");
        const string expected = "Your\u00a0data\nHello Wörld,\nwe hold:\nsteps\t7724";

        Assert.Equal(expected, Assert.Single(mail.Texts).Text);
        var file = CollectedAnswer.Of(page, "page.html");
        Assert.Equal("html", file.Summary!.Format);
        Assert.Equal(expected, Assert.Single(file.Texts).Text);
    }

    [Fact]
    public void AMailInsideAMailIsAMemberWithItsParts()
    {
        var inner = Multipart("mixed", ("Content-Type: text/plain\r\n", "inner"),
            ("Content-Type: text/csv\r\nContent-Disposition: attachment; filename=\"SPORT_1714557600000.csv\"\r\n", "a,b\r\n1,2\r\n"));
        var answer = CollectedAnswer.Of(Multipart("mixed", ("Content-Type: text/plain\r\n", "outer"), ("Content-Type: message/rfc822\r\n", inner)), "a.eml");

        Assert.Equal(["outer", "inner"], answer.Texts.Select(text => text.Text));
        Assert.Equal(["a.eml", "message.eml", "message.eml!SPORT_1714557600000.csv"], answer.Members.Select(member => member.Name));
        Assert.Equal(["1", "2"], Assert.Single(answer.Tables).Rows[0].Fields);
    }

    [Fact]
    public void AFileOfMailsGivesEachOfThem()
    {
        var mbox = $"From a@b Wed May  1 10:00:00 2024\r\n{Head}\r\nfirst\r\n\r\nFrom a@b Wed May  1 10:00:00 2024\r\n{Head}\r\nsecond\r\n";

        var answer = CollectedAnswer.Of(mbox, "inbox");

        Assert.Equal("mbox", answer.Summary!.Format);
        Assert.Equal(["first", "second"], answer.Texts.Select(text => text.Text));
        Assert.Equal(["inbox", "message 1", "message 2"], answer.Members.Select(member => member.Name));
    }

    [Theory]
    [InlineData("iso-8859-1", 28591)]
    [InlineData("windows-1252", 1252)]
    [InlineData("gb2312", 936)]
    [InlineData("no-such-charset", 65001)]
    public void ABodyIsReadInItsCharset(string charset, int page)
    {
        var text = charset == "gb2312" ? "小米手环" : "Müller";
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page);
        byte[] mail = [.. Encoding.ASCII.GetBytes(Head + $"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"), .. encoding.GetBytes(text)];

        Assert.Equal(text, Assert.Single(CollectedAnswer.Of(mail, "a.eml").Texts).Text);
    }

    [Fact]
    public void MailsNestedTooDeepAreSaid()
    {
        var mail = Head + "Content-Type: text/plain\r\n\r\ninnermost\r\n";
        for (var i = 0; i < 8; i++)
            mail = Multipart($"mixed; x={i}", ("Content-Type: text/plain\r\n", $"level {i}"), ("Content-Type: message/rfc822\r\n", mail));

        var answer = CollectedAnswer.Of(mail, "a.eml");

        Assert.Equal(5, answer.Texts.Count);
        Assert.Contains("nested", Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ThousandsOfPartsAndOfLevelsEnd()
    {
        var wide = new StringBuilder(Head).Append("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (var i = 0; i < 20_000; i++)
            wide.Append("--b\r\nContent-Type: application/x\r\n\r\nx\r\n");

        var answer = CollectedAnswer.Of(wide.ToString(), "a.eml", Limits.Default with { MaxArchiveEntries = 3_000 });
        Assert.Equal(3_001, answer.Members.Count);
        Assert.NotEmpty(answer.Damages);

        var deep = new StringBuilder(Head);
        for (var i = 0; i < 5_000; i++)
            deep.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");

        CollectedAnswer.Of(deep.Append("Content-Type: text/plain\r\n\r\nhello").ToString(), "a.eml");
    }

    [Theory]
    [InlineData("[1, 2", "data", "json")]
    [InlineData("From: the office\nTo: you\n\nDear you.", "letter.txt", "text")]
    [InlineData("{curly} words", "letter.txt", "text")]
    public void TextsAreToldApartByTheirContent(string content, string name, string format)
    {
        var answer = CollectedAnswer.Of(content, name);

        Assert.Equal(format, answer.Summary!.Format);
        Assert.Equal(content, Assert.Single(answer.Texts).Text);
    }

    [Fact]
    public void WhatIsNotReadYetIsAMemberWithoutDamage()
    {
        var answer = CollectedAnswer.Of(new ZipForge().Add("letter.pdf", "%PDF-1.7\n\u0001\u0002"u8.ToArray()).Add("x.png", [0x89, 0x50, 0, 1, 2, 3, 0]).Bytes(), "a.zip");

        Assert.Equal(["pdf", "binary"], answer.Members.Select(member => member.Format));
        Assert.Empty(answer.Damages);
        Assert.Empty(answer.Texts);
    }

    [Fact]
    public void ATextTooLargeIsSaid()
    {
        var answer = CollectedAnswer.Of("words, words " + new string('x', 5_000), "a.txt", Limits.Default with { MaxTextBytes = 1_000 });

        Assert.Empty(answer.Texts);
        Assert.Contains("1000 bytes", Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void PythonFindsTheSameTextsAndAttachmentsInMailsAndFilesOfMails()
    {
        const string script = """
            import email, email.policy, mailbox, hashlib
            from email.message import EmailMessage
            def mail(i):
                m = EmailMessage()
                m['From'] = 'Büro <a@b.example>'; m['To'] = 'c@d.example'; m['Subject'] = 'Überblick %d' % i
                m['Date'] = 'Wed, 01 May 2024 12:00:0%d +0200' % i; m['Message-ID'] = '<%d@b.example>' % i
                m.set_content('Guten Tag %d,\nFrom here on: äöü.\n' % i)
                m.add_alternative('<p>Guten <b>Tag</b></p>', subtype='html')
                m.add_attachment(('a,b\n%d,2\n' % i).encode(), maintype='text', subtype='csv', filename='täble %d.csv' % i)
                return m
            inner = mail(3)
            outer = mail(1); outer.add_attachment(inner)
            open('one.eml', 'wb').write(bytes(outer))
            box = mailbox.mbox('all.mbox', create=True)
            for i in range(1, 6): box.add(mail(i))
            box.flush()
            def walk(m):
                body = m.get_body(preferencelist=('plain',))
                out = [('text', body.get_content().strip())]
                for part in m.iter_attachments():
                    if part.get_content_type() == 'message/rfc822': out += walk(part.get_content())
                    else: out.append((part.get_filename(), part.get_content() if isinstance(part.get_content(), str) else part.get_content().decode()))
                return out
            for name, messages in (('one', [email.message_from_bytes(open('one.eml', 'rb').read(), policy=email.policy.default)]),
                                   ('all', [email.message_from_bytes(bytes(m), policy=email.policy.default) for m in mailbox.mbox('all.mbox')])):
                open(name + '.txt', 'w', encoding='utf-8').write('\0'.join(k + '\1' + v.replace('\r\n', '\n') for m in messages for k, v in walk(m)))
            """;
        using var peers = new PeerTools();
        peers.RunOrSkip("python3", "-c", script);
        foreach (var (file, second) in new[] { ("one.eml", "one.txt"), ("all.mbox", "all.txt") })
        {
            var expected = Encoding.UTF8.GetString(peers.Read(second)).Split('\0').Select(part => part.Split('\u0001')).ToList();
            var answer = CollectedAnswer.Of(peers.Read(file), file);

            Assert.Empty(answer.Damages);
            Assert.Equal(expected.Where(part => part[0] == "text").Select(part => part[1]).Order(), answer.Texts.Select(text => text.Text).Order());
            Assert.Equal(
                expected.Where(part => part[0] != "text").Select(part => (part[0], part[1].Split('\n')[1])).Order(),
                answer.Tables.Select(table => (table.Member.Name.Split('!')[^1], string.Join(',', table.Rows[0].Fields))).Order());
        }
    }

    private static string Multipart(string subtype, params (string Headers, string Body)[] parts)
    {
        var boundary = "b" + parts.Sum(part => part.Body.Length).ToString(CultureInfo.InvariantCulture);
        var mail = new StringBuilder(Head).Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/{subtype}; boundary={boundary}\r\n\r\n");
        foreach (var (headers, body) in parts)
            mail.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\n{headers}\r\n{body}\r\n");

        return mail.Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n").ToString();
    }
}
