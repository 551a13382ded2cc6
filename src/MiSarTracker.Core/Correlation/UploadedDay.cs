using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>One category's uploads of one local day at one offset, from one or several devices.</summary>
internal sealed class UploadedDay
{
    private short[]? _samples;

    private UploadedDay(LocalDate date, Offset offset, IReadOnlyList<MinuteDay> sources)
    {
        (Date, Offset, Sources) = (date, offset, sources);
        Only = sources.Count == 1 ? sources[0].Values : null;
        FirstMinute = AnswerMinutes.First(date);
    }

    /// <summary>The values when only one device sent any, which is the common case.</summary>
    public short[]? Only { get; }

    public LocalDate Date { get; }

    /// <summary>The phone's offset from UTC on that day; UTC when the upload did not say.</summary>
    public Offset Offset { get; }

    public IReadOnlyList<MinuteDay> Sources { get; }

    /// <summary>The minutes that hold a sample, ascending.</summary>
    public short[] Samples => _samples ??= [.. Enumerable.Range(0, MinuteDay.MinutesPerDay).Where(Holds).Select(minute => (short)minute)];

    public bool Holds(int minute)
    {
        if (Only is not null)
        {
            return Only[minute] >= 0;
        }

        foreach (var source in Sources)
        {
            if (source.Values[minute] >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public long FirstMinute { get; }

    public Instant InstantOf(int minute) => Date.AtMidnight().PlusMinutes(minute).WithOffset(Offset).ToInstant();

    public Moment MomentOf(int minute) => new(Date.AtMidnight().PlusMinutes(minute), Offset);

    /// <summary>True when one of the devices, or all of them together, sent this value.</summary>
    public bool Agrees(int minute, int disclosed, MinuteTolerance tolerance)
    {
        if (Only is not null)
        {
            return tolerance.Allows(Only[minute], disclosed);
        }

        var sum = 0;
        var devices = 0;
        foreach (var source in Sources)
        {
            var value = source.Values[minute];
            if (value < 0)
            {
                continue;
            }

            if (tolerance.Allows(value, disclosed))
            {
                return true;
            }

            sum += value;
            devices++;
        }

        return devices > 1 && tolerance.Allows(sum, disclosed);
    }

    /// <summary>The value to show: of the first device that has one.</summary>
    public short Value(int minute) => SourceOf(minute).Values[minute];

    public MinuteDay SourceOf(int minute) => Sources.First(source => source.Values[minute] >= 0);

    /// <summary>The days of one category, in order of time.</summary>
    public static IReadOnlyList<UploadedDay> Group(IEnumerable<MinuteDay> minutes)
    {
        return
        [
            .. minutes
                .GroupBy(day => (day.Date, Offset: day.Offset ?? Offset.Zero))
                .OrderBy(group => group.Key.Date).ThenByDescending(group => group.Key.Offset)
                .Select(group => new UploadedDay(group.Key.Date, group.Key.Offset, [.. group.OrderBy(day => day.Device, StringComparer.Ordinal)])),
        ];
    }
}
