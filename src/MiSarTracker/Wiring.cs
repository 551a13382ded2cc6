using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Receiving;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Mail.Trust;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker;

/// <summary>The one place where the parts are put together.</summary>
public sealed class Wiring
{
    /// <summary>The only wall clock; everything below takes moments as parameters.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>Gives a ledger entry's salt by its number; null for random ones, as real data needs them.</summary>
    public Func<long, byte[]>? LedgerSalts { get; init; }

    public Templates Templates { get; init; } = Templates.Shipped;

    /// <summary>The name under which the workspace keeps the mail server's password.</summary>
    public const string SmtpSecret = "smtp";

    public const string ImapSecret = "imap";

    /// <summary>
    /// Gives the way out for letters: the person's mail server, by the workspace's settings and secrets. The demo puts a
    /// file in its place.
    /// </summary>
    /// <exception cref="Refusal">No server is set.</exception>
    /// <exception cref="BadInput">The server's URL or the file of certificates cannot be used.</exception>
    public Func<Workspace, Settings, IMailSender> Sender { get; init; } = (workspace, settings) =>
        new SmtpSubmission(settings.Mail.SmtpAccount(), Authorities(settings), Secret(workspace, SmtpSecret));

    /// <summary>The way in for answers: the person's mailbox, by the workspace's settings and secrets.</summary>
    /// <exception cref="Refusal">No mailbox is set.</exception>
    /// <exception cref="BadInput">The server's URL or the file of certificates cannot be used.</exception>
    public Func<Workspace, Settings, ImapMailbox> Mailbox { get; init; } = (workspace, settings) =>
        new ImapMailbox(settings.Mail.ImapAccount(), Authorities(settings), Secret(workspace, ImapSecret));

    /// <summary>The system's certificate authorities, and those that the settings add.</summary>
    /// <exception cref="BadInput">The file holds no certificate.</exception>
    public static TrustedAuthorities Authorities(Settings settings) =>
        TrustedAuthorities.Load(settings.Mail.CertificateAuthorities);

    /// <summary>Reads the password only when a server asks for it.</summary>
    public static MailSecret Secret(Workspace workspace, string name) => _ => ValueTask.FromResult(workspace.Secrets.Get(name));
}
