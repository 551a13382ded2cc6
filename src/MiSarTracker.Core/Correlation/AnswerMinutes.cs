using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// The answer's minutes of one category on one clock, addressed by a running minute number
/// (minutes since 0001-01-01T00:00 on that clock), with a note of which were looked at.
/// </summary>
internal sealed class AnswerMinutes
{
    private readonly Dictionary<int, Slot> _days = [];

    /// <summary>The day that was asked for last: minutes are asked for one after the other.</summary>
    private (int Day, Slot? Slot) _last = (-1, null);

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
        var number = day.Date.ToDateOnly().DayNumber;
        if (shift == 0 && !_days.ContainsKey(number))
        {
            var slot = new Slot(day);
            if (slot.Count > 0)
            {
                _days.Add(number, slot);
                Samples += slot.Count;
            }

            return;
        }

        var lines = day.Lines?.ToArray();
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
                slot.Put(at, day.Values[i], lines?[i] ?? 0, day.Origin);
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

    /// <summary>The same without a copy: the values of the first day from there on, and those of the next one up to there; empty where a day has none.</summary>
    /// <returns>False when there is no value among them.</returns>
    public bool View(long start, out ReadOnlySpan<short> first, out ReadOnlySpan<short> second)
    {
        var day = (int)(start / MinuteDay.MinutesPerDay);
        var skip = (int)(start % MinuteDay.MinutesPerDay);
        first = _days.TryGetValue(day, out var one) ? one.Values.AsSpan(skip) : default;
        second = skip > 0 && _days.TryGetValue(day + 1, out var other) ? other.Values.AsSpan(0, skip) : default;
        return !first.IsEmpty || !second.IsEmpty;
    }

    /// <summary>
    /// The same, and notes that all of them were compared: <paramref name="fresh"/> says of which minutes with a value
    /// nobody had looked at before.
    /// </summary>
    public void Use(long start, Span<short> values, Span<bool> fresh)
    {
        fresh.Clear();
        if (!View(start, values))
        {
            return;
        }

        var day = (int)(start / MinuteDay.MinutesPerDay);
        var skip = (int)(start % MinuteDay.MinutesPerDay);
        var left = MinuteDay.MinutesPerDay - skip;
        At(day)?.Use(skip, fresh[..left]);
        if (skip > 0)
        {
            At(day + 1)?.Use(0, fresh[left..]);
        }
    }

    public short Value(long minute) =>
        At((int)(minute / MinuteDay.MinutesPerDay)) is { } slot ? slot.Values[minute % MinuteDay.MinutesPerDay] : MinuteDay.None;

    public Origin? Row(long minute) =>
        At((int)(minute / MinuteDay.MinutesPerDay))?.Row((int)(minute % MinuteDay.MinutesPerDay));

    /// <summary>Notes that the minute was compared with an uploaded one (or shown to have none).</summary>
    /// <returns>True when it holds a value that nobody had looked at before.</returns>
    public bool Use(long minute)
    {
        if (At((int)(minute / MinuteDay.MinutesPerDay)) is not { } slot)
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
        foreach (var (day, slot) in InOrder)
        {
            if (!slot.HasUnused)
            {
                continue;
            }

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
    public IEnumerable<Origin> Members => InOrder.SelectMany(day => day.Value.Sources).Select(origin => origin with { Number = 0 }).Distinct();

    public LocalDate? FirstDay => _days.Count == 0 ? null : LocalDate.FromDateOnly(DateOnly.FromDayNumber(_days.Keys.Min()));

    private IEnumerable<KeyValuePair<int, Slot>> InOrder => _days.OrderBy(day => day.Key);

    private Slot? At(int day)
    {
        if (_last.Day != day)
        {
            _last = (day, _days.GetValueOrDefault(day));
        }

        return _last.Slot;
    }

    private Slot SlotOf(int day)
    {
        if (!_days.TryGetValue(day, out var slot))
        {
            _days.Add(day, slot = new Slot());
        }

        return slot;
    }

    /// <summary>
    /// One day. While one member's day fills it, that day's own arrays serve; they are copied before anything is put
    /// between them.
    /// </summary>
    private sealed class Slot
    {
        private MinuteLines? _lines;
        private int[]? _ownLines;
        private byte[]? _origins;

        public Slot()
        {
            (Values, _ownLines, _origins) = (new short[MinuteDay.MinutesPerDay], new int[MinuteDay.MinutesPerDay], new byte[MinuteDay.MinutesPerDay]);
            Values.AsSpan().Fill(MinuteDay.None);
        }

        public Slot(MinuteDay day)
        {
            (Values, _lines) = (day.Values, day.Lines);
            Sources.Add(day.Origin with { Number = 0 });
        }

        public short[] Values { get; private set; }

        public bool[] Used { get; } = new bool[MinuteDay.MinutesPerDay];

        public List<Origin> Sources { get; } = [];

        public int Count => MinuteDay.MinutesPerDay - Values.AsSpan().Count(MinuteDay.None);

        public Origin? Row(int at) =>
            Values[at] < 0 ? null : Sources[_origins?[at] ?? 0] with { Number = _ownLines?[at] ?? _lines?[at] ?? 0 };

        public void Put(int at, short value, int line, Origin origin)
        {
            if (_origins is null)
            {
                (Values, _ownLines, _origins) = ([.. Values], _lines?.ToArray() ?? new int[MinuteDay.MinutesPerDay], new byte[MinuteDay.MinutesPerDay]);
            }

            (Values[at], _ownLines![at], _origins[at]) = (value, line, OriginIndex(origin));
        }

        public void Use(int from, Span<bool> fresh) => Minutes.Use(Values.AsSpan(from, fresh.Length), Used.AsSpan(from, fresh.Length), fresh);

        /// <summary>Whether nobody looked at some value.</summary>
        public bool HasUnused => Minutes.AnyUnused(Values, Used);

        /// <summary>A day's minutes come from a handful of members; the 255th and later share the last place.</summary>
        private byte OriginIndex(Origin origin)
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
    }
}
