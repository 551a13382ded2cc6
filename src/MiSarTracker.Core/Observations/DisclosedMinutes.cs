namespace MiSarTracker.Core.Observations;

/// <summary>
/// The minutes that one member of an answer states for one local day and category: a dense array, filled row by row; one of lines too once a
/// row is not on the line behind the minute before.
/// </summary>
public sealed class DisclosedMinutes
{
    private List<Extra>? _extras;
    private byte[]? _seconds;
    private int[]? _lines;
    private int _firstLine;
    private int _nextLine;
    private int _nextMinute;

    internal DisclosedMinutes(string exhibit, string member)
    {
        (Exhibit, Member) = (exhibit, member);
        Array.Fill(Values, MinuteDay.None);
    }

    internal string Exhibit { get; }

    internal string Member { get; }

    internal short[] Values { get; } = new short[MinuteDay.MinutesPerDay];

    /// <summary>For whoever changes them, or the values: 1,440 lines, 0 for none.</summary>
    internal int[] OwnLines => _lines ??= new MinuteLines(Values, _firstLine).ToArray();

    /// <summary>The line of each minute's row.</summary>
    internal MinuteLines Lines => _lines is null ? new MinuteLines(Values, _firstLine) : new MinuteLines(_lines);

    /// <summary>Rows of this member that state a minute again; the lowest line is the one that counts.</summary>
    internal IReadOnlyList<Extra> Extras => _extras ?? [];

    /// <summary>Takes a row.</summary>
    /// <param name="minute">0 to 1,439.</param>
    /// <param name="value">The value, not negative.</param>
    /// <param name="line">The row's line, from 1.</param>
    /// <param name="second">
    /// The second that the row states, 0 when it states none. Of several measurements within one minute the first
    /// counts; they neither repeat nor contradict each other.
    /// </param>
    /// <returns>False when this member had stated the minute before.</returns>
    public bool Add(int minute, short value, int line, int second = 0)
    {
        if (second != 0 || _seconds is not null)
        {
            if (IsAnotherMeasurement(minute, second))
            {
                return false;
            }

            (_seconds ??= new byte[MinuteDay.MinutesPerDay])[minute] = (byte)second;
        }

        ref var held = ref Values[minute];
        if (held == MinuteDay.None)
        {
            SetLine(minute, line);
            held = value;
            return true;
        }

        AddAgain(minute, value, line);
        return false;
    }

    /// <summary>Called before the minute's value is there.</summary>
    private void SetLine(int minute, int line)
    {
        if (_lines is null && (_nextLine == 0 || (line == _nextLine && minute >= _nextMinute)))
        {
            _firstLine = _nextLine == 0 ? line : _firstLine;
            (_nextLine, _nextMinute) = (line + 1, minute + 1);
            return;
        }

        OwnLines[minute] = line;
    }

    private bool IsAnotherMeasurement(int minute, int second) =>
        Values[minute] != MinuteDay.None && (_seconds is null ? 0 : _seconds[minute]) != second;

    private void AddAgain(int minute, short value, int line)
    {
        var lines = OwnLines;
        if (line < lines[minute])
        {
            (value, Values[minute]) = (Values[minute], value);
            (line, lines[minute]) = (lines[minute], line);
        }

        (_extras ??= []).Add(new Extra((short)minute, value, line));
    }

    internal readonly record struct Extra(short Minute, short Value, int Line);
}
