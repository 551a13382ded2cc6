using MiSarTracker.Core.Cases;
using NodaTime;

namespace MiSarTracker.Storage.Model;

/// <summary>A reminder. The table is the truth; whatever wakes the service up only says when to look at it.</summary>
internal sealed class ReminderRow : ICasePart
{
    /// <summary>What a job carries: an id, nothing personal.</summary>
    public long Id { get; set; }

    public long CaseId { get; set; }

    public int Ordinal { get; set; }

    public string Number { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Controller { get; set; } = "";

    /// <summary>When it is due.</summary>
    public Instant Due { get; set; }

    /// <summary>0 pending, 1 fired, 2 cancelled.</summary>
    public ReminderState State { get; set; }

    public Instant? FiredAt { get; set; }

    public string? To { get; set; }

    public string? Subject { get; set; }

    public string? MessageId { get; set; }

    public string? EnvelopeId { get; set; }

    public string? Sha256 { get; set; }

    public long? Size { get; set; }

    public SendState? MailState { get; set; }

    public string? ServerReply { get; set; }
}

/// <summary>A mail on its way out.</summary>
internal sealed class OutboxRow
{
    public long Id { get; set; }

    public long CaseId { get; set; }

    public CaseRow? Case { get; set; }

    /// <summary>The letter or reminder: <c>L-001</c>, <c>N-001</c>.</summary>
    public string Item { get; set; } = "";

    public string To { get; set; } = "";

    public string MessageId { get; set; } = "";

    public string EnvelopeId { get; set; } = "";

    public string Sha256 { get; set; } = "";

    public long Size { get; set; }

    public OutboxState State { get; set; }

    public Instant QueuedAt { get; set; }

    /// <summary>Not to be tried before.</summary>
    public Instant NotBefore { get; set; }

    public int Attempts { get; set; }

    /// <summary>The service instance that holds the claim.</summary>
    public string? Instance { get; set; }

    /// <summary>Random, fresh for each claim: a claim that was lost and taken again by the same instance is another claim.</summary>
    public string? Claim { get; set; }

    public Instant? LeaseUntil { get; set; }

    public string? Reply { get; set; }

    public Instant? FinishedAt { get; set; }
}

internal sealed class LedgerRow
{
    public long Sequence { get; set; }

    public Instant At { get; set; }

    public string Actor { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Case { get; set; } = "";

    public string Commitment { get; set; } = "";

    public string Previous { get; set; } = "";

    public string Hash { get; set; } = "";
}

/// <summary>What an erasure takes away; it stands outside the chain.</summary>
internal sealed class LedgerPayloadRow
{
    public long Sequence { get; set; }

    public byte[] Salt { get; set; } = [];

    public byte[] Payload { get; set; } = [];
}

/// <summary>A file that an erasure has yet to remove; kept so that a crash between commit and removal is made good.</summary>
internal sealed class DisposalRow
{
    /// <summary><c>vault:SHA256</c> or <c>secret:NAME</c>.</summary>
    public string Name { get; set; } = "";
}
