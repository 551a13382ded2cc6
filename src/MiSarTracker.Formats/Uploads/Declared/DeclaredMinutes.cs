using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using NodaTime;

namespace MiSarTracker.Formats.Uploads.Declared;

/// <summary>Gathers the minutes of one request into days.</summary>
internal sealed class DeclaredMinutes(MinuteMerging fallback, UploadSink sink)
{
    private readonly Dictionary<(SourceDay Day, Category Category, Offset? Offset), Gathered> _days = [];

    public void Add(MinuteRule rule, string device, Moment at, short value, string path)
    {
        var key = (new SourceDay(sink.Account, device, "", at.Local.Date), rule.Category, at.Offset);
        if (!_days.TryGetValue(key, out var day))
        {
            _days[key] = day = new Gathered(path, rule.Merging ?? fallback);
        }

        // Zero is no sample: a minute without steps, a heart rate that was not measured.
        if (value > 0)
        {
            day.Values[(at.Local.Hour * 60) + at.Local.Minute] = value;
        }
    }

    public void Flush()
    {
        foreach (var (key, day) in _days)
        {
            sink.Minutes(key.Day, key.Category, day.Path, key.Offset, day.Values, unsynced: 0, day.Merging);
        }
    }

    private sealed class Gathered
    {
        public Gathered(string path, MinuteMerging merging)
        {
            (Path, Merging) = (path, merging);
            Array.Fill(Values, MinuteDay.None);
        }

        public string Path { get; }

        public MinuteMerging Merging { get; }

        public short[] Values { get; } = new short[MinuteDay.MinutesPerDay];
    }
}
