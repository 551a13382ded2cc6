using NodaTime;

namespace MiSarTracker.Core.Vendors;

/// <summary>Somebody who is, or is said to be, responsible for the data: a recipient of a letter.</summary>
public sealed record Controller
{
    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Null when no address for mail is known.</summary>
    public string? Email { get; init; }

    /// <summary>The postal address line by line; empty when unknown.</summary>
    public IReadOnlyList<string> Address { get => field ?? []; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public required string Country { get; init; }

    /// <summary>Where it is established in the Union, and who supervises it there; null when it is not, or not known.</summary>
    public Establishment? Establishment { get; init; }

    /// <summary>Its representative in the Union under Article 27; null when not known: the user may fill it in.</summary>
    public Representative? Representative { get; init; }

    /// <summary>True for the one that a new case addresses first.</summary>
    public bool Default { get; init; }

    /// <summary>A web page through which requests can be made, or null.</summary>
    public Uri? Portal { get; init; }

    /// <summary>What the person should know before writing.</summary>
    public IReadOnlyList<ControllerNote> Notes { get => field ?? []; init; }

    public required string Because { get; init; }
}

/// <summary>The place in the Union, and the authority that is competent there.</summary>
public sealed record Establishment
{
    public required string Country { get; init; }

    public required string Authority { get; init; }

    public IReadOnlyList<string> AuthorityAddress { get => field ?? []; init; }
}

public sealed record Representative
{
    public required string Name { get; init; }

    public string? Email { get; init; }

    public IReadOnlyList<string> Address { get => field ?? []; init; }

    public required string Country { get; init; }
}

/// <summary>A fact about a controller, with how sure it is and since when.</summary>
public sealed record ControllerNote
{
    public required string Text { get; init; }

    /// <summary>True when it is shown before a letter is sent.</summary>
    public bool Warning { get; init; }

    /// <summary>When it happened or was read; null when not known.</summary>
    public LocalDate? Date { get; init; }

    public required Certainty Status { get; init; }
}

/// <summary>How sure a statement of a profile is.</summary>
public enum Certainty
{
    /// <summary>Checked on real data, or given by the one who ordered the product.</summary>
    Verified,

    /// <summary>Read in a public source, not checked.</summary>
    Stated,

    /// <summary>Inferred, or sources disagree.</summary>
    Unverified,
}
