using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Receiving;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Mail.Trust;
using Xunit;

namespace MiSarTracker.Tests.Mail.Trust;

/// <summary>Whatever the server says, a password never crosses the wire in clear, and each refusal has its own words.</summary>
public sealed class TlsPolicyTests(OwnAuthority own) : IClassFixture<OwnAuthority>
{
    private static readonly string[] Secrets =
        [OwnAuthority.Password, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("\0alice@client.test\0" + OwnAuthority.Password)), "AUTH", "LOGIN", "AUTHENTICATE", "alice@client.test"];

    [Fact]
    public async Task SmtpWithoutStartTlsIsRefused()
    {
        (string reason, string inClear) = await SmtpAsync(MailEncryption.StartTls, async line =>
        {
            await line.SayAsync("220 hi\r\n");
            await line.HearAsync("EHLO");
            await line.SayAsync("250-hi\r\n250 AUTH PLAIN LOGIN\r\n");
            await line.HearAsync();
        });
        Assert.Contains("does not offer STARTTLS", reason, StringComparison.Ordinal);
        AssertNoSecret(inClear);
    }

    [Theory]
    [InlineData("454 4.7.0 TLS not available due to temporary reason")]
    [InlineData("501 syntax error")]
    public async Task SmtpThatTakesStartTlsBackIsRefused(string reply)
    {
        (string reason, string inClear) = await SmtpAsync(MailEncryption.StartTls, async line =>
        {
            await OfferStartTlsAsync(line);
            await line.SayAsync(reply + "\r\n");
            await line.HearAsync();
        });
        Assert.Contains(reply[..3], reason, StringComparison.Ordinal);
        AssertNoSecret(inClear);
    }

    [Fact]
    public async Task SmtpTextPutInAfterStartTlsIsRefused()
    {
        (string reason, string inClear) = await SmtpAsync(MailEncryption.StartTls, async line =>
        {
            await OfferStartTlsAsync(line);
            await line.SayAsync("220 go ahead\r\n250-mail\r\n250 AUTH PLAIN\r\n");
            await line.TlsAsync();
            await line.HearAsync();
            await line.SayAsync(Sending.SmtpScripts.Offers);
            await line.HearAsync();
        });
        Assert.Contains("put in text of their own", reason, StringComparison.Ordinal);
        AssertNoSecret(inClear);
    }

    [Fact]
    public async Task SmtpThatSpeaksNoTlsAfterStartTlsIsRefused()
    {
        (string reason, string inClear) = await SmtpAsync(MailEncryption.StartTls, async line =>
        {
            await OfferStartTlsAsync(line);
            await line.SayAsync("220 go ahead\r\n");
            await Task.Delay(50);
            await line.SayAsync("250 hello hello hello\r\n");
            await line.HearAsync();
        });
        Assert.Contains("TLS handshake", reason, StringComparison.Ordinal);
        AssertNoSecret(inClear);
    }

    [Fact]
    public async Task ImapWithoutStartTlsIsRefused()
    {
        (string reason, string inClear) = await ImapAsync(async line =>
        {
            await line.SayAsync("* OK hi\r\n");
            string tag = await TagAsync(line, "CAPABILITY");
            await line.SayAsync($"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK\r\n");
            await line.HearAsync();
        });
        Assert.Contains("does not offer STARTTLS", reason, StringComparison.Ordinal);
        AssertNoSecret(inClear);
    }

    [Fact]
    public async Task ImapThatIsAlreadySignedInBeforeTlsIsRefused()
    {
        (string reason, string inClear) = await ImapAsync(async line =>
        {
            await line.SayAsync("* PREAUTH welcome, no TLS for you\r\n");
            string tag = await TagAsync(line, "CAPABILITY");
            await line.SayAsync($"* CAPABILITY IMAP4rev1 STARTTLS\r\n{tag} OK\r\n");
            tag = await TagAsync(line, "STARTTLS");
            await line.SayAsync($"{tag} BAD not in this state\r\n");
            await line.HearAsync();
        });
        Assert.Contains("already signed in", reason, StringComparison.Ordinal);
        AssertNoSecret(inClear);
    }

    [Fact]
    public async Task ImapTextPutInAfterStartTlsIsRefused()
    {
        (string reason, string inClear) = await ImapAsync(async line =>
        {
            await line.SayAsync("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\r\n");
            string tag = await TagAsync(line, "STARTTLS");
            await line.SayAsync($"{tag} OK go\r\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] injected\r\n");
            await line.TlsAsync();
            tag = await TagAsync(line, "CAPABILITY");
            await line.SayAsync($"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK\r\n");
            await line.HearAsync();
        });
        Assert.Contains("put in text of their own", reason, StringComparison.Ordinal);
        AssertNoSecret(inClear);
    }

    [Fact]
    public async Task ACertificateForAnotherNameIsRefusedByThatName()
    {
        string reason = await WithCertificateAsync(own.OtherName, own.Trusted);
        Assert.Contains("a certificate for mail.elsewhere.test, not for 127.0.0.1", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnExpiredCertificateIsRefusedWithItsDates()
    {
        string reason = await WithCertificateAsync(own.Expired, own.Trusted);
        Assert.Contains($"to {own.Expired.NotAfter.ToUniversalTime():yyyy-MM-dd}, not today", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificateOfAnUnknownAuthorityIsRefusedWithItsIssuer()
    {
        string reason = await WithCertificateAsync(own.Certificate, TrustedAuthorities.System);
        Assert.Contains("issued by CN=MiSarTracker test authority, which is not trusted here", reason, StringComparison.Ordinal);

        using var stranger = new OwnAuthority();
        Assert.Contains("not trusted here", await WithCertificateAsync(own.Certificate, stranger.Trusted), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFaultThatNobodyCanNameIsAFaultAllTheSame(bool withOwnAuthority)
    {
        using var stranger = new OwnAuthority();
        var account = new MailAccount(MailProtocol.Smtp, MailEncryption.Implicit, "127.0.0.1", 465, null);
        var check = new CertificateCheck(account, withOwnAuthority ? stranger.Trusted : TrustedAuthorities.System);
        Assert.False(check.Accept(this, own.Certificate, null, System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.NotNull(check.Problem);
        Assert.False(check.Accept(this, null, null, System.Net.Security.SslPolicyErrors.RemoteCertificateNotAvailable));
    }

    [Fact]
    public async Task AWrongNameIsNotForgivenBecauseTheAuthorityIsKnownNorTheOtherWayRound()
    {
        using var stranger = new OwnAuthority();
        string reason = await WithCertificateAsync(own.OtherName, stranger.Trusted);
        Assert.Contains("not for 127.0.0.1", reason, StringComparison.Ordinal);
        Assert.Contains("not trusted here", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldTlsIsRefused()
    {
        (string reason, string inClear) = await SmtpAsync(MailEncryption.Implicit, async line =>
        {
            // A ServerHello that chooses TLS 1.0 for whatever was offered.
            await line.HearBytesAsync(5);
            await line.SayAsync("\u0016\u0003\u0001\u0000\u002a\u0002\u0000\u0000\u0026\u0003\u0001" + new string('r', 32) + "\u0000\u0000\u002f\u0000");
            await line.StallAsync();
        });
        Assert.Contains("TLS", reason, StringComparison.Ordinal);
        AssertNoSecret(inClear);
    }

    [Fact]
    public async Task ASignInIsTriedOnceAndOnlyByAWayThatIsOffered()
    {
        int tries = 0;
        (string reason, _) = await SmtpAsync(MailEncryption.Implicit, async line =>
        {
            await line.TlsAsync();
            await line.SayAsync("220 hi\r\n");
            await line.HearAsync("EHLO");
            await line.SayAsync("250-hi\r\n250 AUTH CRAM-MD5 PLAIN LOGIN XOAUTH2\r\n");
            while (await line.HearAsync() is var command && command != "QUIT")
            {
                tries++;
                await line.SayAsync("535 5.7.8 bad credentials\r\n");
            }
        });
        Assert.Equal(1, tries);
        Assert.Contains("misar secret set smtp", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(OwnAuthority.Password, reason, StringComparison.Ordinal);

        (reason, _) = await SmtpAsync(MailEncryption.Implicit, async line =>
        {
            await line.TlsAsync();
            await line.SayAsync("220 hi\r\n");
            await line.HearAsync("EHLO");
            await line.SayAsync("250-hi\r\n250 AUTH XOAUTH2 GSSAPI\r\n");
            await line.HearAsync();
        });
        Assert.Contains("only GSSAPI, XOAUTH2", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerThatCannotCheckPasswordsForTheMomentIsTriedAgain()
    {
        await using var server = new ScriptedServer(own.Certificate, async line =>
        {
            await line.TlsAsync();
            await line.SayAsync("220 hi\r\n");
            await line.HearAsync("EHLO");
            await line.SayAsync("250-hi\r\n250 AUTH PLAIN\r\n");
            await line.HearAsync("AUTH");
            await line.SayAsync("454 4.7.0 Temporary authentication failure\r\n");
            await line.HearAsync();
        });
        SendOutcome outcome = await own.Submission(server.Port).SendAsync(Sending.Letters.Prepared(), TestContext.Current.CancellationToken);
        Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).Retryable, outcome.Sentence);
        Assert.DoesNotContain("secret set", outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThePasswordIsNotEvenFetchedBeforeTheServerHasProvedWhoItIs()
    {
        bool fetched = false;
        await using var server = new ScriptedServer(own.OtherName, SmtpScriptAsync);
        var account = new MailAccount(MailProtocol.Smtp, MailEncryption.Implicit, "127.0.0.1", server.Port, "alice");
        var sender = new SmtpSubmission(account, own.Trusted, _ =>
        {
            fetched = true;
            return ValueTask.FromResult<string?>("x");
        });
        Assert.IsType<SendOutcome.NotSent>(await sender.SendAsync(Sending.Letters.Prepared(), TestContext.Current.CancellationToken));
        Assert.False(fetched);
    }

    [Theory]
    [InlineData("smtp")]
    [InlineData("imap")]
    public async Task NobodyAtThePortIsSaidWithTheUsualPorts(string scheme)
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(() => ProbeAsync($"{scheme}://a@127.0.0.1:{port}"));
        Assert.Contains($"Nothing answers at 127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{scheme}s://", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANameThatNobodyHasIsSaid()
    {
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(() => ProbeAsync("smtp://a@mail.nowhere.invalid"));
        Assert.Contains("mail.nowhere.invalid", failure.Message, StringComparison.Ordinal);
    }

    private static Task SmtpScriptAsync(ScriptedServer.Line line) => Sending.SmtpScripts.ToSignedInAsync(line);

    private static async Task OfferStartTlsAsync(ScriptedServer.Line line)
    {
        await line.SayAsync("220 hi\r\n");
        await line.HearAsync("EHLO");
        await line.SayAsync("250-hi\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n");
        await line.HearAsync("STARTTLS");
    }

    private static async Task<string> TagAsync(ScriptedServer.Line line, string command)
    {
        string said = await line.HearAsync();
        Assert.EndsWith(command, said, StringComparison.Ordinal);
        return said.Split(' ')[0];
    }

    private Task<ProbeReport> ProbeAsync(string url)
    {
        MailSecret secret = _ => ValueTask.FromResult<string?>(OwnAuthority.Password);
        return url.StartsWith("imap", StringComparison.Ordinal)
            ? new ImapProbe(MailAccount.ParseImap(url), own.Trusted, secret).RunAsync(TestContext.Current.CancellationToken)
            : new SmtpProbe(MailAccount.ParseSmtp(url), own.Trusted, secret).RunAsync(TestContext.Current.CancellationToken);
    }

    private async Task<(string Reason, string InClear)> SmtpAsync(MailEncryption encryption, Func<ScriptedServer.Line, Task> script)
    {
        await using var server = new ScriptedServer(own.Certificate, script);
        SendOutcome outcome = await own.Submission(server.Port, encryption).SendAsync(Sending.Letters.Prepared(), TestContext.Current.CancellationToken);
        return (Assert.IsType<SendOutcome.NotSent>(outcome).Sentence, server.InClear.ToString());
    }

    private async Task<(string Reason, string InClear)> ImapAsync(Func<ScriptedServer.Line, Task> script)
    {
        await using var server = new ScriptedServer(own.Certificate, script);
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(() => ProbeAsync($"imap://alice%40client.test@127.0.0.1:{server.Port}"));
        Assert.NotNull(failure.Remedy);
        return (failure.Message, server.InClear.ToString());
    }

    private async Task<string> WithCertificateAsync(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, TrustedAuthorities trusted)
    {
        await using var server = new ScriptedServer(certificate, SmtpScriptAsync);
        var account = new MailAccount(MailProtocol.Smtp, MailEncryption.Implicit, "127.0.0.1", server.Port, "alice");
        var sender = new SmtpSubmission(account, trusted, _ => ValueTask.FromResult<string?>(OwnAuthority.Password));
        SendOutcome outcome = await sender.SendAsync(Sending.Letters.Prepared(), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("AUTH", server.Encrypted.ToString(), StringComparison.Ordinal);
        return Assert.IsType<SendOutcome.NotSent>(outcome).Sentence;
    }

    private static void AssertNoSecret(string inClear) => Assert.All(Secrets, secret => Assert.DoesNotContain(secret, inClear, StringComparison.Ordinal));
}
