using MimeKit;
using MimeKit.Utils;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Receiving;

/// <summary>Reads delivery reports (RFC 3464), disposition notices (RFC 8098), and what old mailers write in their own words.</summary>
internal static class MailReports
{
    /// <returns>Null when the mail is no report.</returns>
    public static MailReport? Of(MimeMessage message, MailFacts facts)
    {
        List<MimeEntity> parts = [.. MailParts.All(message)];
        var returned = parts.SelectMany(Returned).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (parts.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } delivery)
            return OfDelivery(delivery) with { MessageIds = returned };
        if (parts.OfType<MessageDispositionNotification>().FirstOrDefault() is { } disposition)
            return OfDisposition(disposition, returned);
        // A mailer that writes no report: only who sends it tells, and what of ours it returns.
        return facts.Senders.Any(MailHeaders.IsMailSystem) ? new MailReport { MessageIds = [.. returned.Concat(facts.Answers)], Recipient = message.Headers["X-Failed-Recipients"] } : null;
    }

    private static MailReport OfDelivery(MessageDeliveryStatus status)
    {
        HeaderListCollection groups = status.StatusGroups;
        string? envelope = groups.Count > 0 ? groups[0]["Original-Envelope-Id"] : null;
        // One letter has one receiver; of several groups the gravest speaks.
        var about = groups.Skip(1).Select(group => (Group: group, Action: ActionOf(group["Action"]))).Where(one => one.Action is not null)
            .OrderBy(one => one.Action == DeliveryAction.Failed ? 0 : one.Action == DeliveryAction.Delivered ? 1 : 2).FirstOrDefault();
        HeaderList? group = about.Group ?? (groups.Count > 0 ? groups[0] : null);
        return new MailReport
        {
            Action = about.Action ?? ActionOf(group?["Action"]),
            EnvelopeId = envelope?.Trim() is { Length: > 0 } id ? Xtext(id) : null,
            Recipient = Address(group?["Original-Recipient"] ?? group?["Final-Recipient"]),
            Status = Status(group?["Status"]),
            Diagnostic = group?["Diagnostic-Code"] is { } code ? ServerText.Clean(code.Contains(';', StringComparison.Ordinal) ? code[(code.IndexOf(';', StringComparison.Ordinal) + 1)..] : code) : null,
        };
    }

    private static MailReport OfDisposition(MessageDispositionNotification notice, List<string> returned)
    {
        HeaderList fields = notice.Fields ?? [];
        string disposition = fields["Disposition"] ?? "";
        string what = disposition.Contains(';', StringComparison.Ordinal) ? disposition[(disposition.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim() : disposition.Trim();
        bool failed = what.StartsWith("failed", StringComparison.OrdinalIgnoreCase);
        IEnumerable<string> ids = fields["Original-Message-ID"] is { } id ? MimeUtils.EnumerateReferences(id).DefaultIfEmpty(id.Trim().Trim('<', '>')) : [];
        return new MailReport
        {
            Action = failed ? null : DeliveryAction.Displayed,
            MessageIds = [.. ids.Concat(returned).Distinct(StringComparer.OrdinalIgnoreCase)],
            Recipient = Address(fields["Final-Recipient"]),
            Diagnostic = ServerText.Clean(what),
        };
    }

    private static DeliveryAction? ActionOf(string? text) => text?.Split('(', ';')[0].Trim().ToLowerInvariant() switch
    {
        "delivered" => DeliveryAction.Delivered,
        "relayed" => DeliveryAction.Relayed,
        "expanded" => DeliveryAction.Expanded,
        "delayed" => DeliveryAction.Delayed,
        "failed" => DeliveryAction.Failed,
        _ => null,
    };

    /// <summary>Message-IDs in a returned mail or in its headers alone.</summary>
    private static IEnumerable<string> Returned(MimeEntity part) => part switch
    {
        // A whole mail inside a reply may be a forwarded one; its id is that of a mail of ours only if we know it.
        MessagePart { Message: { } inner } => IdsOf(inner.Headers),
        TextRfc822Headers headers when headers.Message is { } inner => IdsOf(inner.Headers),
        MimePart leaf when leaf.ContentType.IsMimeType("text", "rfc822-headers") && leaf.Content is not null => IdsOf(Load(leaf)),
        _ => [],
    };

    private static IEnumerable<string> IdsOf(HeaderList headers) =>
        headers[HeaderId.MessageId] is { } id ? MimeUtils.EnumerateReferences(id).DefaultIfEmpty(id.Trim().Trim('<', '>')) : [];

    private static HeaderList Load(MimePart leaf)
    {
        using Stream content = leaf.Content!.Open();
        try
        {
            return HeaderList.Load(content);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static string? Address(string? typed)
    {
        if (typed is null)
            return null;
        string clean = ServerText.Clean(typed.Contains(';', StringComparison.Ordinal) ? typed[(typed.IndexOf(';', StringComparison.Ordinal) + 1)..] : typed);
        return clean.Trim('<', '>') is { Length: > 0 } address ? address : null;
    }

    private static string? Status(string? text) => text?.Split(' ', '(')[0].Trim() is { Length: >= 5 and <= 11 } code && code.All(c => char.IsAsciiDigit(c) || c == '.') ? code : null;

    /// <summary>RFC 3461: "+3D" stands for "=".</summary>
    private static string Xtext(string text) => text.Contains('+', StringComparison.Ordinal)
        ? System.Text.RegularExpressions.Regex.Replace(text, "\\+([0-9A-F]{2})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString())
        : text;
}
