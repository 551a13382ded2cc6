using System.Text;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Mail.Receiving;
using Xunit;

namespace MiSarTracker.Tests.Mail.Receiving;

public sealed class MailReaderTests
{
    private const string Sound = """
        From: Privacy <privacy@vendor.test>
        To: alice@client.test
        Subject: =?utf-8?q?Auskunft_=E2=80=93_SAR-2026-0001?=
        Date: Sun, 22 Nov 2026 10:00:00 +0100
        Message-ID: <a@vendor.test>
        In-Reply-To: <m1@client.test>
        References: <m0@client.test>
         <m1@client.test>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: multipart/alternative; boundary=c

        --c
        Content-Type: text/plain; charset=utf-8

        Fetch it: https://vendor.test/download/1.
        --c
        Content-Type: text/html; charset=utf-8

        <p>Fetch <a href="https://vendor.test/other">it</a></p>
        --c--
        --b
        Content-Type: application/zip; name="data.zip"
        Content-Disposition: attachment; filename="data.zip"
        Content-Transfer-Encoding: base64

        UEsDBA==
        --b--
        """;

    [Fact]
    public void ASoundMailIsReadAndLeavesNoDoubt()
    {
        ReadMail mail = Read(Sound);
        Assert.Empty(mail.Doubts);
        Assert.Equal(["privacy@vendor.test"], mail.Facts.Senders);
        Assert.Equal("Auskunft – SAR-2026-0001", mail.Facts.Subject);
        Assert.Equal(["m1@client.test", "m0@client.test"], mail.Facts.Answers);
        Assert.Equal(new MailAttachment("data.zip", "application/zip", 4), Assert.Single(mail.Attachments));
        Assert.Equal(["https://vendor.test/download/1"], mail.Links);
        Assert.Null(mail.Facts.Report);
    }

    [Fact]
    public void ASecondDeliveryIsTheSameMailAndAnotherBodyIsNot()
    {
        string again = "Return-Path: <x@y>\r\nDelivered-To: alice@client.test\r\nReceived: from a\r\n\tby b; Sun\r\nX-Spam: no\r\nDKIM-Signature: v=1;\r\n b=abc\r\n" + Sound;
        Assert.Equal(Read(Sound).Content, Read(again).Content);
        Assert.NotEqual(Read(Sound).Content, Read(Sound.Replace("Fetch it:", "Fetch it now:", StringComparison.Ordinal)).Content);
        Assert.NotEqual(Read(Sound).Content, Read(Sound.Replace("<a@vendor.test>", "<b@vendor.test>", StringComparison.Ordinal)).Content);
    }

    [Fact]
    public void AReportIsReadWithItsEnvelopeIdItsActionAndTheHeadersThatItReturns()
    {
        MailReport report = Read(Report("failed", "5.1.1")).Facts.Report!;
        Assert.Equal((DeliveryAction.Failed, "SAR-2026-0001.2", "5.1.1", "privacy@vendor.test", "550 no such user"), (report.Action, report.EnvelopeId, report.Status, report.Recipient, report.Diagnostic));
        Assert.Equal(["m1@client.test"], report.MessageIds);
        Assert.Equal(DeliveryAction.Relayed, Read(Report("relayed", "2.0.0")).Facts.Report!.Action);
        Assert.Null(Read(Report("invented", "2.0.0")).Facts.Report!.Action);
    }

    [Fact]
    public void ADispositionNoticeSaysThatALetterWasShown()
    {
        MailReport report = Read("""
            From: privacy@vendor.test
            Date: Sun, 22 Nov 2026 10:00:00 +0100
            Content-Type: multipart/report; report-type=disposition-notification; boundary=b

            --b
            Content-Type: text/plain

            It was displayed.
            --b
            Content-Type: message/disposition-notification

            Final-Recipient: rfc822;privacy@vendor.test
            Original-Message-ID: <m1@client.test>
            Disposition: manual-action/MDN-sent-manually; displayed
            --b--
            """).Facts.Report!;
        Assert.Equal((DeliveryAction.Displayed, "privacy@vendor.test"), (report.Action, report.Recipient));
        Assert.Equal(["m1@client.test"], report.MessageIds);
    }

    [Fact]
    public void OnlyTheTopmostServersWordAboutTheSenderCountsAndOnlyTheTrustedOneWhenItIsNamed()
    {
        string mail = "Authentication-Results: mx.client.test; dkim=pass header.d=vendor.test; spf=fail smtp.mailfrom=evil.test\r\nAuthentication-Results: forged.test; dmarc=pass header.from=bank.test\r\n" + Sound;
        AuthenticationResult result = Read(mail).Authentication!;
        Assert.Equal(["dkim=pass (vendor.test)", "spf=fail (evil.test)"], result.Results.Select(one => one.ToString()));
        Assert.NotNull(MailReader.Read(Bytes(mail), "mx.client.test").Authentication);
        Assert.Null(MailReader.Read(Bytes(mail), "other.client.test").Authentication);
        Assert.Contains(SenderWarnings.Of(Read(mail).Facts, [], result), warning => warning.Contains("spf=fail", StringComparison.Ordinal));
    }

    [Fact]
    public void ASenderOutsideTheControllersDomainsIsFlagged()
    {
        var controller = new ControllerTrace("vendor", true, ["privacy@vendor.test"]);
        Assert.Empty(SenderWarnings.Of(new MailFacts { Senders = ["dpo@eu.vendor.test"] }, [controller], null));
        Assert.Contains("outside", Assert.Single(SenderWarnings.Of(new MailFacts { Senders = ["dpo@vendor.test.evil.test"] }, [controller], null)), StringComparison.Ordinal);
    }

    [Fact]
    public void APageIsReadAsTextWithItsLinksBehindTheirWords()
    {
        ReadMail mail = Read("From: a@b.test\r\nDate: Sun, 22 Nov 2026 10:00:00 +0100\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<style>p{}</style><p>Your data<br>is <a href=\"https://x.test/download/2\">here</a>.</p><script>x</script>");
        Assert.Equal("Your data\nis here <https://x.test/download/2>.", mail.Facts.Text);
        Assert.Equal(["https://x.test/download/2"], mail.Links);
    }

    [Theory]
    [InlineData("Subject: x", "Subject: x\r\nSubject: y", "2 headers Subject")]
    [InlineData("From: Privacy <privacy@vendor.test>", "From: Privacy <privacy@vendor.test>\r\nFrom: boss@bank.test", "2 headers From")]
    [InlineData("Message-ID: <a@vendor.test>", "Message-ID: <a@vendor.test>\r\nMessage-Id: <b@vendor.test>", "2 headers Message-I")]
    [InlineData("boundary=c", "boundary=b", "same boundary")]
    [InlineData("boundary=c", "boundary=bb", "begins like another")]
    [InlineData("--b--", "", "last boundary is missing")]
    [InlineData("--c--", "", "last boundary is missing")]
    [InlineData("; boundary=b", "", "names no boundary")]
    [InlineData("multipart/mixed; boundary=b", "multipart/mixed; boundary=z", "never comes")]
    [InlineData("UEsDBA==", "UEsDBA==\r\nUEsDBA==", "behind its end")]
    [InlineData("UEsDBA==", "UEs(DBA=", "other characters")]
    [InlineData("UEsDBA==", "UEsDB", "cut off")]
    [InlineData("Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: rot13", "nobody knows: rot13")]
    [InlineData("Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit", "2 headers Content-Transfer-Encoding")]
    [InlineData("filename=\"data.zip\"", "filename=\"data.exe\"", "two names")]
    [InlineData("Date: Sun, 22 Nov 2026 10:00:00 +0100", "Date: yesterday", "cannot be read")]
    [InlineData("Date: Sun, 22 Nov 2026 10:00:00 +0100\r\n", "", "no Date")]
    [InlineData("To: alice@client.test", "To: alice@client.test\r\nno header at all", "no header")]
    [InlineData("From: Privacy <privacy@vendor.test>", "From: \"boss@bank.test\" <privacy@vendor.test>", "looks like another address")]
    [InlineData("From: Privacy <privacy@vendor.test>", "From: a@vendor.test, b@vendor.test", "several senders")]
    [InlineData("Fetch it:", "Fetch\0it:", "NUL")]
    [InlineData("Fetch it:", "Fetch\rit:", "carriage returns")]
    [InlineData("Content-Type: text/plain; charset=utf-8", "Content-Type: text/plain; charset=klingon\r\nContent-Transfer-Encoding: 8bit", "klingon")]
    public void WhatTheLibraryRepairsSilentlyIsSaid(string sound, string broken, string said)
    {
        string mail = Sound.ReplaceLineEndings("\r\n").Replace("Subject: =?utf-8?q?Auskunft_=E2=80=93_SAR-2026-0001?=", "Subject: x", StringComparison.Ordinal).Replace("Fetch it: ", "Fetch it: ä ", StringComparison.Ordinal);
        Assert.DoesNotContain(Read(mail).Doubts, doubt => doubt.Contains(said, StringComparison.Ordinal));
        int at = mail.IndexOf(sound, StringComparison.Ordinal);
        string changed = mail[..at] + broken + mail[(at + sound.Length)..];
        Assert.Contains(Read(changed).Doubts, doubt => doubt.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void AnyBytesAreRead()
    {
        var random = new Random(15);
        byte[] sound = Bytes(Sound);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] bytes = [.. sound];
            for (int change = random.Next(1, 12); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _ = MailReader.Read(bytes[..random.Next(bytes.Length + 1)]);
        }

        _ = MailReader.Read([]);
        _ = MailReader.Read(new byte[100_000]);
    }

    [Fact]
    public void PartsNestedAThousandDeepAreReadToABoundAndSaid()
    {
        var mail = new StringBuilder("From: a@b.test\r\nDate: Sun, 22 Nov 2026 10:00:00 +0100\r\n");
        for (int depth = 0; depth < 1_000; depth++)
            mail.Append("Content-Type: multipart/mixed; boundary=b").Append(depth).Append("x\r\n\r\n--b").Append(depth).Append("x\r\n");
        Assert.NotEmpty(Read(mail.ToString()).Doubts);
    }

    private static string Report(string action, string status) => $"""
        From: Mail Delivery System <mailer-daemon@client.test>
        Date: Sun, 22 Nov 2026 10:00:00 +0100
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain

        About your mail.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.client.test
        Original-Envelope-ID: SAR-2026-0001+2E2

        Original-Recipient: rfc822;privacy@vendor.test
        Final-Recipient: rfc822;privacy@vendor.test
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 no such user
        --b
        Content-Type: text/rfc822-headers

        From: alice@client.test
        Message-ID: <m1@client.test>
        --b--
        """;

    private static ReadMail Read(string mail) => MailReader.Read(Bytes(mail));

    private static byte[] Bytes(string mail) => Encoding.UTF8.GetBytes(mail.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));
}
