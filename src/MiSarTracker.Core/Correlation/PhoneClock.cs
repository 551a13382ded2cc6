using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>The phone's offset from UTC as the uploads state it, day by day; between them the nearest day counts.</summary>
internal sealed class PhoneClock
{
    private readonly List<(LocalDate Date, Offset Offset)> _days;

    public PhoneClock(Uploaded uploaded)
    {
        var minutes = uploaded.Minutes.Where(day => day.Offset is not null).Select(day => (day.Date, Offset: day.Offset!.Value));
        var occurrences = uploaded.Occurrences.Where(what => what.Start.Offset is not null).Select(what => (what.Start.Local.Date, Offset: what.Start.Offset!.Value));
        var fromMinutes = minutes.Distinct().OrderBy(day => day.Date).ThenBy(day => day.Offset).ToList();
        // A minute day's offset is the phone's own; an occurrence's may be plain UTC, so it only helps out.
        _days = fromMinutes.Count > 0 ? fromMinutes : [.. occurrences.Distinct().OrderBy(day => day.Date).ThenBy(day => day.Offset)];
    }

    public Offset OffsetNear(LocalDate date)
    {
        if (_days.Count == 0)
        {
            return Offset.Zero;
        }

        var after = FirstFrom(date);
        return after == _days.Count ? _days[^1].Offset
            : after > 0 && Period.DaysBetween(_days[after - 1].Date, date) < Period.DaysBetween(date, _days[after].Date) ? _days[after - 1].Offset
            : _days[after].Offset;
    }

    /// <summary>The place of the first day that is not before the date; behind the last when all are.</summary>
    private int FirstFrom(LocalDate date)
    {
        int low = 0, high = _days.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _days[middle].Date < date ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The instant as the phone's clock would have shown it.</summary>
    public Moment Show(Instant instant) => Moment.At(instant, OffsetNear(instant.InUtc().Date));
}
