using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Findings;

/// <summary>One thing that the comparison found: one category, one unbroken stretch of time.</summary>
public sealed record Finding
{
    /// <summary><c>F-001</c>; numbered in the comparison's order.</summary>
    public string Id { get; init; } = "";

    public required FindingKind Kind { get; init; }

    /// <summary>Null for a finding about the answer as a whole (late, Article 15).</summary>
    public Category? Category { get; init; }

    /// <summary>What it is about, within the category: <c>minutes</c>, <c>daily total</c>, a host, an identifier's kind.</summary>
    public required string Subject { get; init; }

    /// <summary>The first and the last sample's time, both inclusive, with the phone's offset; null when it has none.</summary>
    public Moment? From { get; init; }

    public Moment? To { get; init; }

    /// <summary>How many samples.</summary>
    public required long Count { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>One plain sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>The innocent explanations that were checked.</summary>
    public IReadOnlyList<InnocentExplanation> Innocent { get; init; } = [];

    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>Where the uploads stand. Long lists are cut at <see cref="MaxReferences"/>.</summary>
    public IReadOnlyList<Origin> Evidence { get; init; } = [];

    /// <summary>Where the answer's rows stand, or the members that would hold them.</summary>
    public IReadOnlyList<Origin> Response { get; init; } = [];

    /// <summary>True for a difference between totals rather than samples.</summary>
    public bool Aggregate { get; init; }

    /// <summary>For <see cref="FindingKind.DisclosedOnly"/>: whether a capture covers that time.</summary>
    public bool? Covered { get; init; }

    /// <summary>True when the captures show it given back by the vendor's server rather than uploaded.</summary>
    public bool Stored { get; init; }

    public const int MaxReferences = 31;

    public const int MaxExamples = 5;
}

/// <summary>Something that would explain a finding without any fault.</summary>
/// <param name="Explanation">For example <c>another time zone</c>.</param>
/// <param name="RuledOut">True: the data rule it out. False: they do not. Null: the data cannot tell.</param>
/// <param name="Why">What the data say, in a sentence.</param>
public sealed record InnocentExplanation(string Explanation, bool? RuledOut, string Why);

/// <summary>One sample of a finding.</summary>
/// <param name="At">Its time, or null when it has none.</param>
/// <param name="Uploaded">The value as uploaded, with its unit; null when it was not.</param>
/// <param name="Disclosed">The value as disclosed, with its unit; null when it was not.</param>
public sealed record Example(Moment? At, string? Uploaded, string? Disclosed);
