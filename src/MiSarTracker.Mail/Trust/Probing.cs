using MailKit;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;

namespace MiSarTracker.Mail.Trust;

/// <summary>The part of a probe that SMTP and IMAP share: connect, encrypt, sign in, look, leave.</summary>
internal static class Probing
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <exception cref="Unavailable">Any step failed; with its remedy.</exception>
    public static async Task<ProbeReport> RunAsync<TClient>(
        TClient client, WireTap tap, MailAccount account, TrustedAuthorities authorities, MailSecret secret,
        Func<TClient, (IEnumerable<string> Capabilities, IEnumerable<string> Notes)> look, CancellationToken cancellationToken)
        where TClient : MailService
    {
        var certificate = new CertificateCheck(account, authorities);
        var phase = MailPhase.Connecting;
        try
        {
            await Patience.WithinAsync(Limit, stop => Connection.OpenAsync(client, account, certificate, tap, stop), cancellationToken).ConfigureAwait(false);
            phase = MailPhase.SigningIn;
            string? mechanism = await Patience.WithinAsync(Limit, stop => SignIn.RunAsync(client, account, secret, stop), cancellationToken).ConfigureAwait(false);
            phase = MailPhase.Talking;
            (IEnumerable<string> capabilities, IEnumerable<string> notes) = look(client);
            var report = new ProbeReport(account, client.SslProtocol.ToString(), certificate.Description ?? "", mechanism,
                [.. capabilities.Order(StringComparer.Ordinal)], [.. notes]);
            await Patience.WithinAsync(Limit, stop => client.DisconnectAsync(quit: true, stop), cancellationToken).ConfigureAwait(false);
            return report;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && Diagnosis.Of(e, account, certificate, phase, cancelledByCaller: false) is { } trouble)
        {
            throw trouble.ToUnavailable(e);
        }
    }
}
