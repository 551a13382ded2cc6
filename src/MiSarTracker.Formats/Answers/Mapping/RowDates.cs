using System.Globalization;
using NodaTime;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>
/// The days of which an answer's rows tell, to hold its stamps against: an answer cannot tell of days after it was made.
/// </summary>
internal sealed class RowDates
{
    /// <summary>A local day may begin half a day before the stamp's day in UTC does.</summary>
    private const int Slack = 1;

    /// <summary>One odd date among so many rows is a fault of the row, not of the stamp.</summary>
    private const int Stray = 100;

    private readonly Dictionary<LocalDate, (long Count, string Where)> _days = [];
    private long _count;

    /// <summary>Notes a row, or a run of rows of one day.</summary>
    public void Saw(LocalDate day, string member, long line)
    {
        _count++;
        _days[day] = _days.TryGetValue(day, out var seen)
            ? (seen.Count + 1, seen.Where)
            : (1, string.Create(CultureInfo.InvariantCulture, $"{member} line {line}"));
    }

    /// <summary>What contradicts a stamp, or null. The stamp is to be believed when only a stray row does.</summary>
    public (string Reason, bool IsStray)? After(Instant stamp)
    {
        var last = stamp.InUtc().Date.PlusDays(Slack);
        var later = _days.Where(day => day.Key > last).OrderByDescending(day => day.Key).ToList();
        if (later.Count == 0)
        {
            return null;
        }

        var rows = later.Sum(day => day.Value.Count);
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"says {last.PlusDays(-Slack):uuuu-MM-dd}, but rows tell of days up to {later[0].Key:uuuu-MM-dd} ({later[0].Value.Where})");
        return (reason, later.Count == 1 && rows * Stray < _count);
    }
}
