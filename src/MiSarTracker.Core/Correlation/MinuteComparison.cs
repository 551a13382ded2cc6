using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// Compares one category minute by minute: decides the state of every uploaded minute, and of every disclosed one
/// that no upload has.
/// </summary>
internal sealed class MinuteComparison
{
    private const int Block = 32;

    private readonly Category _category;
    private readonly IReadOnlyList<UploadedDay> _days;
    private readonly AnswerMinutes _bare;
    private readonly AnswerMinutes _utc;
    private readonly ClockAlignment _clock;
    private readonly AnswerRange _range;
    private readonly MinuteTolerance _tolerance;
    private readonly SortedDictionary<LocalDate, MinuteState[]> _maps = [];
    private readonly Dictionary<string, long> _reasons = [];

    /// <summary>
    /// By how much later a minute of the day in hand may have been than its offset says: an upload gives one offset for the whole day, also
    /// for the hours before the clock moved.
    /// </summary>
    private Duration _slack;

    private MinuteComparison(
        Category category, IReadOnlyList<UploadedDay> days, AnswerMinutes bare, AnswerMinutes utc, ClockAlignment clock, AnswerRange range, MinuteTolerance tolerance)
    {
        (_category, _days, _bare, _utc, _clock, _range, _tolerance) = (category, days, bare, utc, clock, range, tolerance);
    }

    public static MinuteResult Compare(
        Category category,
        IReadOnlyList<UploadedDay> days,
        AnswerMinutes bare,
        AnswerMinutes utc,
        ClockAlignment clock,
        AnswerRange range,
        MinuteTolerance tolerance)
    {
        var comparison = new MinuteComparison(category, days, bare, utc, clock, range, tolerance);
        for (var i = 0; i < days.Count; i++)
        {
            comparison.CompareDay(i);
        }

        comparison.PlaceUnused();
        return new MinuteResult(
            category, days, bare, utc,
            [.. comparison._maps.Select(map => new DayMap(category, map.Key, map.Value))],
            [.. comparison._reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal)],
            comparison.AnswerMinute);
    }

    private void CompareDay(int index)
    {
        var day = _days[index];
        _slack = index > 0 && _days[index - 1].Offset < day.Offset ? Duration.FromSeconds(day.Offset.Seconds - _days[index - 1].Offset.Seconds) : Duration.Zero;
        var states = MapOf(day.Date);
        var split = _clock.ChangesAt(index)
            ? DaySplit.Find(day, _bare, _clock.ShiftsAround(index), _clock.ShiftsBeside(index), _tolerance)
            : DaySplit.None(_clock.ShiftOf(index));
        var uncertain = _clock.IsAmbiguous(index) || ClockIsUnknown;
        if (day.Only is not null && split.IsConstant && _utc.IsEmpty)
        {
            CompareWhole(day, day.Only, split.Before, uncertain, states);
            return;
        }

        for (var minute = 0; minute < MinuteDay.MinutesPerDay; minute++)
        {
            var state = StateOf(day, minute, split.ShiftOf(minute), uncertain);
            if (state != MinuteState.NoData)
            {
                states[minute] = state;
            }
        }
    }

    /// <summary>The same for the usual day, of one device and one shift, without a question per minute to anybody.</summary>
    private void CompareWhole(UploadedDay day, short[] uploaded, int shift, bool clockIsUncertain, MinuteState[] states)
    {
        Span<short> disclosed = stackalloc short[MinuteDay.MinutesPerDay];
        Span<bool> fresh = stackalloc bool[MinuteDay.MinutesPerDay];
        _bare.Use(day.FirstMinute + shift, disclosed, fresh);

        // A range ends, and what is before its end is within it: when the day's last minute is inside, all are.
        var isInside = !clockIsUncertain && OutsideOf(day, MinuteDay.MinutesPerDay - 1, clockIsUncertain) is null;
        for (var minute = 0; minute < uploaded.Length; minute++)
        {
            minute += MatchFrom(minute, uploaded, disclosed, fresh, states);
            if (minute == uploaded.Length)
            {
                break;
            }

            var (mine, theirs) = (uploaded[minute], disclosed[minute]);
            if (mine < 0)
            {
                states[minute] = fresh[minute] ? MinuteState.DisclosedOnly : states[minute];
            }
            else if (theirs >= 0 && _tolerance.Allows(mine, theirs))
            {
                states[minute] = MinuteState.Matched;
            }
            else
            {
                states[minute] = isInside
                    ? theirs >= 0 ? MinuteState.Altered : MinuteState.Missing
                    : Different(day, minute, theirs, clockIsUncertain);
            }
        }
    }

    /// <summary>Asked at the beginning of each block of minutes: how many of them simply agree.</summary>
    private int MatchFrom(int minute, ReadOnlySpan<short> uploaded, ReadOnlySpan<short> disclosed, ReadOnlySpan<bool> fresh, Span<MinuteState> states) =>
        minute % Block == 0 && _tolerance.Hundredths == 0
            ? Minutes.Match(uploaded[minute..], disclosed[minute..], fresh[minute..], (short)Math.Min(_tolerance.Whole, short.MaxValue), states[minute..])
            : 0;

    /// <summary>Both sides have minutes at the same times, and not one agrees under any clock.</summary>
    private bool ClockIsUnknown => _clock is { Shared: > 0, Matching: 0 };

    private MinuteState StateOf(UploadedDay day, int minute, int shift, bool clockIsUncertain)
    {
        var (bareMinute, utcMinute) = (day.FirstMinute + minute + shift, day.FirstMinute + minute - (day.Offset.Seconds / 60));
        var disclosed = Disclosed(bareMinute, utcMinute);
        if (!day.Holds(minute))
        {
            return _bare.Use(bareMinute) | _utc.Use(utcMinute) ? MinuteState.DisclosedOnly : MinuteState.NoData;
        }

        _bare.Use(bareMinute);
        _utc.Use(utcMinute);
        if (disclosed >= 0 && day.Agrees(minute, disclosed, _tolerance))
        {
            return MinuteState.Matched;
        }

        return Different(day, minute, disclosed, clockIsUncertain);
    }

    /// <summary>The state of an uploaded minute that the answer does not have so.</summary>
    private MinuteState Different(UploadedDay day, int minute, int disclosed, bool clockIsUncertain)
    {
        if (OutsideOf(day, minute, clockIsUncertain) is { } outside)
        {
            _reasons[outside] = _reasons.GetValueOrDefault(outside) + 1;
            return MinuteState.NotComparable;
        }

        return disclosed >= 0 ? MinuteState.Altered : MinuteState.Missing;
    }

    private string? OutsideOf(UploadedDay day, int minute, bool clockIsUncertain) =>
        _range.Outside(day.Date.AtMidnight().PlusMinutes(minute), day.InstantOf(minute) + _slack, (day.Only is null ? day.SourceOf(minute) : day.Sources[0]).SeenAt)
        ?? (clockIsUncertain ? "the answer's clock could not be established" : null);

    private short Disclosed(long bareMinute, long utcMinute) =>
        _bare.Value(bareMinute) is var bare and >= 0 ? bare : _utc.Value(utcMinute);

    /// <summary>What the answer says of a minute of the phone's day, wherever it was found.</summary>
    private (short Value, Origin? Row) AnswerMinute(LocalDate date, int minute)
    {
        var local = AnswerMinutes.First(date) + minute;
        var bare = local + _clock.ShiftNear(date);
        var utc = local - (_days.FirstOn(date)?.Offset.Seconds / 60 ?? 0);
        return (Disclosed(bare, utc), _bare.Row(bare) ?? _utc.Row(utc));
    }

    /// <summary>What no uploaded day looked at lies on days that no capture covers.</summary>
    private void PlaceUnused()
    {
        foreach (var day in _bare.Unused().GroupBy(minute => minute / MinuteDay.MinutesPerDay))
        {
            var shift = _clock.ShiftNear(AnswerMinutes.Time(day.First()).Date);
            foreach (var minute in day)
            {
                Place(minute - shift);
            }
        }

        foreach (var minute in _utc.Unused())
        {
            Place(minute);
        }
    }

    private void Place(long phoneMinute)
    {
        var states = MapOf(AnswerMinutes.Time(phoneMinute).Date);
        var at = (int)(phoneMinute % MinuteDay.MinutesPerDay);
        if (states[at] == MinuteState.NoData)
        {
            states[at] = MinuteState.OutsideCapture;
        }
    }

    private MinuteState[] MapOf(LocalDate date)
    {
        if (!_maps.TryGetValue(date, out var states))
        {
            _maps.Add(date, states = new MinuteState[MinuteDay.MinutesPerDay]);
        }

        return states;
    }
}

/// <summary>The states of one category's minutes, and the way back to both sides.</summary>
internal sealed record MinuteResult(
    Category Category,
    IReadOnlyList<UploadedDay> Days,
    AnswerMinutes Bare,
    AnswerMinutes Utc,
    IReadOnlyList<DayMap> Maps,
    IReadOnlyList<KeyValuePair<string, long>> Reasons,
    Func<LocalDate, int, (short Value, Origin? Row)> AnswerMinute)
{
    private readonly ILookup<LocalDate, UploadedDay> _byDate = Days.ToLookup(day => day.Date);

    /// <summary>The day's uploads that hold the minute; the first ones where none do.</summary>
    public UploadedDay? DayOf(LocalDate date, int minute) =>
        _byDate[date].FirstOrDefault(day => day.Holds(minute)) ?? _byDate[date].FirstOrDefault();

    /// <summary>The phone's offset on the nearest captured day, or null when nothing was captured.</summary>
    public Offset? NearestOffset(LocalDate date) =>
        Days.Count == 0 ? null : Days.MinBy(day => Math.Abs(Period.DaysBetween(day.Date, date)))!.Offset;

    /// <summary>The uploaded days from one date to another, both included.</summary>
    public IEnumerable<UploadedDay> DaysFrom(LocalDate first, LocalDate last) => Days.From(first).TakeWhile(day => day.Date <= last);

    public long Count(MinuteState state) => Maps.Sum(map => (long)map.Minutes.AsSpan().Count(state));
}
