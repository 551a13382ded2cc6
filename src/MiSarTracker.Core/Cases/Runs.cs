using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>A comparison that was made: enough to make it again and see whether it comes out the same.</summary>
public sealed record ComparisonRun
{
    /// <summary><c>C-001</c>, counted per case.</summary>
    public required string Number { get; init; }

    public required Instant At { get; init; }

    /// <summary>Version of the engine, for example <c>1.0</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>SHA-256 of the comparison's JSON, which stands in the vault.</summary>
    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    /// <summary>The exhibits that went in, in order.</summary>
    public required ValueList<string> Exhibits { get; init; }

    /// <summary>The options that changed the result, as JSON (time zone, tolerances); <c>{}</c> for none.</summary>
    public string Options { get; init; } = "{}";

    public required int Findings { get; init; }
}

/// <summary>A report that left the workspace: its hash lets anyone ask whether a file is one of ours.</summary>
public sealed record ReportRun
{
    /// <summary><c>P-001</c>, counted per case.</summary>
    public required string Number { get; init; }

    public required Instant At { get; init; }

    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    /// <summary>The comparison that it shows, for example <c>C-001</c>.</summary>
    public required string Comparison { get; init; }

    public required string Language { get; init; }

    public bool Redacted { get; init; }
}

/// <summary>A mail that reached the case. The raw bytes stand in the vault.</summary>
public sealed record IncomingMail
{
    /// <summary><c>M-001</c>, counted per case.</summary>
    public required string Number { get; init; }

    /// <summary>SHA-256 of the raw bytes: the mail's identity.</summary>
    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    public string? MessageId { get; init; }

    public required string From { get; init; }

    public required string Subject { get; init; }

    /// <summary>The Date header's moment, if it has one.</summary>
    public Instant? SentAt { get; init; }

    public required Instant AddedAt { get; init; }

    /// <summary>An automatic reply (RFC 3834): it never moves a clock.</summary>
    public bool Automatic { get; init; }

    /// <summary>The letter of ours that it answers, if known.</summary>
    public string? Answers { get; init; }
}
