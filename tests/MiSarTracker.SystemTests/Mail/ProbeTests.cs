using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Receiving;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Mail.Trust;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Mail;

public sealed class ProbeTests(MailServers servers) : IClassFixture<MailServers>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AWorkingWayOutIsDescribed(bool implicitTls)
    {
        ProbeReport report = await ProbeAsync(implicitTls ? servers.Smtps : servers.Smtp);
        Assert.StartsWith("Tls1", report.Tls, StringComparison.Ordinal);
        Assert.StartsWith("localhost, 127.0.0.1, ::1, issued by CN=MiSarTracker test authority, valid until ", report.Certificate, StringComparison.Ordinal);
        Assert.Equal("PLAIN", report.SignedInBy);
        Assert.Equal(["AUTH LOGIN", "AUTH PLAIN", "DSN", "SIZE 52428800"], report.Capabilities);
        Assert.Empty(report.Notes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AWorkingWayInIsDescribed(bool implicitTls)
    {
        ProbeReport report = await ProbeAsync(implicitTls ? servers.Imaps : servers.Imap);
        Assert.Equal("SCRAM-SHA-256", report.SignedInBy);
        Assert.Equal(["CONDSTORE", "IDLE", "UIDPLUS"], report.Capabilities);
    }

    [Theory]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-1")]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task TheWayThatThePersonChoseIsTheOneThatIsTaken(string mechanism)
    {
        Assert.Equal(mechanism, (await ProbeAsync(servers.Imaps with { Mechanism = mechanism })).SignedInBy);
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(() => ProbeAsync(servers.Imaps with { Mechanism = mechanism }, "wrong"));
        Assert.Contains("misar secret set imap", failure.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp")]
    [InlineData("imap")]
    public async Task AWrongPasswordIsSaidWithItsRemedy(string protocol)
    {
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(() => ProbeAsync(protocol == "smtp" ? servers.Smtp : servers.Imap, "wrong"));
        Assert.Contains("refused user name or password of alice@client.test", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"misar secret set {protocol}", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingPasswordIsSaidWithItsRemedy()
    {
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(() => ProbeAsync(servers.Imaps, null));
        Assert.Contains("misar secret set imap", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownAuthorityIsSaidWithItsRemedy()
    {
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(() => ProbeAsync(servers.Imaps, trusted: TrustedAuthorities.System));
        Assert.Contains("--ca", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImapWhoseStartTlsIsStrippedOnTheWayIsRefusedAndHearsNoPassword()
    {
        await using var proxy = new StrippingProxy(servers.ImapPort);
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(() => ProbeAsync(servers.Imap with { Port = proxy.Port }));
        Assert.Contains("does not offer STARTTLS", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", proxy.FromClient, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTHENTICATE", proxy.FromClient, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImapWithTlsAtAPortWithoutItIsSaidWithTheUsualPorts()
    {
        Unavailable failure = await Assert.ThrowsAsync<Unavailable>(() => ProbeAsync(servers.Imaps with { Port = servers.ImapPort }));
        Assert.Contains("usually 143", failure.Remedy, StringComparison.Ordinal);
    }

    private Task<ProbeReport> ProbeAsync(MailAccount account, string? password = MailServers.AlicePassword, TrustedAuthorities? trusted = null)
    {
        TrustedAuthorities authorities = trusted ?? TrustedAuthorities.Load(servers.AuthorityFile);
        MailSecret secret = _ => ValueTask.FromResult(password);
        return account.Protocol == MailProtocol.Smtp
            ? new SmtpProbe(account, authorities, secret).RunAsync(TestContext.Current.CancellationToken)
            : new ImapProbe(account, authorities, secret).RunAsync(TestContext.Current.CancellationToken);
    }
}
