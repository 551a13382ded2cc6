namespace MiSarTracker.Core.Observations;

/// <summary>
/// What the captures show that was sent to the vendor: one side of the comparison. Already reduced to the current
/// state: of a day that was uploaded many times, the latest.
/// </summary>
public sealed class Uploaded
{
    public IReadOnlyList<UploadExhibit> Exhibits { get; init; } = [];

    public IReadOnlyList<MinuteDay> Minutes { get; init; } = [];

    public IReadOnlyList<Occurrence> Occurrences { get; init; } = [];

    public IReadOnlyList<Series> Series { get; init; } = [];

    public IReadOnlyList<Fact> Facts { get; init; } = [];

    public IReadOnlyList<DailyTotal> Totals { get; init; } = [];

    public IReadOnlyList<HostTraffic> Hosts { get; init; } = [];

    /// <summary>
    /// What the vendor's answers to the app show that it stores, in the same form; null when the captures hold no such answer. Evidence that
    /// the vendor has it, and no evidence that it was uploaded in these captures: it is never mixed with the rest.
    /// </summary>
    public Uploaded? Stored { get; init; }

    /// <summary>Values that no rule gives a meaning, of requests to any host; sorted by host, field and value.</summary>
    public IReadOnlyList<SentValue> Values { get; init; } = [];

    /// <summary>True when there were more <see cref="Values"/> than are kept, or longer ones: not finding one in the answer says nothing of the others.</summary>
    public bool ValuesAreCut { get; init; }
}

/// <summary>A capture as the comparison's register shows it.</summary>
/// <param name="Exhibit"><c>E-001</c>.</param>
/// <param name="Sha256">Lower-case hex of the file.</param>
/// <param name="Format">The capture format, for example <c>mitmproxy-17</c>.</param>
/// <param name="From">The first exchange's time, or null.</param>
/// <param name="To">The last exchange's time, or null.</param>
public sealed record UploadExhibit(
    string Exhibit, string Sha256, string Format, NodaTime.Instant? From, NodaTime.Instant? To, long Exchanges, long Uploads, long Opaque)
{
    /// <summary>Exchanges whose answer shows what the vendor stores.</summary>
    public long StoredCopies { get; init; }
}
