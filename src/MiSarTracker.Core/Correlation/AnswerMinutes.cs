using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// The answer's minutes of one category on one clock, addressed by a running minute number
/// (minutes since 0001-01-01T00:00 on that clock), with a note of which were looked at.
/// </summary>
internal sealed class AnswerMinutes
{
    private readonly SortedDictionary<int, Slot> _days = [];

    /// <summary>The samples: minutes that hold a value.</summary>
    public long Samples { get; private set; }

    public bool IsEmpty => _days.Count == 0;

    public static AnswerMinutes Bare(IEnumerable<MinuteDay> days) => Build(days.Where(day => day.Offset is null));

    /// <summary>The days that carry an offset, moved to UTC.</summary>
    public static AnswerMinutes Utc(IEnumerable<MinuteDay> days) => Build(days.Where(day => day.Offset is not null));

    private static AnswerMinutes Build(IEnumerable<MinuteDay> days)
    {
        var minutes = new AnswerMinutes();
        foreach (var day in days)
        {
            minutes.Add(day);
        }

        return minutes;
    }

    private void Add(MinuteDay day)
    {
        var shift = (day.Offset?.Seconds ?? 0) / 60;
        for (var i = 0; i < MinuteDay.MinutesPerDay; i++)
        {
            if (day.Values[i] < 0)
            {
                continue;
            }

            var minute = First(day.Date) + i - shift;
            var slot = SlotOf((int)(minute / MinuteDay.MinutesPerDay));
            var at = (int)(minute % MinuteDay.MinutesPerDay);
            if (slot.Values[at] < 0)
            {
                slot.Values[at] = day.Values[i];
                slot.Lines[at] = day.Lines?[i] ?? 0;
                slot.Origins[at] = slot.OriginIndex(day.Origin);
                Samples++;
            }
        }
    }

    /// <summary>The running number of the day's first minute.</summary>
    public static long First(LocalDate date) => (long)date.ToDateOnly().DayNumber * MinuteDay.MinutesPerDay;

    public static LocalDateTime Time(long minute) =>
        LocalDate.FromDateOnly(DateOnly.FromDayNumber((int)(minute / MinuteDay.MinutesPerDay))).AtMidnight()
            .PlusMinutes(minute % MinuteDay.MinutesPerDay);

    /// <summary>Copies the 1,440 values from <paramref name="start"/> on; <see cref="MinuteDay.None"/> where there is none.</summary>
    /// <returns>False when there is no value among them.</returns>
    public bool View(long start, Span<short> values)
    {
        values.Fill(MinuteDay.None);
        var day = (int)(start / MinuteDay.MinutesPerDay);
        var skip = (int)(start % MinuteDay.MinutesPerDay);
        var any = false;
        if (_days.TryGetValue(day, out var first))
        {
            first.Values.AsSpan(skip).CopyTo(values);
            any = true;
        }

        if (skip > 0 && _days.TryGetValue(day + 1, out var second))
        {
            second.Values.AsSpan(0, skip).CopyTo(values[(MinuteDay.MinutesPerDay - skip)..]);
            any = true;
        }

        return any;
    }

    public short Value(long minute) =>
        _days.TryGetValue((int)(minute / MinuteDay.MinutesPerDay), out var slot) ? slot.Values[minute % MinuteDay.MinutesPerDay] : MinuteDay.None;

    public Origin? Row(long minute)
    {
        if (!_days.TryGetValue((int)(minute / MinuteDay.MinutesPerDay), out var slot))
        {
            return null;
        }

        var at = minute % MinuteDay.MinutesPerDay;
        return slot.Values[at] < 0 ? null : slot.Sources[slot.Origins[at]] with { Number = slot.Lines[at] };
    }

    /// <summary>Notes that the minute was compared with an uploaded one (or shown to have none).</summary>
    /// <returns>True when it holds a value that nobody had looked at before.</returns>
    public bool Use(long minute)
    {
        if (!_days.TryGetValue((int)(minute / MinuteDay.MinutesPerDay), out var slot))
        {
            return false;
        }

        var at = minute % MinuteDay.MinutesPerDay;
        if (slot.Values[at] < 0 || slot.Used[at])
        {
            return false;
        }

        slot.Used[at] = true;
        return true;
    }

    /// <summary>The minutes that nobody looked at, in order.</summary>
    public IEnumerable<long> Unused()
    {
        foreach (var (day, slot) in _days)
        {
            for (var i = 0; i < MinuteDay.MinutesPerDay; i++)
            {
                if (slot.Values[i] >= 0 && !slot.Used[i])
                {
                    yield return ((long)day * MinuteDay.MinutesPerDay) + i;
                }
            }
        }
    }

    /// <summary>The members that the minutes came from.</summary>
    public IEnumerable<Origin> Members => _days.Values.SelectMany(slot => slot.Sources).Select(origin => origin with { Number = 0 }).Distinct();

    public LocalDate? FirstDay => _days.Count == 0 ? null : LocalDate.FromDateOnly(DateOnly.FromDayNumber(_days.Keys.First()));

    private Slot SlotOf(int day)
    {
        if (!_days.TryGetValue(day, out var slot))
        {
            _days.Add(day, slot = new Slot());
        }

        return slot;
    }

    private sealed class Slot
    {
        public readonly short[] Values = Filled();
        public readonly int[] Lines = new int[MinuteDay.MinutesPerDay];
        public readonly byte[] Origins = new byte[MinuteDay.MinutesPerDay];
        public readonly bool[] Used = new bool[MinuteDay.MinutesPerDay];
        public readonly List<Origin> Sources = [];

        /// <summary>A day's minutes come from a handful of members; the 255th and later share the last place.</summary>
        public byte OriginIndex(Origin origin)
        {
            var member = origin with { Number = 0 };
            var at = Sources.IndexOf(member);
            if (at < 0 && Sources.Count < byte.MaxValue)
            {
                Sources.Add(member);
                at = Sources.Count - 1;
            }

            return (byte)(at < 0 ? byte.MaxValue - 1 : at);
        }

        private static short[] Filled()
        {
            var values = new short[MinuteDay.MinutesPerDay];
            values.AsSpan().Fill(MinuteDay.None);
            return values;
        }
    }
}
