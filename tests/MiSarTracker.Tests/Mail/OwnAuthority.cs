using System.Security.Cryptography.X509Certificates;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Tests.Mail;

/// <summary>A certificate for this machine under an authority of its own, and a sender that trusts it.</summary>
public sealed class OwnAuthority : IDisposable
{
    public const string Password = "pw-alice-canary";
    private readonly TestCertificates _authority = new();
    private readonly string _file = Path.GetTempFileName();

    public OwnAuthority()
    {
        File.WriteAllText(_file, _authority.AuthorityPem);
        Certificate = _authority.Issue(["127.0.0.1", "localhost"]);
        Expired = _authority.Issue(["127.0.0.1"], expired: true);
        OtherName = _authority.Issue(["mail.elsewhere.test"]);
        Trusted = TrustedAuthorities.Load(_file);
    }

    public X509Certificate2 Certificate { get; }

    public X509Certificate2 Expired { get; }

    public X509Certificate2 OtherName { get; }

    public TrustedAuthorities Trusted { get; }

    public SmtpSubmission Submission(int port, MailEncryption encryption = MailEncryption.Implicit, SmtpPatience? patience = null, string password = Password) =>
        new(new MailAccount(MailProtocol.Smtp, encryption, "127.0.0.1", port, "alice@client.test"), Trusted, _ => ValueTask.FromResult<string?>(password), patience);

    public void Dispose()
    {
        _authority.Dispose();
        Certificate.Dispose();
        Expired.Dispose();
        OtherName.Dispose();
        File.Delete(_file);
    }
}
