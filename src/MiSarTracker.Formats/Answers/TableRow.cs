namespace MiSarTracker.Formats.Answers;

/// <summary>A row of a table: unquoted UTF-8 fields, lent for the time of one call.</summary>
public readonly ref struct TableRow
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<(int Start, int Length)> _fields;

    /// <param name="line">The line on which the row begins, from 1.</param>
    /// <param name="bytes">The fields' bytes, unquoted.</param>
    /// <param name="fields">Start and length of each field in <paramref name="bytes"/>.</param>
    public TableRow(long line, ReadOnlySpan<byte> bytes, ReadOnlySpan<(int Start, int Length)> fields)
    {
        Line = line;
        _bytes = bytes;
        _fields = fields;
    }

    public long Line { get; }

    public int Count => _fields.Length;

    /// <summary>The field's UTF-8 bytes; empty when the row is shorter than the header.</summary>
    public ReadOnlySpan<byte> this[int index] =>
        index < _fields.Length ? _bytes.Slice(_fields[index].Start, _fields[index].Length) : default;

    public string Text(int index) => System.Text.Encoding.UTF8.GetString(this[index]);
}
