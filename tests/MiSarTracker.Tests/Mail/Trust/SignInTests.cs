using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Receiving;
using MiSarTracker.Mail.Sending;
using Xunit;

namespace MiSarTracker.Tests.Mail.Trust;

/// <summary>One attempt, by the strongest way that the server offers; a token as a token, a password as a password.</summary>
public sealed class SignInTests(OwnAuthority own) : IClassFixture<OwnAuthority>
{
    private const string Token = "ya29.token-canary";
    private const string Refusal = "{\"status\":\"401\",\"schemes\":\"bearer\"}";

    [Theory]
    [InlineData("LOGIN PLAIN SCRAM-SHA-1 SCRAM-SHA-256 XOAUTH2", "SCRAM-SHA-256")]
    [InlineData("PLAIN SCRAM-SHA-1", "SCRAM-SHA-1")]
    [InlineData("SCRAM-SHA-512 SCRAM-SHA-256 PLAIN", "SCRAM-SHA-512")]
    [InlineData("LOGIN PLAIN", "PLAIN")]
    [InlineData("GSSAPI LOGIN", "LOGIN")]
    public async Task TheStrongestThatIsOfferedIsTriedOnce(string offered, string chosen)
    {
        (string reason, string said) = await SmtpAsync(offered, account => account, OwnAuthority.Password, ["535 5.7.8 no"]);
        string[] attempts = [.. said.Split("\r\n").Where(line => line.StartsWith("AUTH ", StringComparison.Ordinal))];
        Assert.Equal(chosen, Assert.Single(attempts).Split(' ')[1]);
        Assert.Contains("misar secret set smtp", reason, StringComparison.Ordinal);
        if (chosen.StartsWith("SCRAM", StringComparison.Ordinal))
            Assert.DoesNotContain(OwnAuthority.Password, Decoded(attempts[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLAIN XOAUTH2", "XOAUTH2")]
    [InlineData("XOAUTH2 OAUTHBEARER PLAIN", "OAUTHBEARER")]
    public async Task ATokenIsSentAsATokenAndItsRefusalSaysSo(string offered, string chosen)
    {
        string challenge = $"334 {Convert.ToBase64String(Encoding.ASCII.GetBytes(Refusal))}";
        (string reason, string said) = await SmtpAsync(offered, account => account with { UsesToken = true }, Token, [challenge, "535 5.7.8 expired"]);
        string attempt = Assert.Single(said.Split("\r\n"), line => line.StartsWith("AUTH ", StringComparison.Ordinal));
        Assert.StartsWith($"AUTH {chosen} ", attempt, StringComparison.Ordinal);
        string sent = Decoded(attempt);
        Assert.Contains($"auth=Bearer {Token}\u0001", sent, StringComparison.Ordinal);
        Assert.Contains("alice@client.test", sent, StringComparison.Ordinal);
        Assert.Contains("refused the token of alice@client.test", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret set", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLAIN LOGIN", true, null, "OAUTHBEARER or XOAUTH2")]
    [InlineData("XOAUTH2", false, null, "set Mail.Token")]
    [InlineData("CRAM-MD5", false, null, "SCRAM, PLAIN or LOGIN")]
    [InlineData("PLAIN", false, "SCRAM-SHA-256", "Mail.SignIn asks for SCRAM-SHA-256")]
    [InlineData("PLAIN CRAM-MD5", false, "CRAM-MD5", "no way to sign in with a password")]
    [InlineData("PLAIN XOAUTH2", true, "PLAIN", "no way to sign in with a token")]
    public async Task WhereNothingFitsNoCredentialIsFetched(string offered, bool token, string? mechanism, string says)
    {
        (string reason, string said) = await SmtpAsync(offered, account => account with { UsesToken = token, Mechanism = mechanism }, null, []);
        Assert.Contains(says, reason, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XOAUTH2", "AUTHENTICATE XOAUTH2 ")]
    [InlineData("OAUTHBEARER", "AUTHENTICATE OAUTHBEARER ")]
    public async Task ATokenOpensAMailboxToo(string offered, string command)
    {
        string heard = "";
        await using var server = new ScriptedServer(own.Certificate, async line =>
        {
            await line.TlsAsync();
            await line.SayAsync($"* OK [CAPABILITY IMAP4rev1 AUTH={offered} SASL-IR] ready\r\n");
            heard = await line.HearAsync();
            await line.SayAsync($"{heard.Split(' ')[0]} OK [CAPABILITY IMAP4rev1 IDLE] welcome\r\n");
            while (await line.HearAsync() is var next)
            {
                await line.SayAsync($"{(next.Contains("LIST", StringComparison.Ordinal) ? "* LIST () \"/\" \"INBOX\"\r\n" : next.EndsWith("LOGOUT", StringComparison.Ordinal) ? "* BYE bye\r\n" : "")}{next.Split(' ')[0]} OK done\r\n");
            }
        });
        var account = new MailAccount(MailProtocol.Imap, MailEncryption.Implicit, "127.0.0.1", server.Port, "alice@client.test") { UsesToken = true };
        var report = await new ImapProbe(account, own.Trusted, _ => ValueTask.FromResult<string?>(Token)).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(offered, report.SignedInBy);
        Assert.Contains(command, heard, StringComparison.Ordinal);
        Assert.Contains($"auth=Bearer {Token}", Decoded(heard), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenThatCannotBeFetchedLeavesTheLetterUnsentAndForALaterTry()
    {
        await using var server = new ScriptedServer(own.Certificate, line => OfferAsync(line, "XOAUTH2"));
        var account = new MailAccount(MailProtocol.Smtp, MailEncryption.Implicit, "127.0.0.1", server.Port, "alice@client.test") { UsesToken = true };
        SendOutcome outcome = await new SmtpSubmission(account, own.Trusted, _ => throw new Unavailable("The command for the token ended with exit code 1.", "Run it by hand."))
            .SendAsync(Sending.Letters.Prepared(), TestContext.Current.CancellationToken);
        var notSent = Assert.IsType<SendOutcome.NotSent>(outcome);
        Assert.True(notSent.Retryable);
        Assert.Contains("exit code 1. Run it by hand.", notSent.Sentence, StringComparison.Ordinal);
    }

    /// <param name="secret">Null: it must not be asked for.</param>
    private async Task<(string Reason, string Said)> SmtpAsync(string offered, Func<MailAccount, MailAccount> how, string? secret, string[] replies)
    {
        await using var server = new ScriptedServer(own.Certificate, async line =>
        {
            await OfferAsync(line, offered);
            foreach (string reply in replies)
            {
                await line.HearAsync();
                await line.SayAsync(reply + "\r\n");
            }

            while (true)
                await line.HearAsync();
        });
        MailAccount account = how(new MailAccount(MailProtocol.Smtp, MailEncryption.Implicit, "127.0.0.1", server.Port, "alice@client.test"));
        bool fetched = false;
        var sender = new SmtpSubmission(account, own.Trusted, _ =>
        {
            fetched = true;
            return ValueTask.FromResult<string?>(secret ?? "unused");
        });
        SendOutcome outcome = await sender.SendAsync(Sending.Letters.Prepared(), TestContext.Current.CancellationToken);
        Assert.Equal((secret is not null, 1), (fetched, server.Connections));
        return (Assert.IsType<SendOutcome.NotSent>(outcome).Sentence, server.Encrypted.ToString());
    }

    private static async Task OfferAsync(ScriptedServer.Line line, string offered)
    {
        await line.TlsAsync();
        await line.SayAsync("220 mail.client.test ESMTP\r\n");
        await line.HearAsync("EHLO ");
        await line.SayAsync($"250-mail.client.test\r\n250 AUTH {offered}\r\n");
    }

    private static string Decoded(string command) => Encoding.UTF8.GetString(Convert.FromBase64String(command.Split(' ')[^1]));
}
