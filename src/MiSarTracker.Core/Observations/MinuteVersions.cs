using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// The uploads of one day's minutes of one category, folded as they come: one array however often the day was sent.
/// </summary>
internal sealed class MinuteVersions
{
    private readonly short[] _values = new short[MinuteDay.MinutesPerDay];
    private List<Sighting>? _sightings;
    private int[]? _versionOf;
    private Sighting _latest;
    private Origin _origin;
    private Offset? _offset;
    private int _unsynced;
    private int _count;

    public void Add(in Sighting seen, string part, Offset? offset, ReadOnlySpan<short> values, int unsynced, MinuteMerging merging)
    {
        if (merging == MinuteMerging.MergeMinutes)
        {
            Merge(seen, values);
        }

        var isLatest = _count == 0 || seen > _latest;
        _count++;
        if (!isLatest)
        {
            return;
        }

        if (merging == MinuteMerging.ReplaceDay)
        {
            values.CopyTo(_values);
        }

        (_latest, _origin, _offset, _unsynced) = (seen, Origin.InUpload(seen.Exhibit, seen.Exchange, part), offset, unsynced);
    }

    public MinuteDay Build(Category category, SourceDay day) => new(category, day.Date, _offset, _origin, _values)
    {
        Device = day.Device.Length == 0 ? null : day.Device,
        Unsynced = _unsynced,
        SeenAt = _latest.SeenAt,
        EarlierVersions = _count - 1,
    };

    private void Merge(in Sighting seen, ReadOnlySpan<short> values)
    {
        if (_versionOf is null || _sightings is null)
        {
            (_versionOf, _sightings) = (new int[MinuteDay.MinutesPerDay], []);
            Array.Fill(_versionOf, -1);
            Array.Fill(_values, MinuteDay.None);
        }

        var version = _sightings.Count;
        _sightings.Add(seen);
        for (var minute = 0; minute < values.Length; minute++)
        {
            var holder = _versionOf[minute];
            if (values[minute] != MinuteDay.None && (holder < 0 || seen > _sightings[holder]))
            {
                (_values[minute], _versionOf[minute]) = (values[minute], version);
            }
        }
    }
}
