using System.Net;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MiSarTracker.Core.Ports;

namespace MiSarTracker.Mail.Trust;

/// <summary>
/// Chooses the strongest way to sign in that the server offers and tries it once: a second try with the same wrong password only
/// brings a lock-out nearer.
/// </summary>
internal static class SignIn
{
    /// <summary>Strongest first: with SCRAM the server learns no password, with the last two it is told one (under TLS, as everything).</summary>
    private static readonly string[] WithPassword = ["SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN"];

    private static readonly string[] WithToken = ["OAUTHBEARER", "XOAUTH2"];

    /// <returns>The mechanism that was used, or null when the account has no user.</returns>
    public static async Task<string?> RunAsync(MailService client, MailAccount account, MailSecret secret, CancellationToken cancellationToken)
    {
        if (account.User is not { } user)
            return null;
        if (!client.IsSecure)
            throw new InvalidOperationException("A sign-in was tried without TLS.");
        string? chosen = Choose(client, account);
        string found = await secret(cancellationToken).ConfigureAwait(false) is { Length: > 0 } stored
            ? stored
            : throw Trouble($"No {(account.UsesToken ? "token" : "password")} is stored for {account.User} at {account.Endpoint}.",
                account.UsesToken ? "Check Mail.Token in the workspace's appsettings.json." : $"Store it with: misar secret set {Name(account)}");
        var credential = new NetworkCredential(user, found);
        if (chosen is not null)
        {
            await client.AuthenticateAsync(Mechanism(chosen, credential), cancellationToken).ConfigureAwait(false);
            return chosen;
        }

        // IMAP's own LOGIN command, for servers that offer no mechanism and do not forbid it.
        client.AuthenticationMechanisms.Clear();
        await client.AuthenticateAsync(Encoding.UTF8, credential, cancellationToken).ConfigureAwait(false);
        return "LOGIN command";
    }

    /// <returns>Null for IMAP's LOGIN command.</returns>
    private static string? Choose(MailService client, MailAccount account)
    {
        HashSet<string> offered = client.AuthenticationMechanisms;
        string[] usable = account.UsesToken ? WithToken : WithPassword;
        if (account.Mechanism is { } wanted)
        {
            return !usable.Contains(wanted) ? throw Trouble($"“{ServerText.Clean(wanted)}” is no way to sign in with a {(account.UsesToken ? "token" : "password")}.", $"Possible in Mail.SignIn: {string.Join(", ", usable)}.")
                : offered.Contains(wanted) ? wanted
                : throw Trouble($"{account.Endpoint} offers {Listed(offered)}; Mail.SignIn asks for {wanted}.", "Leave Mail.SignIn empty for the strongest that the server offers.");
        }

        if (usable.FirstOrDefault(offered.Contains) is { } strongest)
            return strongest;
        if (account.UsesToken)
            throw Trouble($"{account.Endpoint} offers {Listed(offered)}; a token is sent by OAUTHBEARER or XOAUTH2.", "Check host and port, or sign in with a password: remove Mail.Token from appsettings.json.");
        if (client is ImapClient imap && !imap.Capabilities.HasFlag(ImapCapabilities.LoginDisabled))
            return null;
        throw Trouble(
            $"{account.Endpoint} offers {Listed(offered)}; a password is sent by SCRAM, PLAIN or LOGIN.",
            offered.Count == 0 ? "Check the port: mail is submitted at 587 or 465, not at 25."
            : offered.Overlaps(WithToken) ? "This server wants a token: set Mail.Token, or ask the provider for an app password."
            : "Ask the provider for an app password or another submission server.");
    }

    private static SaslMechanism Mechanism(string name, NetworkCredential credential) => name switch
    {
        "SCRAM-SHA-512" => new SaslMechanismScramSha512(credential),
        "SCRAM-SHA-256" => new SaslMechanismScramSha256(credential),
        "SCRAM-SHA-1" => new SaslMechanismScramSha1(credential),
        "OAUTHBEARER" => new SaslMechanismOAuthBearer(credential),
        "XOAUTH2" => new SaslMechanismOAuth2(credential),
        "PLAIN" => new SaslMechanismPlain(Encoding.UTF8, credential),
        _ => new SaslMechanismLogin(Encoding.UTF8, credential),
    };

    private static string Listed(HashSet<string> offered) =>
        ServerText.Clean(offered.Count == 0 ? "no way to sign in" : "only " + string.Join(", ", offered.Order(StringComparer.Ordinal)));

    private static MailTroubleException Trouble(string reason, string remedy) => new(new MailTrouble(reason, remedy, false));

    private static string Name(MailAccount account) => account.Protocol == MailProtocol.Smtp ? "smtp" : "imap";
}
