using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>
/// Rows in the form that nearly all of the millions have, read where they lie: a date, a clock and a whole number without
/// quotes, and nothing else. Whatever else a row is, the general reader gets it.
/// </summary>
internal sealed partial class MinuteRows
{
    private readonly Cell[]? _cells;

    private enum Cell
    {
        Date,
        Clock,
        Value,
    }

    /// <summary>True when the table has a date, a clock and a number as its only columns.</summary>
    public bool HasPlainRows => _cells is not null;

    /// <summary>Takes rows from the beginning of <paramref name="text"/> up to the first that is written otherwise.</summary>
    /// <param name="line">The line of the first row.</param>
    /// <param name="rows">How many were taken.</param>
    /// <returns>How many bytes they are, with their line ends.</returns>
    public int TakePlain(ReadOnlySpan<byte> text, byte delimiter, long line, out int rows)
    {
        rows = 0;
        var taken = 0;
        while (TryPlainRow(text[taken..], delimiter, line + rows, out var length))
        {
            taken += length;
            rows++;
        }

        Samples.Count += rows;
        return taken;
    }

    private bool TryPlainRow(ReadOnlySpan<byte> text, byte delimiter, long line, out int length)
    {
        var (at, day, minute, value) = (0, 0, 0, 0);
        length = 0;
        foreach (var cell in _cells!)
        {
            if (at > 0 && (at >= text.Length || text[at++] != delimiter))
            {
                return false;
            }

            switch (cell)
            {
                case Cell.Date:
                    (day, at) = (at, at + _lastDate.Length);
                    break;
                case Cell.Clock when IsClock(text, at, out minute):
                    at += 5;
                    break;
                case Cell.Value when IsWhole(text, ref at, out value):
                    break;
                default:
                    return false;
            }
        }

        length = LineEnd(text, at);
        if (length == 0 || !IsSample((short)value) || !OpenPlain(text.Slice(day, _lastDate.Length), line))
        {
            return false;
        }

        _day!.Add(minute, (short)value, (int)Math.Min(line, int.MaxValue));
        return true;
    }

    /// <summary>The day, when its date is the one of the row before or a plain one.</summary>
    private bool OpenPlain(ReadOnlySpan<byte> date, long line)
    {
        if (_lastDate[0] != 0 && date.SequenceEqual(_lastDate))
        {
            return true;
        }

        if (!MomentText.TryDate(date, out var day))
        {
            return false;
        }

        date.CopyTo(_lastDate);
        Open(day, null, line);
        return true;
    }

    /// <summary><c>07:13</c></summary>
    private static bool IsClock(ReadOnlySpan<byte> text, int at, out int minute)
    {
        minute = 0;
        if (text.Length < at + 5 || text[at + 2] != ':')
        {
            return false;
        }

        var (h1, h2, m1, m2) = (text[at] - '0', text[at + 1] - '0', text[at + 3] - '0', text[at + 4] - '0');
        var hour = (h1 * 10) + h2;
        minute = (hour * 60) + (m1 * 10) + m2;
        return (uint)h1 <= 2 && (uint)h2 <= 9 && (uint)m1 <= 5 && (uint)m2 <= 9 && hour <= 23;
    }

    /// <summary>One to four digits.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> text, ref int at, out int value)
    {
        value = 0;
        var first = at;
        while (at < text.Length && (uint)(text[at] - '0') <= 9 && at - first < 5)
        {
            value = (value * 10) + (text[at++] - '0');
        }

        return at - first is > 0 and < 5;
    }

    /// <summary>The row's length with its line end; 0 when it does not end here, or perhaps not here.</summary>
    private static int LineEnd(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length)
        {
            return 0;
        }

        return text[at] == '\n' ? at + 1 : text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : 0;
    }

    /// <summary>What each column holds, when date, clock and number are all there is.</summary>
    private Cell[]? Cells(int columns)
    {
        if (_plain is not { } plain || Rule.Kind != ExportKind.Minute || HasFilters || _value is not { Exists: true, Properties.Count: 0 } || columns != 3
            || plain.Date == plain.Clock || plain.Date == _value.Index || plain.Clock == _value.Index)
        {
            return null;
        }

        var cells = new Cell[columns];
        (cells[plain.Date], cells[plain.Clock], cells[_value.Index]) = (Cell.Date, Cell.Clock, Cell.Value);
        return cells;
    }
}
