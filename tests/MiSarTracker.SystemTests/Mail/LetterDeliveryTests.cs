using System.Security.Cryptography;
using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Mail.Trust;
using MiSarTracker.SystemTests.Fixtures;
using MiSarTracker.Tests.Mail.Sending;
using Xunit;

namespace MiSarTracker.SystemTests.Mail;

/// <summary>Letters through a real submission server into a real mailbox.</summary>
public sealed class LetterDeliveryTests(MailServers servers) : IClassFixture<MailServers>
{
    [Theory]
    [InlineData("starttls")]
    [InlineData("implicit TLS")]
    [InlineData("AUTH LOGIN")]
    public async Task WhatArrivesIsByteForByteTheStoredLetter(string way)
    {
        MailAccount account = way switch
        {
            "starttls" => servers.Smtp,
            "implicit TLS" => servers.Smtps,
            _ => servers.SmtpLoginOnly,
        };
        PreparedMail mail = Letter($"way-{way.Replace(' ', '-')}");
        SendOutcome outcome = await SendAsync(account, mail);

        var accepted = Assert.IsType<SendOutcome.Accepted>(outcome);
        Assert.Equal((250, true), (accepted.Code, accepted.DeliveryReportRequested));
        byte[] arrived = ArrivedMail.AsSent(await servers.VendorInbox().WaitForAsync(mail.MessageId));
        Assert.Equal(Encoding.Latin1.GetString(mail.Bytes.Span), Encoding.Latin1.GetString(arrived));
        Assert.Equal(mail.Sha256, Convert.ToHexStringLower(SHA256.HashData(arrived)));
    }

    [Fact]
    public async Task ALetterSentTwiceIsTheSameLetterTwice()
    {
        PreparedMail mail = Letter("twice");
        PreparedMail again = PreparedMail.Reopen(mail.MessageId, mail.EnvelopeId, mail.EnvelopeFrom, mail.EnvelopeTo, mail.Bytes.ToArray(), mail.Sha256);
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(servers.Smtp, mail));
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(servers.Smtps, again));

        await servers.VendorInbox().WaitForAsync(mail.MessageId);
        List<byte[]> arrived = [];
        for (int attempt = 0; arrived.Count < 2 && attempt < 100; attempt++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            arrived = [.. (await servers.VendorInbox().MessagesAsync()).Where(m => Encoding.Latin1.GetString(m).Contains(mail.MessageId, StringComparison.Ordinal))];
        }
        Assert.Equal([mail.Sha256, mail.Sha256], arrived.Select(m => Convert.ToHexStringLower(SHA256.HashData(ArrivedMail.AsSent(m)))));
    }

    [Fact]
    public async Task TheDeliveryReportNamesTheCaseAndTheLetter()
    {
        PreparedMail mail = Letter("report", envelopeId: "SAR-2026-0042.3");
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(servers.Smtp, mail));

        string report = Encoding.Latin1.GetString(await servers.AliceInbox().WaitForAsync("Original-Envelope-ID: SAR-2026-0042.3"));
        Assert.Contains("multipart/report", report, StringComparison.Ordinal);
        Assert.Contains("Action: delivered", report, StringComparison.Ordinal);
        Assert.Contains("Final-Recipient: rfc822;privacy@vendor.test", report, StringComparison.Ordinal);
        Assert.Contains(mail.MessageId, report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALetterThatBouncesLaterIsReportedUnderItsName()
    {
        PreparedMail mail = Letter("bounce", to: "bounce@vendor.test", envelopeId: "SAR-2026-0043.1");
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(servers.Smtp, mail));
        string report = Encoding.Latin1.GetString(await servers.AliceInbox().WaitForAsync("Original-Envelope-ID: SAR-2026-0043.1"));
        Assert.Contains("Action: failed", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reject550@vendor.test", 550, "5.7.1", true)]
    [InlineData("defer450@vendor.test", 450, "4.2.1", false)]
    [InlineData("refuse554@vendor.test", 554, "5.6.0", true)]
    public async Task ARefusalIsReportedAsTheServerMeantIt(string to, int code, string enhanced, bool permanent)
    {
        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync(servers.Smtp, Letter("refused", to)));
        Assert.Equal((code, enhanced, permanent), (refused.Code, refused.EnhancedCode, refused.Permanent));
    }

    [Fact]
    public async Task AWrongPasswordIsSaidWithItsRemedyAndTheRightOneWorksAfterIt()
    {
        var notSent = Assert.IsType<SendOutcome.NotSent>(await SendAsync(servers.Smtp, Letter("wrong"), password: "not-the-password"));
        Assert.False(notSent.Retryable);
        Assert.Contains("misar secret set smtp", notSent.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", notSent.Sentence, StringComparison.Ordinal);
        Assert.IsType<SendOutcome.Accepted>(await SendAsync(servers.Smtp, Letter("right")));
    }

    [Fact]
    public async Task AnUnknownAuthorityIsRefused() =>
        Assert.Contains("issued by CN=MiSarTracker test authority, which is not trusted here",
            await NotSentAsync(servers.Smtp, TrustedAuthorities.System), StringComparison.Ordinal);

    [Fact]
    public async Task AnExpiredCertificateIsRefused() =>
        Assert.Contains("not today", await NotSentAsync(servers.SmtpExpired), StringComparison.Ordinal);

    [Fact]
    public async Task ACertificateForAnotherNameIsRefused() =>
        Assert.Contains("showed a certificate for mail.elsewhere.test, not for localhost", await NotSentAsync(servers.SmtpOtherName), StringComparison.Ordinal);

    [Fact]
    public async Task AServerWhoseStartTlsIsStrippedOnTheWayIsRefusedAndHearsNoPassword()
    {
        await using var proxy = new StrippingProxy(servers.SmtpPort);
        string reason = await NotSentAsync(servers.Smtp with { Port = proxy.Port });

        Assert.Contains("does not offer STARTTLS", reason, StringComparison.Ordinal);
        Assert.Contains("EHLO", proxy.FromClient, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH", proxy.FromClient, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", proxy.FromClient, StringComparison.Ordinal);
    }

    private static PreparedMail Letter(string name, string to = MailServers.VendorAddress, string envelopeId = "SAR-2026-0001.1")
    {
        EmailAddress from = EmailAddress.Parse(MailServers.AliceAddress);
        return LetterComposer.Compose(Letters.Access with
        {
            MessageId = LetterIdentity.MessageId("0123456789abcdef"u8, name, 1, from),
            EnvelopeId = envelopeId,
            To = EmailAddress.Parse(to),
            Html = "<!DOCTYPE html>\n<html lang=\"en\"><body><p>Dear Sir or Madam,</p></body></html>\n",
            Attachments = [new LetterAttachment(SingleLine.Parse("letter – Zoë.pdf", "file"), "application/pdf", Enumerable.Range(0, 5000).Select(i => (byte)i).ToArray())],
        });
    }

    private Task<SendOutcome> SendAsync(MailAccount account, PreparedMail mail, string password = MailServers.AlicePassword, TrustedAuthorities? trusted = null) =>
        new SmtpSubmission(account, trusted ?? TrustedAuthorities.Load(servers.AuthorityFile), _ => ValueTask.FromResult<string?>(password))
            .SendAsync(mail, TestContext.Current.CancellationToken);

    private async Task<string> NotSentAsync(MailAccount account, TrustedAuthorities? trusted = null)
    {
        var notSent = Assert.IsType<SendOutcome.NotSent>(await SendAsync(account, Letter("not sent"), trusted: trusted));
        Assert.False(notSent.Retryable);
        Assert.NotNull(notSent.Remedy);
        return notSent.Reason;
    }
}
