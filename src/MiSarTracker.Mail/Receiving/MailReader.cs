using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Cryptography;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Receiving;

/// <summary>A mail that was read whole.</summary>
/// <param name="Content">See <see cref="InboxItem.Content"/>.</param>
/// <param name="Doubts">Why it can be read in more than one way; empty for a sound mail.</param>
public sealed record ReadMail(
    MailFacts Facts, string Content, IReadOnlyList<MailAttachment> Attachments, IReadOnlyList<string> Links, AuthenticationResult? Authentication, IReadOnlyList<string> Doubts);

/// <summary>Reads raw bytes as a copy: they stay what they are, whatever they turn out to be.</summary>
public static partial class MailReader
{
    private const int MostLinks = 50;

    /// <summary>What the sender wrote; servers put others beside them on the way.</summary>
    private static readonly string[] Sent =
        ["from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "content-type", "content-transfer-encoding", "content-disposition", "mime-version"];

    /// <summary>Reads one mail; for any bytes it gives what can be read of them.</summary>
    /// <param name="trustedServer">The authserv-id of the server that holds the mailbox; null to believe the topmost one.</param>
    public static ReadMail Read(byte[] raw, string? trustedServer = null)
    {
        MimeMessage message;
        // The parts are read from it later: it stays open as long as they do.
        using var stream = new MemoryStream(raw, writable: false);
        try
        {
            message = new MimeParser(new ParserOptions { MaxMimeDepth = 100 }, stream, MimeFormat.Entity, persistent: true).ParseMessage();
        }
        catch (FormatException broken)
        {
            return new ReadMail(new MailFacts { Text = Encoding.Latin1.GetString(raw, 0, Math.Min(raw.Length, 100_000)) }, Fingerprint(raw), [], [], null, [$"It is no mail: {ServerText.Clean(broken.Message)}"]);
        }

        using (message)
        {
            MailFacts facts = MailHeaders.Facts(message.Headers);
            facts = facts with { Text = MailParts.Text(message), Report = MailReports.Of(message, facts) };
            return new ReadMail(facts, Fingerprint(raw), MailParts.Attachments(message), Links(facts.Text), Results(message.Headers, trustedServer), MailDoubts.Of(raw, message));
        }
    }

    /// <summary>The addresses in a text, in order.</summary>
    private static List<string> Links(string text) =>
        [.. Address().Matches(text).Select(match => match.Value.TrimEnd('.', ',', ';', ')', ']', '>', '"', '\'', '。', '，')).Distinct(StringComparer.Ordinal).Take(MostLinks)];

    /// <summary>
    /// Only the topmost header counts: each server puts its own on top, and whatever stands below may have come with the mail. With a
    /// server named in the settings, only that server's.
    /// </summary>
    private static AuthenticationResult? Results(HeaderList headers, string? trustedServer)
    {
        Header? top = headers.FirstOrDefault(header => header.Id == HeaderId.AuthenticationResults);
        if (top is null || !AuthenticationResults.TryParse(top.RawValue, out AuthenticationResults? read))
            return null;
        string server = read.AuthenticationServiceIdentifier ?? "";
        if (trustedServer is not null && !server.Equals(trustedServer, StringComparison.OrdinalIgnoreCase))
            return null;
        return new AuthenticationResult(ServerText.Clean(server), [.. read.Results.Where(one => one.Method is "spf" or "dkim" or "dmarc")
            .Select(one => new AuthenticationMethod(one.Method, ServerText.Clean(one.Result.ToLowerInvariant()), Domain(one)))]);
    }

    private static string? Domain(AuthenticationMethodResult result)
    {
        string? value = result.Properties.FirstOrDefault(one => one.Property is "d" or "from" or "mailfrom" or "i" or "domain")?.Value;
        return value is null ? null : ServerText.Clean(value[(value.LastIndexOf('@') + 1)..].Trim('"', '<', '>'));
    }

    /// <summary>SHA-256 over the sender's own header lines and the whole body, line ends made one.</summary>
    private static string Fingerprint(byte[] raw)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        bool inHead = true, skipping = false;
        for (int at = 0; at < raw.Length;)
        {
            int end = Array.IndexOf(raw, (byte)'\n', at);
            int next = end < 0 ? raw.Length : end + 1;
            ReadOnlySpan<byte> line = raw.AsSpan(at, (end < 0 ? raw.Length : end) - at).TrimEnd((byte)'\r');
            at = next;
            if (inHead)
            {
                inHead = line.Length > 0;
                bool folded = line.Length > 0 && line[0] is (byte)' ' or (byte)'\t';
                skipping = folded ? skipping : inHead && !IsSent(line);
                if (skipping)
                    continue;
            }

            hash.AppendData(line);
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool IsSent(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        return colon is > 0 and < 40 && Sent.Contains(Encoding.Latin1.GetString(line[..colon]).Trim().ToLowerInvariant(), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"https?://[^\s<>""'，。）]{4,2000}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
