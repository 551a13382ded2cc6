using NodaTime;

namespace MiSarTracker.Core.Cases;

public enum ExhibitKind
{
    /// <summary>What the app was seen to upload: E-001, E-002, …</summary>
    Evidence,

    /// <summary>What a controller answered, …</summary>
    Response,
}

/// <summary>A file that was put on the record. Its bytes stand in the vault under their SHA-256 and never change.</summary>
public sealed record Exhibit
{
    /// <summary><c>E-001</c> or <c>R-001</c>, counted per case and kind.</summary>
    public required string Number { get; init; }

    public required ExhibitKind Kind { get; init; }

    /// <summary>The name of the file as it was added, without its folder.</summary>
    public required string FileName { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The format found in the content, for example <c>mitmproxy/17</c>.</summary>
    public required string Format { get; init; }

    public required Instant AddedAt { get; init; }

    /// <summary>A response's day of arrival, if told.</summary>
    public LocalDate? Received { get; init; }

    /// <summary>The controller that a response came from, if told.</summary>
    public string? Controller { get; init; }

    public string? Device { get; init; }

    public string? App { get; init; }

    public string? Note { get; init; }

    /// <summary>A password opens it; the password stands in the workspace's secrets, never here.</summary>
    public bool HasPassword { get; init; }

    /// <summary>What adding it printed, as JSON, so that listing needs no second reading. Empty object when nothing was.</summary>
    public string Summary { get; init; } = "{}";
}
