using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MiSarTracker.Core.Ports;
using MiSarTracker.Tests.Mail;
using Xunit;

namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>
/// A mail provider and a vendor in one: Exim (submission) in front of Dovecot (mailboxes) on free ports of this machine, with a
/// certificate authority of its own. As a class fixture, or started by a test.
/// </summary>
public sealed class MailServers : IAsyncLifetime
{
    public const string AliceAddress = "alice@client.test";
    public const string AlicePassword = "pw-alice";
    public const string VendorAddress = "privacy@vendor.test";
    public const string VendorPassword = "pw-vendor";
    private const int Attempts = 3;
    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _dovecot;
    private ServerProcess? _exim;
    private Ports _ports = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The certificate authority of these servers, a PEM file.</summary>
    public string AuthorityFile => _folder.File("tls", "ca.pem");

    public int SmtpPort => _ports.Smtp;

    public int ImapPort => _ports.Imap;

    public int ImapsPort => _ports.Imaps;

    /// <summary>Submission with STARTTLS; the server offers AUTH PLAIN and LOGIN.</summary>
    public MailAccount Smtp => Account(MailProtocol.Smtp, MailEncryption.StartTls, _ports.Smtp);

    /// <summary>Submission with TLS from the start.</summary>
    public MailAccount Smtps => Account(MailProtocol.Smtp, MailEncryption.Implicit, _ports.Smtps);

    /// <summary>Submission with STARTTLS; the server offers AUTH LOGIN only.</summary>
    public MailAccount SmtpLoginOnly => Account(MailProtocol.Smtp, MailEncryption.StartTls, _ports.LoginOnly);

    /// <summary>The server shows a certificate that ended yesterday.</summary>
    public MailAccount SmtpExpired => Account(MailProtocol.Smtp, MailEncryption.StartTls, _ports.Expired);

    /// <summary>The server shows a certificate for mail.elsewhere.test.</summary>
    public MailAccount SmtpOtherName => Account(MailProtocol.Smtp, MailEncryption.StartTls, _ports.OtherName);

    public MailAccount Imap => Account(MailProtocol.Imap, MailEncryption.StartTls, _ports.Imap);

    public MailAccount Imaps => Account(MailProtocol.Imap, MailEncryption.Implicit, _ports.Imaps);

    /// <summary>The logs of both servers, for a failing test's message.</summary>
    public string Logs => string.Join('\n', new[] { _folder.File("dovecot.log"), _folder.File("exim", "log", "mainlog") }
        .Where(File.Exists).Select(File.ReadAllText));

    public static async Task<MailServers> StartAsync()
    {
        var servers = new MailServers();
        await servers.InitializeAsync();
        return servers;
    }

    public async ValueTask InitializeAsync()
    {
        RequiredProgram.Find("dovecot", "dovecot-imapd dovecot-lmtpd");
        RequiredProgram.Find("exim4", "exim4-daemon-light");
        WriteCertificates();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await StartBothAsync();
                return;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                // Somebody took one of the ports between the look and the start: stop what runs and take others.
                await StopAsync();
            }
        }
    }

    public ImapInbox AliceInbox() => new(_ports.Imaps, AuthorityFile, AliceAddress, AlicePassword);

    public ImapInbox VendorInbox() => new(_ports.Imaps, AuthorityFile, VendorAddress, VendorPassword);

    /// <summary>Puts mails into Alice's mailbox as the vendor's server does.</summary>
    public Task DeliverToAliceAsync(params IEnumerable<string> mails) => Lmtp.DeliverAsync(_ports.Lmtp, VendorAddress, AliceAddress, mails);

    /// <summary>Alice's Maildir, as Dovecot keeps it.</summary>
    public string AliceMaildir => _folder.File("mail", "alice", "Maildir");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private static MailAccount Account(MailProtocol protocol, MailEncryption encryption, int port) =>
        new(protocol, encryption, "localhost", port, AliceAddress);

    private async Task StartBothAsync()
    {
        int[] free = FreePorts.Take(8);
        _ports = new Ports(free[0], free[1], free[2], free[3], free[4], free[5], free[6], free[7]);
        CancellationToken stop = TestContext.Current.CancellationToken;
        string[] dovecot = [_folder.Path, Text(_ports.Imap), Text(_ports.Imaps), Text(_ports.Lmtp)];
        _dovecot = await ServerProcess.StartAsync(ServerProcess.FixtureFile("dovecot.sh"), dovecot, [_ports.Imap, _ports.Imaps, _ports.Lmtp], stop);
        int[] smtp = [_ports.Smtp, _ports.Smtps, _ports.LoginOnly, _ports.Expired, _ports.OtherName];
        string[] exim = [_folder.Path, .. smtp.Select(Text), Text(_ports.Lmtp)];
        _exim = await ServerProcess.StartAsync(ServerProcess.FixtureFile("exim.sh"), exim, smtp, stop);
    }

    private async Task StopAsync()
    {
        if (_exim is not null)
            await _exim.DisposeAsync();
        if (_dovecot is not null)
            await _dovecot.DisposeAsync();
        (_exim, _dovecot) = (null, null);
    }

    private void WriteCertificates()
    {
        Directory.CreateDirectory(_folder.File("tls"));
        using var authority = new TestCertificates();
        File.WriteAllText(AuthorityFile, authority.AuthorityPem);
        Write("server", authority.Issue(["localhost", "127.0.0.1", "::1"]));
        Write("expired", authority.Issue(["localhost", "127.0.0.1"], expired: true));
        Write("other-name", authority.Issue(["mail.elsewhere.test"]));
    }

    private void Write(string name, X509Certificate2 certificate)
    {
        using (certificate)
        {
            File.WriteAllText(_folder.File("tls", name + ".pem"), certificate.ExportCertificatePem());
            File.WriteAllText(_folder.File("tls", name + ".key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private sealed record Ports(int Imap, int Imaps, int Lmtp, int Smtp, int Smtps, int LoginOnly, int Expired, int OtherName);
}
