using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Uploads.Declared;
using NodaTime;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>Reads a row's time by the profile's rule.</summary>
internal sealed class RowTime
{
    private readonly ExportTime _rule;
    private readonly RowJson _json;
    private readonly ColumnRef _date;
    private readonly ColumnRef _start;
    private readonly ColumnRef _end;
    private readonly ColumnRef _duration;
    private readonly ColumnRef _zone;

    public RowTime(ExportTime rule, IReadOnlyList<string> header, RowJson json)
    {
        (_rule, _json) = (rule, json);
        _date = ColumnRef.Find(header, rule.Date);
        _start = ColumnRef.Find(header, rule.Start);
        _end = ColumnRef.Find(header, rule.End);
        _duration = ColumnRef.Find(header, rule.Duration);
        _zone = ColumnRef.Find(header, rule.Zone);
    }

    /// <summary>The columns that hold the time.</summary>
    public IEnumerable<ColumnRef> Columns => [_date, _start, _end, _duration, _zone];

    /// <summary>True when the header has what the rule needs.</summary>
    public bool IsComplete => _start.Exists || (_date.Exists && _rule.Start.Count == 0);

    /// <summary>The date column when the start is a clock time in a column of its own and nothing else shifts it: the form of the large tables.</summary>
    public (int Date, int Clock)? Plain =>
        _date is { Exists: true, Properties.Count: 0 } && _start is { Exists: true, Properties.Count: 0 }
            && !_zone.Exists && _rule is { EveningFrom: null, IsDateLabel: false, DateOrder: DateOrder.Stated, Bare: BareClock.Local }
            ? (_date.Index, _start.Index)
            : null;

    /// <summary>When it began.</summary>
    public bool TryStart(in TableRow row, out Moment start)
    {
        start = default;
        if (!_start.Exists)
        {
            return Parse(_date.In(row, _json), out start) && Label(ref start);
        }

        return TryAt(row, _start.In(row, _json), out start) && Label(ref start);
    }

    /// <summary>The local day.</summary>
    public bool TryDay(in TableRow row, out LocalDate day)
    {
        var isRead = _date.Exists ? Parse(_date.In(row, _json), out var at) : TryStart(row, out at);
        day = at.Local.Date;
        return isRead;
    }

    /// <summary>When it ended; null when the table does not say.</summary>
    /// <returns>False when it says so unreadably.</returns>
    public bool TryEnd(in TableRow row, Moment start, out Moment? end)
    {
        end = null;
        var text = _end.In(row, _json);
        if (!text.IsEmpty)
        {
            if (!TryAt(row, text, out var at))
            {
                return false;
            }

            if (MomentText.TryClock(text, out _, out var used) && used == text.Length && at.Local < start.Local)
            {
                at = at with { Local = at.Local.PlusDays(1) };
            }

            end = _rule.EndInclusive ? at with { Local = at.Local.PlusMinutes(1) } : at;
            return true;
        }

        if (PrintedNumber.Parse(_duration.In(row, _json)) is { } stated && DurationText.Seconds(stated, _rule.DurationUnit) is { } length)
        {
            end = start with { Local = start.Local.PlusSeconds(length) };
        }

        return true;
    }

    private bool TryAt(in TableRow row, ReadOnlySpan<byte> text, out Moment at)
    {
        if (MomentText.TryClock(text, out var second, out var used) && used == text.Length)
        {
            at = default;
            if (!_date.Exists || !MomentText.TryParse(_date.In(row, _json), _rule.DateOrder, out var date))
            {
                return false;
            }

            var day = _rule.EveningFrom is { } evening && second >= evening * 3600 ? date.Local.Date.PlusDays(-1) : date.Local.Date;
            at = Zoned(row, Moment.Bare(day.AtMidnight().PlusSeconds(second)));
            return true;
        }

        if (!MomentText.TryParse(text, _rule.DateOrder, out at))
        {
            return false;
        }

        at = Zoned(row, at);
        return true;
    }

    private Moment Zoned(in TableRow row, Moment at)
    {
        if (!_zone.Exists || Offset(_zone.Text(row, _json), at) is not { } offset)
        {
            return InUtc(at);
        }

        return at.Instant is { } instant ? Moment.At(instant, offset) : at with { Offset = offset };
    }

    private bool Parse(ReadOnlySpan<byte> text, out Moment at)
    {
        var isRead = MomentText.TryParse(text, _rule.DateOrder, out at);
        at = isRead ? InUtc(at) : at;
        return isRead;
    }

    private Moment InUtc(Moment at) => at.Offset is null && _rule.Bare == BareClock.Utc ? at with { Offset = NodaTime.Offset.Zero } : at;

    private Offset? Offset(string text, Moment at)
    {
        if (_rule.ZoneUnit == ZoneUnit.Iana)
        {
            var near = at.Instant ?? at.Local.InUtc().ToInstant();
            return DateTimeZoneProviders.Tzdb.GetZoneOrNull(text)?.GetUtcOffset(near);
        }

        var seconds = (Uploads.JsonFields.Parse(text) ?? 1e9m) * _rule.ZoneUnit switch
        {
            ZoneUnit.QuarterHours => 900,
            ZoneUnit.Minutes => 60,
            _ => 1,
        };
        return Math.Abs(seconds) <= 18 * 3600 ? NodaTime.Offset.FromSeconds((int)seconds) : null;
    }

    // A label is midnight UTC of a local day: the day is meant, on no clock.
    private bool Label(ref Moment at)
    {
        if (_rule.IsDateLabel)
        {
            at = Moment.Bare(at.Local);
        }

        return true;
    }
}
