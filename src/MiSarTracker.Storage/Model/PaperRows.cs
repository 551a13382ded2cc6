using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Cases;
using NodaTime;

namespace MiSarTracker.Storage.Model;

internal sealed class LetterRow : ICasePart
{
    public long CaseId { get; set; }

    public int Ordinal { get; set; }

    public string Number { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Controller { get; set; } = "";

    public string Language { get; set; } = "";

    public string? AddressReason { get; set; }

    public string To { get; set; } = "";

    public string Subject { get; set; } = "";

    public string MessageId { get; set; } = "";

    public string EnvelopeId { get; set; } = "";

    public string Sha256 { get; set; } = "";

    public long Size { get; set; }

    public Instant QueuedAt { get; set; }

    public SendState State { get; set; }

    public string? ServerReply { get; set; }

    public Instant? OutcomeAt { get; set; }
}

internal sealed class MailRow : ICasePart
{
    public long CaseId { get; set; }

    public int Ordinal { get; set; }

    public string Number { get; set; } = "";

    public string Sha256 { get; set; } = "";

    public long Size { get; set; }

    public string? MessageId { get; set; }

    public string From { get; set; } = "";

    public string Subject { get; set; } = "";

    public Instant? SentAt { get; set; }

    public Instant AddedAt { get; set; }

    public bool Automatic { get; set; }

    public string? Answers { get; set; }
}

internal sealed class ExhibitRow : ICasePart
{
    public long CaseId { get; set; }

    public int Ordinal { get; set; }

    public string Number { get; set; } = "";

    public ExhibitKind Kind { get; set; }

    public string FileName { get; set; } = "";

    public long Size { get; set; }

    public string Sha256 { get; set; } = "";

    public string Format { get; set; } = "";

    public Instant AddedAt { get; set; }

    public LocalDate? Received { get; set; }

    public string? Controller { get; set; }

    public string? Device { get; set; }

    public string? App { get; set; }

    public string? Note { get; set; }

    public bool HasPassword { get; set; }

    public string Summary { get; set; } = "{}";
}

internal sealed class ComparisonRow : ICasePart
{
    public long CaseId { get; set; }

    public int Ordinal { get; set; }

    public string Number { get; set; } = "";

    public Instant At { get; set; }

    public string Engine { get; set; } = "";

    public string Sha256 { get; set; } = "";

    public long Size { get; set; }

    /// <summary>A JSON array of exhibit numbers.</summary>
    public string Exhibits { get; set; } = "[]";

    public string Options { get; set; } = "{}";

    public int Findings { get; set; }
}

internal sealed class ReportRow : ICasePart
{
    public long CaseId { get; set; }

    public int Ordinal { get; set; }

    public string Number { get; set; } = "";

    public Instant At { get; set; }

    public string Sha256 { get; set; } = "";

    public long Size { get; set; }

    public string Comparison { get; set; } = "";

    public string Language { get; set; } = "";

    public bool Redacted { get; set; }
}

internal sealed class GradeRow : ICasePart
{
    public long CaseId { get; set; }

    public int Ordinal { get; set; }

    public string Item { get; set; } = "";

    /// <summary>Null where the item was handed back to the patterns.</summary>
    public ItemStatus? Status { get; set; }

    public string Because { get; set; } = "";

    public Instant At { get; set; }
}
