using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Formats.Uploads;

/// <summary>What became of a request to one of the vendor's hosts.</summary>
public enum UploadOutcome
{
    /// <summary>It carried personal data that was decoded.</summary>
    Decoded,

    /// <summary>It carried a body that could not be read: evidence that something was sent, not of what.</summary>
    Opaque,

    /// <summary>It read back what the vendor stores. Decoded apart, never mixed with what was uploaded.</summary>
    StoredCopy,

    /// <summary>Its body can be read, but no rule says what it means: its values are kept, to be looked for in the answer.</summary>
    Unmapped,

    /// <summary>
    /// It would have carried data, but the connection failed or the server refused it: nothing shows that the vendor has the
    /// data, so the comparison does not count it.
    /// </summary>
    Attempt,

    /// <summary>It carried nothing but what every request carries (address, app version, language …).</summary>
    Plain,
}

/// <summary>One request to one of the vendor's hosts, as a reader is shown it.</summary>
public sealed record DecodedUpload
{
    /// <summary>The exchange's number in its capture, from 1.</summary>
    public required long Exchange { get; init; }

    public Instant? SeenAt { get; init; }

    public required string Method { get; init; }

    /// <summary>The URL, secrets replaced by their hashes.</summary>
    public required string Url { get; init; }

    public required string Host { get; init; }

    /// <summary>The profile's rule that recognised it, or null.</summary>
    public string? EndpointId { get; init; }

    public required UploadOutcome Outcome { get; init; }

    /// <summary>How many samples of each category it carries; what a later upload repeats is counted in each.</summary>
    public required IReadOnlyDictionary<Category, long> Observations { get; init; }

    /// <summary>How many samples of each category its answer shows that the vendor stores.</summary>
    public IReadOnlyDictionary<Category, long> Stored { get; init; } = new Dictionary<Category, long>();

    /// <summary>How many values it carries that no rule gives a meaning.</summary>
    public long UnmappedValues { get; init; }

    /// <summary>What does not fit together in it (a total and its minutes), or what a reader should know of it.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What it says, line by line, in words; empty unless the decoder was asked for it. Secrets appear as hashes only.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Why it is taken for what it is: the rule's reason, or what stood in the way.</summary>
    public required string Because { get; init; }

    /// <summary>Fields that could not be read.</summary>
    public required IReadOnlyList<Damage> Damages { get; init; }

    public bool IsOpaque => Outcome == UploadOutcome.Opaque;
}
