using MiSarTracker.Core;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>What a letter says was seen uploaded: types, days, counts, hosts. Never a value.</summary>
public static class SeenUploads
{
    public static IReadOnlyList<SeenUpload> Of(Uploaded uploaded)
    {
        var hosts = uploaded.Hosts.Where(host => host.Uploads > host.Opaque).Select(host => SingleLine.Parse(host.Host, "a host")).ToList();
        return [.. SampleCounts.Of(uploaded).Select(count => new SeenUpload(count.Key, Day(uploaded, count.Key, first: true), Day(uploaded, count.Key, first: false), count.Value, hosts))];
    }

    private static LocalDate? Day(Uploaded uploaded, Category category, bool first)
    {
        var days = uploaded.Minutes.Where(day => day.Category == category).Select(day => day.Date)
            .Concat(uploaded.Occurrences.Where(what => what.Category == category).Select(what => what.Start.Local.Date))
            .Concat(uploaded.Series.Where(series => series.Category == category).Select(series => series.Start.Local.Date))
            .ToList();
        return days.Count == 0 ? null : first ? days.Min() : days.Max();
    }
}
