using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using MiSarTracker.Core.Ports;

namespace MiSarTracker.Mail.Trust;

/// <summary>Turns what can go wrong on the way to a signed-in connection into a sentence and a remedy.</summary>
internal static class Diagnosis
{
    /// <returns>Null when the exception is none that a server or a network can cause: then it is a bug, and stays one.</returns>
    public static MailTrouble? Of(Exception exception, MailAccount account, CertificateCheck certificate, MailPhase phase, bool cancelledByCaller) => exception switch
    {
        MailTroubleException own => own.Trouble,
        OperationCanceledException when cancelledByCaller => new MailTrouble($"The connection to {account.Endpoint} was cancelled.", null, true),
        OperationCanceledException or TimeoutException => new MailTrouble($"{account.Endpoint} did not answer in time while {Words(phase)}.",
            "Try again later; if it stays so, check host and port, and whether a firewall stands between.", true),
        SslHandshakeException => certificate.Problem ?? Handshake(account),
        NotSupportedException when phase == MailPhase.Connecting => NoStartTls(account),
        AuthenticationException later when ComeBackLater(later.Message) => Reply(account, phase, later.Message[1] == '5' ? 454 : 421, later.Message[4..]),
        SaslException or AuthenticationException => SignInRefused(account, exception.Message),
        SmtpCommandException reply => Reply(account, phase, (int)reply.StatusCode, reply.Message),
        ImapCommandException reply => Refused(account, phase, reply.ResponseText),
        SocketException socket => Unreachable(account, socket),
        IOException { InnerException: SocketException socket } when phase == MailPhase.Connecting => Unreachable(account, socket),
        ProtocolException or FolderNotOpenException => new MailTrouble(
            $"{account.Endpoint} gave no proper {Name(account)} answer while {Words(phase)}: {ServerText.Clean(exception.Message)}",
            phase == MailPhase.Connecting ? WrongPort(account) : null, true),
        IOException or ServiceNotConnectedException =>
            new MailTrouble($"The connection to {account.Endpoint} broke while {Words(phase)}: {ServerText.Clean(exception.Message)}", null, true),
        _ => null,
    };

    /// <summary>The library gives an SMTP server's reply to a sign-in only as text, "454: 4.7.0 …". 454 is the one for "not now" (RFC 4954).</summary>
    private static bool ComeBackLater(string message) => message.StartsWith("454:", StringComparison.Ordinal) || message.StartsWith("421:", StringComparison.Ordinal);

    private static MailTrouble NoStartTls(MailAccount account) => new(
        $"{account.Endpoint} does not offer STARTTLS, so nothing was said to it, the password least of all.",
        $"If the server has a port with TLS from the start, use {account.Scheme}s:// instead. If it offered STARTTLS before, somebody may stand between you and the server.",
        false);

    private static MailTrouble Handshake(MailAccount account) => new(
        $"No encrypted connection to {account.Endpoint} came about: the server broke off the TLS handshake, speaks only TLS older than 1.2, or speaks no TLS at this port.",
        account.Encryption == MailEncryption.Implicit ? WrongPort(account) : "Try the port with TLS from the start, or ask the provider.", false);

    private static MailTrouble SignInRefused(MailAccount account, string words) => new(
        $"{account.Endpoint} refused user name or password of {account.User}: {ServerText.Clean(words)}",
        $"Store the right password with: misar secret set {Secret(account)}. Many providers want an app password here instead of the usual one.", false);

    private static MailTrouble Reply(MailAccount account, MailPhase phase, int code, string words)
    {
        string said = $"{code} {ServerText.Clean(words)}";
        return code is >= 400 and < 500
            ? new MailTrouble($"{account.Endpoint} asks to come back later, while {Words(phase)}: {said}", null, true)
            : new MailTrouble($"{account.Endpoint} refused the connection while {Words(phase)}: {said}", "Read the server's words; ask the provider if they do not help.", false);
    }

    private static MailTrouble Refused(MailAccount account, MailPhase phase, string words) =>
        new($"{account.Endpoint} said no while {Words(phase)}: {ServerText.Clean(words)}", "Read the server's words; ask the provider if they do not help.", false);

    private static MailTrouble Unreachable(MailAccount account, SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            new($"There is no server by the name of {account.Host}, or this machine is offline.", "Check the host name in the setting, and the network.", true),
        SocketError.ConnectionRefused =>
            new($"Nothing answers at {account.Endpoint}.", WrongPort(account), true),
        _ => new($"{account.Endpoint} cannot be reached: {socket.Message}", "Check the network; a firewall may block the port.", true),
    };

    private static string WrongPort(MailAccount account) => account.Protocol == MailProtocol.Smtp
        ? "Check host and port: smtp:// is usually 587 (STARTTLS), smtps:// usually 465 (TLS from the start)."
        : "Check host and port: imap:// is usually 143 (STARTTLS), imaps:// usually 993 (TLS from the start).";

    private static string Words(MailPhase phase) => phase == MailPhase.Connecting ? "connecting" : phase == MailPhase.SigningIn ? "signing in" : "talking to it";

    private static string Name(MailAccount account) => account.Protocol == MailProtocol.Smtp ? "SMTP" : "IMAP";

    private static string Secret(MailAccount account) => account.Protocol == MailProtocol.Smtp ? "smtp" : "imap";
}
