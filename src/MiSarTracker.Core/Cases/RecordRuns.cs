using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>Keeps a comparison that was made, so that it can be made again and compared. The same result twice is one run.</summary>
public sealed record RecordComparison : IVerb<RecordComparison>
{
    public required string Engine { get; init; }

    /// <summary>SHA-256 of the comparison's JSON in the vault.</summary>
    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    public required ValueList<string> Exhibits { get; init; }

    /// <summary>The options that changed the result, as JSON.</summary>
    public string Options { get; init; } = "{}";

    public required int Findings { get; init; }

    public static Decision Decide(Case @case, RecordComparison command, Instant now)
    {
        if (@case.State == CaseState.Erased)
            throw Steps.Refuse(@case, $"{@case.Reference} is erased: there is nothing to compare.");
        Steps.RequireSha256(command.Sha256);
        foreach (var exhibit in command.Exhibits)
            _ = @case.Exhibit(exhibit);
        if (@case.Comparisons.Any(c => c.Sha256 == command.Sha256))
            return Decision.Nothing(@case);
        var run = new ComparisonRun
        {
            Number = Steps.NextNumber('C', @case.Comparisons.Select(c => c.Number)),
            At = now,
            Engine = command.Engine,
            Sha256 = command.Sha256,
            Size = command.Size,
            Exhibits = command.Exhibits,
            Options = command.Options,
            Findings = command.Findings,
        };
        return Decision.Of(
            @case with { Comparisons = @case.Comparisons.With(run) },
            "comparison-made",
            $"{run.Number}: {string.Join(", ", run.Exhibits)} compared; findings: {run.Findings}.",
            Payload.Of(
                ("comparison", run.Number),
                ("engine", run.Engine),
                ("sha256", run.Sha256),
                ("size", run.Size),
                ("exhibits", Payload.List(run.Exhibits)),
                ("options", run.Options),
                ("findings", run.Findings)));
    }
}

/// <summary>Notes a report that was written, by its hash; its file stands in the vault.</summary>
public sealed record RecordReport(string Sha256, long Size, string Comparison, string Language, bool Redacted) : IVerb<RecordReport>
{
    public static Decision Decide(Case @case, RecordReport command, Instant now)
    {
        if (@case.State == CaseState.Erased)
            throw Steps.Refuse(@case, $"{@case.Reference} is erased: there is nothing to report.");
        Steps.RequireSha256(command.Sha256);
        if (@case.Comparisons.All(c => c.Number != command.Comparison))
            throw Steps.Refuse(@case, $"{@case.Reference} has no comparison {command.Comparison}.");
        if (@case.Reports.Any(r => r.Sha256 == command.Sha256))
            return Decision.Nothing(@case);
        var run = new ReportRun
        {
            Number = Steps.NextNumber('P', @case.Reports.Select(r => r.Number)),
            At = now,
            Sha256 = command.Sha256,
            Size = command.Size,
            Comparison = command.Comparison,
            Language = command.Language,
            Redacted = command.Redacted,
        };
        return Decision.Of(
            @case with { Reports = @case.Reports.With(run) },
            "report-written",
            $"Report {run.Number} of {run.Comparison} written.",
            Payload.Of(
                ("report", run.Number),
                ("sha256", run.Sha256),
                ("size", run.Size),
                ("comparison", run.Comparison),
                ("language", run.Language),
                ("redacted", run.Redacted)));
    }
}
