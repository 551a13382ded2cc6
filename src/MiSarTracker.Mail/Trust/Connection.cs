using System.Security.Authentication;
using MailKit;
using MailKit.Security;
using MiSarTracker.Core.Ports;

namespace MiSarTracker.Mail.Trust;

/// <summary>Opens a connection under the one policy of this project: TLS 1.2 or later, before anything else is said, or not at all.</summary>
internal static class Connection
{
    /// <returns>The bare connection below; it is closed with the client.</returns>
    public static async Task<Line> OpenAsync(MailService client, MailAccount account, CertificateCheck certificate, WireTap tap, CancellationToken cancellationToken)
    {
        client.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        client.CheckCertificateRevocation = false;
        client.ServerCertificateValidationCallback = certificate.Accept;
        // StartTls, never StartTlsWhenAvailable: a server that does not offer it is refused.
        SecureSocketOptions options = account.Encryption == MailEncryption.Implicit ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;
        Line line = await Line.ConnectAsync(account.Host, account.Port, cancellationToken).ConfigureAwait(false);
        try
        {
            await client.ConnectAsync(line, account.Host, account.Port, options, cancellationToken).ConfigureAwait(false);
            RequireUntouched(account, tap);
            return line;
        }
        catch (CommandException) when (tap.GreetedAsSignedIn && account.Encryption == MailEncryption.StartTls)
        {
            line.Abort();
            throw Refused($"{account.Endpoint} says that you are already signed in, before the connection is encrypted; nothing more was said.", account);
        }
        catch
        {
            line.Abort();
            throw;
        }
    }

    private static void RequireUntouched(MailAccount account, WireTap tap)
    {
        if (tap.PlaintextFollowedStartTls)
            throw Refused($"Between STARTTLS and the encrypted connection to {account.Endpoint}, somebody put in text of their own; nothing more was said.", account);
    }

    private static MailTroubleException Refused(string reason, MailAccount account) => new(new MailTrouble(reason,
        $"Use {account.Scheme}s:// (TLS from the start) if the server has it; on another network it may be gone.", Retryable: false));
}
