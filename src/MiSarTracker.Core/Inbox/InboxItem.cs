using MiSarTracker.Core.Cases;
using NodaTime;

namespace MiSarTracker.Core.Inbox;

/// <summary>Where a mail that came in stands.</summary>
public enum InboxState
{
    /// <summary>It names no case beyond doubt: the person says where it belongs.</summary>
    Waiting,

    /// <summary>It is filed with its case; what it is was guessed and moved no clock.</summary>
    Filed,

    /// <summary>The person said what it is.</summary>
    Confirmed,

    /// <summary>It concerns no case: only its fingerprints are kept, so that it is not asked about again.</summary>
    Dismissed,
}

/// <summary>A mail that came in, by IMAP or as a file, and what is known of it. Its raw bytes stand in the vault unless it was dismissed.</summary>
public sealed record InboxItem
{
    /// <summary>Given by the database, 0 before; shown as <c>I-001</c>.</summary>
    public long Id { get; init; }

    /// <summary>SHA-256 of the raw bytes, 64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>
    /// SHA-256 over what a second delivery of the same mail cannot change: sender, subject, date, Message-ID and the whole body, but
    /// none of the lines that servers add on the way. Two mails of the same <see cref="Content"/> are one.
    /// </summary>
    public required string Content { get; init; }

    /// <summary>Of the raw bytes.</summary>
    public required long Size { get; init; }

    /// <summary>When it was taken in here.</summary>
    public required Instant TakenAt { get; init; }

    /// <summary>When it reached the person's mailbox by that server's account, or null for a file.</summary>
    public Instant? ArrivedAt { get; init; }

    /// <summary>The folder of the mailbox, or the file's name.</summary>
    public required string Source { get; init; }

    /// <summary>Without angle brackets.</summary>
    public string? MessageId { get; init; }

    public required string From { get; init; }

    public required string Subject { get; init; }

    /// <summary>By its own Date header: the sender's word.</summary>
    public Instant? SentAt { get; init; }

    public required InboxState State { get; init; }

    public CaseReference? Case { get; init; }

    /// <summary>Its number in the case, <c>M-001</c>.</summary>
    public string? Mail { get; init; }

    public string? Controller { get; init; }

    /// <summary>The letter of ours that it answers or reports on.</summary>
    public string? Letter { get; init; }

    /// <summary>The exhibit that it became.</summary>
    public string? Exhibit { get; init; }

    /// <summary>Cases that it may belong to, while it waits.</summary>
    public ValueList<CaseReference> Candidates { get; init; }

    /// <summary>What it is: guessed by rules until the person confirms it.</summary>
    public required MailKind Kind { get; init; }

    /// <summary>What else was read, a JSON object: see <see cref="InboxDetails"/>.</summary>
    public string Details { get; init; } = "{}";

    public string Number => NumberOf(Id);

    public static string NumberOf(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"I-{id:000}");

    /// <summary>Reads <c>I-003</c> or <c>3</c>.</summary>
    /// <exception cref="Refusal">It is neither.</exception>
    public static long ParseNumber(string text)
    {
        var digits = text.StartsWith("I-", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        return long.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : throw new Refusal($"“{text}” is no number of a mail.", "misar inbox list shows them, for example I-003.");
    }
}
