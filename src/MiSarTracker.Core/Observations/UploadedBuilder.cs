using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// Folds what captures show into their current state: of each day, night, workout and measurement the latest upload,
/// of each fact every value. Takes exchanges and files in any order with the same result. Holds one array per day and
/// category however often the day was uploaded.
/// </summary>
public sealed class UploadedBuilder
{
    private readonly List<UploadExhibit> _exhibits = [];
    private readonly Dictionary<(SourceDay Day, Category Category), MinuteVersions> _minutes = [];
    private readonly Dictionary<GroupKey, OccurrenceVersions> _groups = [];
    private readonly Dictionary<(GroupKey Key, Category Category), (Sighting Seen, Series? Series)> _series = [];
    private readonly Dictionary<(SourceDay Day, Category Category, string Name), (Sighting Seen, DailyTotal Total)> _totals = [];
    private readonly FactSightings _facts = new();
    private readonly Dictionary<string, HostTraffic> _hosts = new(StringComparer.Ordinal);
    private readonly SentValues _values = new();
    private UploadedBuilder? _stored;

    /// <summary>False when nobody will look for <see cref="Uploaded.Values"/>: finding them costs time.</summary>
    public bool KeepsValues { get; init; } = true;

    /// <summary>Takes what answers show that the vendor stores; becomes <see cref="Uploaded.Stored"/>.</summary>
    public UploadedBuilder Stored => _stored ??= new UploadedBuilder { KeepsValues = false };

    public void Exhibit(UploadExhibit exhibit) => _exhibits.Add(exhibit);

    /// <summary>
    /// A day's values of one category. An upload that does not carry the category is simply not given here, and so
    /// leaves an earlier one's values in place.
    /// </summary>
    /// <param name="part">The path in the upload's body, for <see cref="Origin"/>.</param>
    /// <param name="values">1,440 values, <see cref="MinuteDay.None"/> where there is no sample; copied.</param>
    /// <param name="unsynced">Minutes that the upload marked as not yet synced.</param>
    public void Minutes(
        SourceDay day, Category category, in Sighting seen, string part, Offset? offset, ReadOnlySpan<short> values, int unsynced,
        MinuteMerging merging = MinuteMerging.ReplaceDay)
    {
        if (values.Length != MinuteDay.MinutesPerDay)
        {
            throw new ArgumentException($"A day has {MinuteDay.MinutesPerDay} minutes, not {values.Length}.", nameof(values));
        }

        if (!_minutes.TryGetValue((day, category), out var versions))
        {
            _minutes[(day, category)] = versions = new MinuteVersions();
        }

        versions.Add(seen, part, offset, values, unsynced, merging);
    }

    /// <summary>
    /// Things that the upload states together. The latest statement of the same key counts; an empty list says that
    /// the person deleted them.
    /// </summary>
    public void Occurrences(GroupKey key, in Sighting seen, IReadOnlyList<Occurrence> occurrences) =>
        Group(key).State(seen, occurrences);

    /// <summary>A change to some fields of the group's first occurrence, such as a corrected distance.</summary>
    public void Amend(GroupKey key, in Sighting seen, IReadOnlyList<Field> fields) => Group(key).Amend(seen, fields);

    /// <summary>A series; the latest of the same key and category counts.</summary>
    public void Series(GroupKey key, in Sighting seen, Series series) => Series(key, series.Category, seen, series);

    /// <summary>Says that the person deleted the series of this key and category.</summary>
    public void NoSeries(GroupKey key, Category category, in Sighting seen) => Series(key, category, seen, null);

    /// <summary>A total of one day; the latest upload of the same source's day counts.</summary>
    public void Total(SourceDay day, in Sighting seen, DailyTotal total)
    {
        var key = (day, total.Category, total.Name);
        if (!_totals.TryGetValue(key, out var held) || seen > held.Seen)
        {
            _totals[key] = (seen, total with { SeenAt = seen.SeenAt });
        }
    }

    /// <summary>A fact; every value of a field is kept, with the number of exchanges that carried it.</summary>
    public void Fact(in Sighting seen, Fact fact) => _facts.Add(seen, fact);

    /// <summary>A value that no rule gives a meaning.</summary>
    public void Value(in Sighting seen, SentValue value)
    {
        if (KeepsValues)
        {
            _values.Add(seen, value);
        }
    }

    /// <summary>One exchange, or one refused connection, with a host.</summary>
    /// <param name="host">Lower case.</param>
    /// <param name="isUpload">It carried personal data that was decoded, or an opaque body.</param>
    /// <param name="isOpaque">Its body could not be read.</param>
    /// <param name="isRefused">The app refused interception; there was no exchange.</param>
    /// <param name="bytes">The request body's bytes as sent.</param>
    /// <param name="isForeign">It had a body, and the host is not the vendor's.</param>
    public void Traffic(string host, Instant? at, bool isUpload, bool isOpaque, bool isRefused, long bytes, bool isForeign = false)
    {
        var held = _hosts.GetValueOrDefault(host) ?? new HostTraffic(host, 0, 0, 0, 0, 0, null, null);
        _hosts[host] = held with
        {
            Requests = held.Requests + (isRefused ? 0 : 1),
            Uploads = held.Uploads + (isUpload ? 1 : 0),
            Opaque = held.Opaque + (isOpaque ? 1 : 0),
            Refused = held.Refused + (isRefused ? 1 : 0),
            Bytes = held.Bytes + bytes,
            Foreign = held.Foreign + (isForeign ? 1 : 0),
            FirstSeen = Earlier(held.FirstSeen, at),
            LastSeen = Later(held.LastSeen, at),
        };
    }

    /// <summary>Connections with a host of which only the outside is known: how many, the bytes sent in them, and when.</summary>
    /// <param name="host">Lower case.</param>
    public void Connections(string host, long count, long bytesSent, Instant? first, Instant? last)
    {
        var held = _hosts.GetValueOrDefault(host) ?? new HostTraffic(host, 0, 0, 0, 0, 0, null, null);
        _hosts[host] = held with
        {
            Connections = held.Connections + count,
            ConnectionBytes = held.ConnectionBytes + bytesSent,
            FirstSeen = Earlier(held.FirstSeen, first),
            LastSeen = Later(held.LastSeen, last),
        };
    }

    /// <summary>The current state, sorted. Hands over the arrays: the builder takes nothing more afterwards.</summary>
    public Uploaded Build() => new()
    {
        Exhibits = [.. _exhibits.OrderBy(exhibit => exhibit.Exhibit, StringComparer.Ordinal)],
        Minutes =
        [
            .. _minutes
                .OrderBy(entry => entry.Key.Category).ThenBy(entry => entry.Key.Day.Date)
                .ThenBy(entry => entry.Key.Day.Account, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Day.Device, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Day.Source, StringComparer.Ordinal)
                .Select(entry => entry.Value.Build(entry.Key.Category, entry.Key.Day)),
        ],
        Occurrences = [.. OneNight.WithoutEarlier(_groups.Values).SelectMany(group => group.Build()).Order(ObservationOrder.Occurrences)],
        Series =
        [
            .. _series.Values.Where(entry => entry.Series is not null).Select(entry => entry.Series!).Order(ObservationOrder.Series),
        ],
        Facts = _facts.Build(),
        Totals =
        [
            .. _totals
                .OrderBy(entry => entry.Value.Total.Category).ThenBy(entry => entry.Value.Total.Date)
                .ThenBy(entry => entry.Value.Total.Name, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Day.Account, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Day.Device, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Day.Source, StringComparer.Ordinal)
                .Select(entry => entry.Value.Total),
        ],
        Hosts = [.. _hosts.Values.OrderBy(host => host.Host, StringComparer.Ordinal)],
        Stored = _stored?.Build(),
        Values = _values.Build(),
        ValuesAreCut = _values.IsCut,
    };

    private OccurrenceVersions Group(GroupKey key)
    {
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups[key] = group = new OccurrenceVersions(key.Owner);
        }

        return group;
    }

    private void Series(GroupKey key, Category category, in Sighting seen, Series? series)
    {
        if (!_series.TryGetValue((key, category), out var held) || seen > held.Seen)
        {
            _series[(key, category)] = (seen, series);
        }
    }

    private static Instant? Earlier(Instant? held, Instant? at) => held is null || at < held ? at ?? held : held;

    private static Instant? Later(Instant? held, Instant? at) => held is null || at > held ? at ?? held : held;
}
