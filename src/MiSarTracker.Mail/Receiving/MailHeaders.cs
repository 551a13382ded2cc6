using MimeKit;
using MimeKit.Utils;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Mail.Trust;
using NodaTime;

namespace MiSarTracker.Mail.Receiving;

/// <summary>What a mail's headers tell, read so that no header, however it is written, makes it fail.</summary>
internal static class MailHeaders
{
    private const int MostIds = 200;

    public static MailFacts Facts(HeaderList headers) => new()
    {
        Senders = [.. Addresses(headers, HeaderId.From).Concat(Addresses(headers, HeaderId.Sender)).Distinct()],
        From = ServerText.Clean(headers[HeaderId.From] ?? ""),
        Subject = ServerText.Clean(headers[HeaderId.Subject] ?? ""),
        MessageId = Ids(headers, HeaderId.MessageId).FirstOrDefault(),
        Answers = [.. Ids(headers, HeaderId.InReplyTo).Concat(Ids(headers, HeaderId.References)).Distinct(StringComparer.Ordinal).Take(MostIds)],
        SentAt = headers[HeaderId.Date] is { } date && DateUtils.TryParse(date, out DateTimeOffset sent) ? Instant.FromDateTimeOffset(sent) : null,
        Robot = RobotMarks.Of(name => headers.Where(header => header.Field.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)),
    };

    /// <summary>A report of the mail system: by its type, or by who sends it.</summary>
    public static bool IsReport(HeaderList headers)
    {
        string type = headers[HeaderId.ContentType] ?? "";
        return type.TrimStart().StartsWith("multipart/report", StringComparison.OrdinalIgnoreCase)
            || headers[HeaderId.ReturnPath]?.Trim() == "<>"
            || Addresses(headers, HeaderId.From).Any(IsMailSystem);
    }

    /// <summary>RFC 5321 and custom: who speaks for a mail system.</summary>
    public static bool IsMailSystem(string address) =>
        address.StartsWith("mailer-daemon@", StringComparison.Ordinal) || address.StartsWith("postmaster@", StringComparison.Ordinal) || address is "mailer-daemon" or "postmaster";

    private static IEnumerable<string> Addresses(HeaderList headers, HeaderId id) => headers
        .Where(header => header.Id == id)
        .SelectMany(header => InternetAddressList.TryParse(header.RawValue, out InternetAddressList? list) ? list.Mailboxes : [])
        .Select(mailbox => mailbox.Address.Trim().ToLowerInvariant())
        .Where(address => address.Length > 0);

    private static IEnumerable<string> Ids(HeaderList headers, HeaderId id) => headers
        .Where(header => header.Id == id)
        .SelectMany(header => MimeUtils.EnumerateReferences(header.Value) is var found && found.Any() ? found : [header.Value.Trim().Trim('<', '>')])
        .Where(text => text.Length is > 0 and <= 998);
}
