using MailKit;
using MailKit.Net.Imap;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Receiving;

/// <summary>One connection to a mailbox, from connecting to the goodbye, under the one policy of connections.</summary>
internal sealed class ImapSession(MailAccount account, TrustedAuthorities authorities, MailSecret secret, ImapPatience patience)
{
    /// <param name="act">What is done once signed in.</param>
    /// <exception cref="MailTroubleException">The line or the server failed, before or during it.</exception>
    public async Task RunAsync(Func<ImapClient, Task> act, CancellationToken cancellationToken)
    {
        using var tap = new WireTap();
        using var client = new ImapClient(tap);
        var certificate = new CertificateCheck(account, authorities);
        var phase = MailPhase.Connecting;
        try
        {
            await Patience.WithinAsync(patience.Connect, stop => Connection.OpenAsync(client, account, certificate, tap, stop), cancellationToken).ConfigureAwait(false);
            phase = MailPhase.SigningIn;
            await Patience.WithinAsync(patience.Connect, stop => SignIn.RunAsync(client, account, secret, stop), cancellationToken).ConfigureAwait(false);
            phase = MailPhase.Talking;
            await act(client).ConfigureAwait(false);
            await LeaveAsync(client, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && Diagnosis.Of(e, account, certificate, phase, cancelledByCaller: false) is { } trouble)
        {
            throw new MailTroubleException(trouble, e);
        }
    }

    /// <summary>Says goodbye. All was done before: a line that breaks here takes nothing away.</summary>
    private async Task LeaveAsync(ImapClient client, CancellationToken cancellationToken)
    {
        try
        {
            await Patience.WithinAsync(patience.Leave, stop => client.DisconnectAsync(quit: true, stop), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or TimeoutException or ProtocolException or CommandException or System.Net.Sockets.SocketException)
        {
            return;
        }
    }
}
