namespace MiSarTracker.Core.Observations;

/// <summary>
/// The line of each minute's row (0 = none). Nearly every export states a day's minutes in order, a line each: then the first line says
/// them all, and ten years of them take no room.
/// </summary>
public sealed class MinuteLines
{
    private readonly short[]? _values;
    private readonly int _first;
    private readonly int[]? _lines;

    /// <param name="lines">1,440 lines.</param>
    public MinuteLines(int[] lines) => _lines = lines;

    /// <param name="values">The day's values, which nobody changes any more.</param>
    /// <param name="first">The line of the first of them; each further one stands on the next line.</param>
    public MinuteLines(short[] values, int first) => (_values, _first) = (values, first);

    public int Length => _values?.Length ?? _lines!.Length;

    public int this[int minute]
    {
        get
        {
            if (_lines is not null)
            {
                return _lines[minute];
            }

            var before = minute - _values.AsSpan(0, minute).Count(MinuteDay.None);
            return _values![minute] == MinuteDay.None ? 0 : _first + before;
        }
    }

    public static implicit operator MinuteLines?(int[]? lines) => lines is null ? null : new MinuteLines(lines);

    public int[] Slice(int start, int length) => ToArray()[start..(start + length)];

    /// <summary>A copy: 1,440 lines.</summary>
    public int[] ToArray()
    {
        if (_lines is not null)
        {
            return [.. _lines];
        }

        var (lines, next) = (new int[MinuteDay.MinutesPerDay], _first);
        for (var minute = 0; minute < lines.Length; minute++)
        {
            lines[minute] = _values![minute] == MinuteDay.None ? 0 : next++;
        }

        return lines;
    }
}
