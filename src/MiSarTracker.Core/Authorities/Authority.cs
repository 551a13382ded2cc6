using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Core.Authorities;

/// <summary>A supervisory authority, to which a person may complain.</summary>
public sealed record Authority
{
    /// <summary>Country and short name: <c>nl-ap</c>, <c>de-by</c>.</summary>
    public required string Id { get; init; }

    /// <summary>As the authority calls itself.</summary>
    public required string Name { get; init; }

    /// <summary>Its English name, or null when it is known by its own.</summary>
    public string? EnglishName { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>ISO 3166-2 code of the region that it is for (<c>DE-BY</c>); null for a whole country.</summary>
    public string? Region { get; init; }

    /// <summary>True for a country's federal authority where regional ones supervise companies.</summary>
    public bool IsFederal { get; init; }

    /// <summary>The postal address line by line, without the name; empty when it is not known for sure.</summary>
    public IReadOnlyList<string> Address { get; init; } = [];

    /// <summary>Null when it takes no complaints by mail, or no address is known.</summary>
    public string? Email { get; init; }

    /// <summary>Where a complaint can be made on the web.</summary>
    public Uri? WebForm { get; init; }

    public Uri? Site { get; init; }

    /// <summary>ISO 639 codes of the languages it works in, the first one first.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>How sure the entry is.</summary>
    public required Certainty Status { get; init; }

    /// <summary>Where the entry comes from.</summary>
    public required string Because { get; init; }

    /// <summary>What a person should know before writing there.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public override string ToString() => Id;
}
