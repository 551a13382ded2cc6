using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MiSarTracker.Core.Ports;

/// <summary>
/// Reads the URL of a mail account. Written out instead of left to <see cref="Uri"/>, which forgives what must be refused here
/// (backslashes, a password, control characters, a path) and cannot say what was wrong.
/// </summary>
internal static class MailAccountUrl
{
    private const int MaxLength = 1024;

    public static MailAccount Parse(string url, MailProtocol protocol, string source)
    {
        var reading = new Reading(source, protocol);
        if (url.Length > MaxLength)
            throw reading.Bad(string.Create(CultureInfo.InvariantCulture, $"has {url.Length} characters; there may be {MaxLength}"));
        if (url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '\\'))
            throw reading.Bad("holds a blank, a backslash or a control character");
        int end = url.IndexOf("://", StringComparison.Ordinal);
        if (end < 0)
            throw reading.Bad($"\"{WithoutSecret(url)}\" is no URL");
        MailEncryption encryption = reading.Encryption(url[..end].ToLowerInvariant());
        string rest = url[(end + 3)..];
        if (rest.EndsWith('/'))
            rest = rest[..^1];
        if (rest.IndexOfAny(['/', '?', '#']) >= 0)
            throw reading.Bad("has something after the host and the port; nothing may stand there (in a user name write / as %2F, ? as %3F, # as %23)");
        int at = rest.LastIndexOf('@');
        string? user = at < 0 ? null : reading.User(rest[..at]);
        (string host, int? port) = reading.HostAndPort(rest[(at + 1)..]);
        return new MailAccount(protocol, encryption, host, port ?? MailAccount.DefaultPort(protocol, encryption), user);
    }

    /// <summary>What stands before an @ may hold a password that was typed by mistake; a message never repeats it.</summary>
    private static string WithoutSecret(string url) => url.LastIndexOf('@') is var at and >= 0 ? "…" + url[at..] : url;

    private readonly record struct Reading(string Source, MailProtocol Protocol)
    {
        public BadInput Bad(string reason) => new(Source, null, reason, Protocol == MailProtocol.Smtp
            ? "Write smtp://user@host:587 (STARTTLS) or smtps://user@host:465 (TLS from the start)."
            : "Write imap://user@host:143 (STARTTLS) or imaps://user@host:993 (TLS from the start).");

        public MailEncryption Encryption(string scheme) => (Protocol, scheme) switch
        {
            (MailProtocol.Smtp, "smtp") or (MailProtocol.Imap, "imap") => MailEncryption.StartTls,
            (MailProtocol.Smtp, "smtps") or (MailProtocol.Imap, "imaps") => MailEncryption.Implicit,
            _ => throw Bad($"\"{scheme}://\" is not a scheme that can stand here"),
        };

        public string User(string text)
        {
            if (text.Contains(':', StringComparison.Ordinal))
                throw Bad("holds a password; a password is never part of a setting (store it with: misar secret set "
                    + (Protocol == MailProtocol.Smtp ? "smtp" : "imap") + ")");
            if (text.Contains('@', StringComparison.Ordinal))
                throw Bad("has two @; write the one in the user name as %40");
            if (text.Length == 0)
                throw Bad("has an empty user name before the @");
            return PercentDecoded(text);
        }

        public (string Host, int? Port) HostAndPort(string text)
        {
            string host = text;
            string? port = null;
            int colon = text.LastIndexOf(':');
            if (colon >= 0 && !text.EndsWith(']'))
                (host, port) = (text[..colon], text[(colon + 1)..]);
            return (Host(host), port is null ? null : Port(port));
        }

        private int Port(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535
                ? port
                : throw Bad($"\"{text}\" is not a port (1 to 65535)");

        private string Host(string text)
        {
            if (text.Length == 0)
                throw Bad("has no host");
            if (text.StartsWith('[') && text.EndsWith(']'))
            {
                return IPAddress.TryParse(text[1..^1], out IPAddress? ip) && ip.AddressFamily == AddressFamily.InterNetworkV6
                    ? ip.ToString()
                    : throw Bad($"\"{text}\" is not an IPv6 address");
            }
            if (text.Contains(':', StringComparison.Ordinal))
                throw Bad($"\"{text}\": an IPv6 address stands in brackets, [2001:db8::1]");
            string ascii = AsciiHost(text);
            bool looksNumeric = ascii.All(c => char.IsAsciiDigit(c) || c == '.');
            return !looksNumeric || (IPAddress.TryParse(ascii, out IPAddress? v4) && v4.ToString() == ascii) ? ascii : throw Bad($"\"{text}\" is not an IPv4 address");
        }

        private string AsciiHost(string text)
        {
            try
            {
                string ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text).ToLowerInvariant();
                if (ascii.Length <= 253 && !ascii.EndsWith('.'))
                    return ascii;
            }
            catch (ArgumentException)
            {
                // Said below, together with what IdnMapping lets through.
            }
            throw Bad($"\"{text}\" is not a host name");
        }

        private string PercentDecoded(string text)
        {
            var bytes = new List<byte>(text.Length);
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] != '%')
                {
                    int length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                    bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                    i += length - 1;
                }
                else if (i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte b))
                {
                    bytes.Add(b);
                    i += 2;
                }
                else
                    throw Bad("has a % in the user name that is not followed by two hexadecimal digits (write % itself as %25)");
            }
            string user;
            try
            {
                user = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]);
            }
            catch (DecoderFallbackException)
            {
                throw Bad("has a user name that is not UTF-8 after percent-decoding");
            }
            return user.Any(char.IsControl) ? throw Bad("has a control character in the user name") : user;
        }
    }
}
