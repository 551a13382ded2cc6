using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using NodaTime;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>
/// Rows that each state one minute. The largest tables are of this kind (millions of rows), so a row makes no object: the
/// day is looked up only when the date changes, everything is parsed where it lies.
/// </summary>
internal sealed partial class MinuteRows : RuleRows
{
    private readonly RowTime _time;
    private readonly (int Date, int Clock)? _plain;
    private readonly ColumnRef _value;
    private readonly Dictionary<string, short> _stages;
    private readonly byte[] _lastDate = new byte[10];
    private DisclosedMinutes? _day;
    private (LocalDate Date, Offset? Offset)? _dayKey;
    private (LocalDateTime At, short Stage)? _lastStage;

    public MinuteRows(ExportRule rule, TableContext table)
        : base(rule, table)
    {
        _time = new RowTime(rule.Time!, table.Header, table.Json);
        _plain = _time.Plain;
        _value = Columns().Values.Single();
        _stages = rule.Values.ToDictionary(entry => entry.Key, entry => StageNames.NumberOf(entry.Value), StringComparer.OrdinalIgnoreCase);
        _cells = Cells(table.Header.Count);
    }

    public override RowOutcome Row(in TableRow row, out string? problem)
    {
        problem = null;
        var value = _value.In(row, Table.Json);
        if (!TryValue(value, out var number))
        {
            if (IsPlaceholder(value))
            {
                return RowOutcome.Placeholder;
            }

            problem = $"'{Encoding.UTF8.GetString(value)}' is no value of {Rule.Category}";
            return RowOutcome.Unreadable;
        }

        if (!IsSample(number))
        {
            return RowOutcome.Placeholder;
        }

        if (!TryMinute(row, out var minute, out var second))
        {
            problem = "its time cannot be read";
            return RowOutcome.Unreadable;
        }

        _day!.Add(minute, number, (int)Math.Min(row.Line, int.MaxValue), second);
        if (Rule.Kind == ExportKind.Minute || BeginsStage(minute, number))
        {
            Samples.Count++;
        }

        return RowOutcome.Taken;
    }

    /// <summary>True when the row does not continue the stage of the row before.</summary>
    private bool BeginsStage(int minute, short stage)
    {
        var at = (_dayKey!.Value.Date.AtMidnight().PlusMinutes(minute), stage);
        var continues = _lastStage is { } last && last.Stage == stage && last.At.PlusMinutes(1) == at.Item1;
        _lastStage = at;
        return !continues;
    }

    /// <summary>Zero steps, and heart rates outside 1 to 253, are no samples.</summary>
    private bool IsSample(short value) =>
        Rule.Kind == ExportKind.StageMinute || (value > 0 && (value <= 253 || Rule.Category != Category.HeartRate));

    private bool TryValue(ReadOnlySpan<byte> text, out short value)
    {
        if (Rule.Kind == ExportKind.StageMinute)
        {
            return _stages.TryGetValue(Encoding.UTF8.GetString(text), out value);
        }

        var number = 0;
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9' || number > short.MaxValue)
            {
                return TryDecimal(text, out value);
            }

            number = (number * 10) + (digit - '0');
        }

        value = (short)Math.Min(number, short.MaxValue);
        return number <= short.MaxValue;
    }

    // 72.0
    private static bool TryDecimal(ReadOnlySpan<byte> text, out short value)
    {
        var number = PrintedNumber.Parse(text);
        value = number is >= 0 and <= short.MaxValue ? (short)decimal.Round(number.Value) : (short)0;
        return number is >= 0 and <= short.MaxValue;
    }

    private bool TryMinute(in TableRow row, out int minute, out int second)
    {
        second = 0;
        if (_plain is { } plain && TryPlain(row[plain.Date], row[plain.Clock], row.Line, out minute))
        {
            return true;
        }

        minute = 0;
        if (!_time.TryStart(row, out var at))
        {
            return false;
        }

        Open(at.Local.Date, at.Offset, row.Line);
        _lastDate.AsSpan().Clear();
        (minute, second) = ((at.Local.Hour * 60) + at.Local.Minute, at.Local.Second);
        return true;
    }

    /// <summary><c>2026-01-01</c> and <c>07:13</c>, and nothing else.</summary>
    private bool TryPlain(ReadOnlySpan<byte> date, ReadOnlySpan<byte> clock, long line, out int minute)
    {
        minute = 0;
        return clock.Length == 5 && date.Length == 10 && IsClock(clock, 0, out minute) && OpenPlain(date, line);
    }

    private void Open(LocalDate date, Offset? offset, long line)
    {
        if (_dayKey == (date, offset))
        {
            return;
        }

        _dayKey = (date, offset);
        Table.Dates.Saw(date, Table.Report.Name, line);
        _day = Rule.Kind == ExportKind.StageMinute
            ? Table.Into.StageMinutes(Table.Exhibit, Table.Report.Name, Rule.Category, offset, date)
            : Table.Into.Minutes(Table.Exhibit, Table.Report.Name, Rule.Category, offset, date);
    }
}
