namespace MiSarTracker.Formats.Answers.Json;

/// <summary>A row in the making: values by column, as UTF-8.</summary>
internal sealed class JsonRow
{
    private byte[] _bytes = new byte[1_024];
    private (int Start, int Length)[] _fields = new (int, int)[16];
    private int _end;

    /// <summary>Columns up to the last one that was set.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of all its values.</summary>
    public int Length => _end;

    public void Clear() => (_end, Count) = (0, 0);

    /// <summary>Sets a value; a second one of the same column (a name given twice) replaces the first, as most readers have it.</summary>
    public void Set(int column, ReadOnlySpan<byte> value)
    {
        if (_bytes.Length - _end < value.Length)
            Array.Resize(ref _bytes, 2 * (_end + value.Length));
        if (column >= _fields.Length)
            Array.Resize(ref _fields, Math.Max(column + 1, 2 * _fields.Length));

        if (column >= Count)
        {
            _fields.AsSpan(Count, column - Count).Clear();
            Count = column + 1;
        }

        value.CopyTo(_bytes.AsSpan(_end));
        _fields[column] = (_end, value.Length);
        _end += value.Length;
    }

    /// <summary>A copy that stays.</summary>
    public JsonRow Kept()
    {
        var copy = new JsonRow { _bytes = _bytes[.._end], _fields = _fields[..Count], _end = _end, Count = Count };
        return copy;
    }

    /// <param name="line">Its number.</param>
    /// <param name="most">Columns that are handed on.</param>
    public TableRow As(long line, int most) => new(line, _bytes.AsSpan(0, _end), _fields.AsSpan(0, Math.Min(Count, most)));
}
