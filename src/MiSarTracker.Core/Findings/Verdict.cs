namespace MiSarTracker.Core.Findings;

/// <summary>What can be said of one category as a whole. The contract's names are in <see cref="Cases.ContractName"/>.</summary>
public enum Verdict
{
    Disclosed,
    PartlyDisclosed,
    NotDisclosed,

    /// <summary>Only totals of what was uploaded in detail.</summary>
    AggregatedOnly,
    Altered,

    /// <summary>There, but encoded without explanation.</summary>
    Unintelligible,
    NotComparable,
}

/// <summary>What a finding says. The contract's names are in <see cref="Cases.ContractName"/>.</summary>
public enum FindingKind
{
    NotDisclosed,
    Altered,
    AggregatedOnly,
    Unintelligible,

    /// <summary>Information: the answer holds what no capture shows. No accusation.</summary>
    DisclosedOnly,
    RecipientNotNamed,
    IdentifierNotDisclosed,
    LocationOutsideWorkout,
    Article15Missing,
    Late,
    InvalidExtension,
    DuplicateInResponse,
    ConflictingInResponse,
}

/// <summary>How much a finding weighs for the data subject.</summary>
public enum Severity
{
    /// <summary>Nothing is held against anybody.</summary>
    Info,
    Low,
    Medium,
    High,
}
