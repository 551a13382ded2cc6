using MailKit;
using MailKit.Net.Imap;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Receiving;

/// <summary>The person's mailbox, over IMAP under the one policy of connections.</summary>
public sealed class ImapMailbox(MailAccount account, TrustedAuthorities authorities, MailSecret secret, ImapPatience? patience = null) : IMailboxReader
{
    /// <summary>A line that breaks is taken up again so often without any progress in between.</summary>
    private const int Attempts = 3;

    private readonly ImapPatience _patience = patience ?? new ImapPatience();

    public async Task<MailboxReading> ReadAsync(MailboxRequest request, IMailTaker taker, CancellationToken cancellationToken)
    {
        var reading = new FolderReading(request, taker, _patience);
        for (int failures = 0; ;)
        {
            int before = reading.Looked;
            try
            {
                await WithClientAsync(client => reading.RunAsync(client, cancellationToken), cancellationToken).ConfigureAwait(false);
                return new MailboxReading(reading.Looked, reading.Fetched, reading.Remarks);
            }
            catch (MailTroubleException broken) when (broken.Trouble.Retryable && reading.WasConnected)
            {
                failures = reading.Looked > before ? 0 : failures + 1;
                if (failures >= Attempts)
                    throw broken.Trouble.ToUnavailable(broken);
                await Task.Delay(_patience.Pause, cancellationToken).ConfigureAwait(false);
            }
            catch (MailTroubleException broken)
            {
                throw broken.Trouble.ToUnavailable(broken);
            }
        }
    }

    /// <summary>Waits until the server tells of a new mail in a folder, or the time is over (IDLE, RFC 2177).</summary>
    /// <returns>True for a new mail; false when the time is over, or the server cannot tell.</returns>
    /// <exception cref="Core.Unavailable">The server cannot be reached or refuses.</exception>
    public async Task<bool> WaitForMailAsync(string folder, TimeSpan limit, CancellationToken cancellationToken)
    {
        bool told = false;
        try
        {
            await WithClientAsync(async client => told = await IdleAsync(client, folder, limit, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return told;
        }
        catch (MailTroubleException broken)
        {
            throw broken.Trouble.ToUnavailable(broken);
        }
    }

    private static async Task<bool> IdleAsync(ImapClient client, string folder, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (!client.Capabilities.HasFlag(ImapCapabilities.Idle))
            return false;
        IMailFolder opened = await client.GetFolderAsync(folder, cancellationToken).ConfigureAwait(false);
        await opened.OpenAsync(FolderAccess.ReadOnly, cancellationToken).ConfigureAwait(false);
        int known = opened.Count;
        using var done = new CancellationTokenSource(limit);
        opened.CountChanged += (_, _) =>
        {
            if (opened.Count > known)
                done.Cancel();
        };
        await client.IdleAsync(done.Token, cancellationToken).ConfigureAwait(false);
        return opened.Count > known;
    }

    private async Task WithClientAsync(Func<ImapClient, Task> act, CancellationToken cancellationToken)
    {
        using var tap = new WireTap();
        using var client = new ImapClient(tap);
        var certificate = new CertificateCheck(account, authorities);
        var phase = MailPhase.Connecting;
        try
        {
            await Patience.WithinAsync(_patience.Connect, stop => Connection.OpenAsync(client, account, certificate, tap, stop), cancellationToken).ConfigureAwait(false);
            phase = MailPhase.SigningIn;
            await Patience.WithinAsync(_patience.Connect, stop => SignIn.RunAsync(client, account, secret, stop), cancellationToken).ConfigureAwait(false);
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
            await Patience.WithinAsync(_patience.Leave, stop => client.DisconnectAsync(quit: true, stop), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or TimeoutException or ProtocolException or CommandException or System.Net.Sockets.SocketException)
        {
            return;
        }
    }
}

/// <summary>How long a mailbox may take for each step.</summary>
public sealed record ImapPatience
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For a search, or the headers of one batch.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For one whole mail.</summary>
    public TimeSpan Mail { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan Leave { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Before a broken line is taken up again.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}
