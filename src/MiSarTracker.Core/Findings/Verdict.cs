namespace MiSarTracker.Core.Findings;

/// <summary>What can be said of one category as a whole. The contract's names are in <see cref="Names"/>.</summary>
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

/// <summary>What a finding says. The contract's names are in <see cref="Names"/>.</summary>
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

/// <summary>The contract's names of the enumerations: <c>not-disclosed</c> for <see cref="Verdict.NotDisclosed"/>, and so on.</summary>
public static class Names
{
    public static string Of(Verdict verdict) => Hyphenated(verdict.ToString());

    public static string Of(FindingKind kind) => kind == FindingKind.Article15Missing ? "article15-missing" : Hyphenated(kind.ToString());

    public static string Of(Severity severity) => Hyphenated(severity.ToString());

    private static string Hyphenated(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
