using MiSarTracker.Core.Cases;
using NodaTime;

namespace MiSarTracker.Storage.Model;

/// <summary>A case, with the few derived columns that lists sort and search by.</summary>
internal sealed class CaseRow
{
    public long Id { get; set; }

    public int Year { get; set; }

    public int Number { get; set; }

    public string Vendor { get; set; } = "";

    public string PersonName { get; set; } = "";

    public string PersonEmail { get; set; } = "";

    public string PersonCountry { get; set; } = "";

    public string Language { get; set; } = "";

    public Instant OpenedAt { get; set; }

    public Instant? ClosedAt { get; set; }

    public CaseOutcome? Outcome { get; set; }

    public Instant? ErasedAt { get; set; }

    /// <summary>Complaints and the chosen authority as JSON (<see cref="CaseFacts"/>); null when there is neither.</summary>
    public string? Facts { get; set; }

    /// <summary>Derived: <see cref="Case.State"/>.</summary>
    public CaseState State { get; set; }

    /// <summary>Derived: the safe date of the first open clock.</summary>
    public LocalDate? NextDue { get; set; }

    /// <summary>Derived: the law's date of that clock.</summary>
    public LocalDate? NextDueByLaw { get; set; }

    /// <summary>Derived: the controller whose clock that is.</summary>
    public string? NextController { get; set; }

    public int LetterCount { get; set; }

    public int EvidenceCount { get; set; }

    public int ResponseCount { get; set; }

    /// <summary>Derived: findings of the last comparison; null before the first.</summary>
    public int? FindingCount { get; set; }

    /// <summary>Derived: what a search looks in, in lower case.</summary>
    public string SearchText { get; set; } = "";

    public List<IdentifierRow> Identifiers { get; } = [];

    public List<ControllerRow> Controllers { get; } = [];

    public List<ReplyRow> Replies { get; } = [];

    public List<LetterRow> Letters { get; } = [];

    public List<MailRow> Mails { get; } = [];

    public List<ExhibitRow> Exhibits { get; } = [];

    public List<ReminderRow> Reminders { get; } = [];

    public List<ComparisonRow> Comparisons { get; } = [];

    public List<ReportRow> Reports { get; } = [];

    public List<GradeRow> Grades { get; } = [];
}

/// <summary>A part of a case; parts of one kind keep their order, and none changes its place.</summary>
internal interface ICasePart
{
    long CaseId { get; set; }

    int Ordinal { get; set; }
}

internal sealed class IdentifierRow : ICasePart
{
    public long CaseId { get; set; }

    public int Ordinal { get; set; }

    public string Kind { get; set; } = "";

    public string Value { get; set; } = "";
}

internal sealed class ControllerRow : ICasePart
{
    public long CaseId { get; set; }

    public int Ordinal { get; set; }

    public string Controller { get; set; } = "";

    public string Name { get; set; } = "";

    public ControllerState State { get; set; }

    public string? ReceiptBasis { get; set; }

    public LocalDate? ClockReceived { get; set; }

    public string? ClockCountry { get; set; }

    public string? ClockRule { get; set; }

    public LocalDate? ClockNominal { get; set; }

    public LocalDate? ClockDue { get; set; }

    public LocalDate? ClockThirtyDays { get; set; }

    public LocalDate? ClockSafe { get; set; }

    public bool ClockExtended { get; set; }

    /// <summary>A JSON array of sentences.</summary>
    public string? ClockDerivation { get; set; }

    /// <summary>Contact, redirect and questions as JSON (<see cref="ControllerFacts"/>); null when there are none.</summary>
    public string? Facts { get; set; }
}

internal sealed class ReplyRow : ICasePart
{
    public long CaseId { get; set; }

    /// <summary>Counted over all controllers of the case.</summary>
    public int Ordinal { get; set; }

    public string Controller { get; set; } = "";

    public ReplyKind Kind { get; set; }

    public LocalDate Received { get; set; }

    public LocalDate? Until { get; set; }

    public string? Reasons { get; set; }

    public string? Exhibit { get; set; }

    public bool Late { get; set; }

    /// <summary>A JSON array of sentences.</summary>
    public string Faults { get; set; } = "[]";

    public bool MovedClock { get; set; }
}
