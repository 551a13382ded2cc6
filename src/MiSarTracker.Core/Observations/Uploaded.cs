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
}

/// <summary>A capture as the comparison's register shows it.</summary>
/// <param name="Exhibit"><c>E-001</c>.</param>
/// <param name="Sha256">Lower-case hex of the file.</param>
/// <param name="Format">The capture format, for example <c>mitmproxy-17</c>.</param>
/// <param name="From">The first exchange's time, or null.</param>
/// <param name="To">The last exchange's time, or null.</param>
public sealed record UploadExhibit(
    string Exhibit, string Sha256, string Format, NodaTime.Instant? From, NodaTime.Instant? To, long Exchanges, long Uploads, long Opaque);
