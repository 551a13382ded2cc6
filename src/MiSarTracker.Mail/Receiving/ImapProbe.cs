using MailKit.Net.Imap;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Receiving;

/// <summary>Tries the way in for answers: connects and signs in, opens no mailbox and fetches nothing.</summary>
public sealed class ImapProbe(MailAccount account, TrustedAuthorities authorities, MailSecret secret)
{
    private static readonly ImapCapabilities[] Used = [ImapCapabilities.Idle, ImapCapabilities.CondStore, ImapCapabilities.UidPlus];

    /// <exception cref="Unavailable">A step failed: connection, STARTTLS, certificate, sign-in; each with its remedy.</exception>
    public async Task<ProbeReport> RunAsync(CancellationToken cancellationToken)
    {
        using var tap = new WireTap();
        using var client = new ImapClient(tap);
        return await Probing.RunAsync(client, tap, account, authorities, secret, Look, cancellationToken).ConfigureAwait(false);
    }

    private static (IEnumerable<string> Capabilities, IEnumerable<string> Notes) Look(ImapClient client)
    {
        IEnumerable<string> offered = Used.Where(c => client.Capabilities.HasFlag(c)).Select(c => c.ToString().ToUpperInvariant());
        string[] notes = client.Capabilities.HasFlag(ImapCapabilities.Idle) ? [] : ["This server cannot tell of new mail by itself (IDLE); it will be asked from time to time."];
        return (offered, notes);
    }
}
