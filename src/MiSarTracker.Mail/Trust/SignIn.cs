using System.Net;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MiSarTracker.Core.Ports;

namespace MiSarTracker.Mail.Trust;

/// <summary>Chooses one way to sign in and tries it once: a second try with the same wrong password only brings a lock-out nearer.</summary>
internal static class SignIn
{
    /// <returns>The mechanism that was used, or null when the account has no user.</returns>
    public static async Task<string?> RunAsync(MailService client, MailAccount account, MailSecret secret, CancellationToken cancellationToken)
    {
        if (account.User is not { } user)
            return null;
        if (!client.IsSecure)
            throw new InvalidOperationException("A sign-in was tried without TLS.");
        RequireMechanism(client, account);
        string password = await secret(cancellationToken).ConfigureAwait(false) is { Length: > 0 } found
            ? found
            : throw Trouble($"No password is stored for {account.User} at {account.Endpoint}.", $"Store it with: misar secret set {Name(account)}");
        var credential = new NetworkCredential(user, password);
        SaslMechanism? mechanism = client.AuthenticationMechanisms.Contains("PLAIN") ? new SaslMechanismPlain(Encoding.UTF8, credential)
            : client.AuthenticationMechanisms.Contains("LOGIN") ? new SaslMechanismLogin(Encoding.UTF8, credential)
            : null;
        if (mechanism is not null)
        {
            await client.AuthenticateAsync(mechanism, cancellationToken).ConfigureAwait(false);
            return mechanism.MechanismName;
        }
        // IMAP's own LOGIN command, for servers that offer no mechanism and do not forbid it.
        client.AuthenticationMechanisms.Clear();
        await client.AuthenticateAsync(Encoding.UTF8, credential, cancellationToken).ConfigureAwait(false);
        return "LOGIN command";
    }

    private static void RequireMechanism(MailService client, MailAccount account)
    {
        HashSet<string> offered = client.AuthenticationMechanisms;
        bool loginCommand = client is ImapClient imap && !imap.Capabilities.HasFlag(ImapCapabilities.LoginDisabled);
        if (offered.Contains("PLAIN") || offered.Contains("LOGIN") || loginCommand)
            return;
        string list = offered.Count == 0 ? "no way to sign in" : "only " + string.Join(", ", offered.Order(StringComparer.Ordinal));
        throw Trouble(
            $"{account.Endpoint} offers {ServerText.Clean(list)}; a password is sent by PLAIN or LOGIN.",
            offered.Count == 0 ? "Check the port: mail is submitted at 587 or 465, not at 25." : "Ask the provider for an app password or another submission server.");
    }

    private static MailTroubleException Trouble(string reason, string remedy) => new(new MailTrouble(reason, remedy, false));

    private static string Name(MailAccount account) => account.Protocol == MailProtocol.Smtp ? "smtp" : "imap";
}
