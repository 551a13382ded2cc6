namespace MiSarTracker.Core.Vendors;

/// <summary>Whose host a host is, and what for.</summary>
public sealed record HostRule
{
    /// <summary>Tested against the lower-case host name.</summary>
    public required Pattern Match { get; init; }

    /// <summary>For example <c>data</c>, <c>login</c>, <c>analytics</c>.</summary>
    public required string Role { get; init; }

    public required string Owner { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of the owner's seat, or null when not known.</summary>
    public string? Country { get; init; }

    public required string Because { get; init; }
}
