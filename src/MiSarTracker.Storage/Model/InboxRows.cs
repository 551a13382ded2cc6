using MiSarTracker.Core.Inbox;
using NodaTime;

namespace MiSarTracker.Storage.Model;

/// <summary>A mail that came in: see <see cref="InboxItem"/>.</summary>
internal sealed class InboxRow
{
    public long Id { get; set; }

    public string Sha256 { get; set; } = "";

    public string Content { get; set; } = "";

    public long Size { get; set; }

    public Instant TakenAt { get; set; }

    public Instant? ArrivedAt { get; set; }

    public string Source { get; set; } = "";

    public string? MessageId { get; set; }

    public string From { get; set; } = "";

    public string Subject { get; set; } = "";

    public Instant? SentAt { get; set; }

    public InboxState State { get; set; }

    /// <summary>The case's reference.</summary>
    public string? Case { get; set; }

    public string? Mail { get; set; }

    public string? Controller { get; set; }

    public string? Letter { get; set; }

    public string? Exhibit { get; set; }

    /// <summary>References with a blank between them.</summary>
    public string Candidates { get; set; } = "";

    public MailKind Kind { get; set; }

    /// <summary>A JSON object.</summary>
    public string Details { get; set; } = "{}";
}

/// <summary>How far a folder of a mailbox was read.</summary>
internal sealed class MailboxRow
{
    public long Id { get; set; }

    /// <summary>The account's URL; never a password in it.</summary>
    public string Account { get; set; } = "";

    public string Folder { get; set; } = "";

    public long UidValidity { get; set; }

    /// <summary>All that stand at or below it were looked at.</summary>
    public long LastUid { get; set; }

    public Instant CheckedAt { get; set; }
}
