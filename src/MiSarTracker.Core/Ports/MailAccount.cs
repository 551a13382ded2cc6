using System.Globalization;

namespace MiSarTracker.Core.Ports;

public enum MailProtocol
{
    Smtp,
    Imap,
}

/// <summary>How the connection is encrypted. There is no third way: nothing is ever sent or fetched unencrypted.</summary>
public enum MailEncryption
{
    /// <summary>Plain at first, then STARTTLS, which must succeed before anything else is said (smtp://, imap://).</summary>
    StartTls,

    /// <summary>TLS from the first byte (smtps://, imaps://; RFC 8314).</summary>
    Implicit,
}

/// <summary>
/// Where the person's mail goes out or comes in, as one URL: <c>smtp://user@host:587</c>, <c>smtps://user@host:465</c>,
/// <c>imap://user@host:143</c>, <c>imaps://user@host:993</c>. The user is percent-encoded; without one, nobody signs in.
/// The password is never part of it.
/// </summary>
/// <param name="Host">A name in ASCII (international ones in their xn-- form) or an IP address, IPv6 without brackets.</param>
/// <param name="User">Decoded, or null.</param>
public sealed record MailAccount(MailProtocol Protocol, MailEncryption Encryption, string Host, int Port, string? User)
{
    /// <summary>Whether what signs in is an access token (OAuth 2) instead of a password. No part of the URL.</summary>
    public bool UsesToken { get; init; }

    /// <summary>The one way to sign in ("PLAIN", as servers write it), or null for the strongest that the server offers. No part of the URL.</summary>
    public string? Mechanism { get; init; }

    /// <exception cref="BadInput">It is no <c>smtp://</c> or <c>smtps://</c> URL; the reason says what is wrong.</exception>
    public static MailAccount ParseSmtp(string url, string source = "--smtp") => MailAccountUrl.Parse(url, MailProtocol.Smtp, source);

    /// <exception cref="BadInput">It is no <c>imap://</c> or <c>imaps://</c> URL; the reason says what is wrong.</exception>
    public static MailAccount ParseImap(string url, string source = "--imap") => MailAccountUrl.Parse(url, MailProtocol.Imap, source);

    /// <summary>The port that the scheme means when none is written (RFC 6409, RFC 8314, RFC 9051).</summary>
    public static int DefaultPort(MailProtocol protocol, MailEncryption encryption) => (protocol, encryption) switch
    {
        (MailProtocol.Smtp, MailEncryption.StartTls) => 587,
        (MailProtocol.Smtp, _) => 465,
        (_, MailEncryption.StartTls) => 143,
        _ => 993,
    };

    public string Scheme => (Protocol == MailProtocol.Smtp ? "smtp" : "imap") + (Encryption == MailEncryption.Implicit ? "s" : "");

    /// <summary>Host and port for a message: "mail.example.org:587", "[2001:db8::1]:587".</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    /// <summary>The URL again; reading it gives an equal account.</summary>
    public override string ToString() => $"{Scheme}://{(User is null ? "" : Uri.EscapeDataString(User) + "@")}{Endpoint}";
}
