using System.Text;

namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>
/// A table whose rows come as texts, from a sheet or a page: finds its header and hands on the rest. Lines of a single
/// cell above a wider row are a title, and handed on as text.
/// </summary>
internal sealed class LooseTable(AnswerReading reading, AnswerMember member)
{
    private const int LongestTitle = 20;

    private readonly List<(long Number, string[] Cells)> _title = [];
    private ITableSink? _rows;
    private int _columns;
    private byte[] _bytes = new byte[4_096];
    private (int Start, int Length)[] _fields = new (int, int)[64];

    /// <summary>Takes a row with its number, from 1. Rows of empty cells are passed over.</summary>
    public void Row(long number, IReadOnlyList<string> cells)
    {
        var filled = cells.Count(cell => cell.Length > 0);
        if (filled == 0)
            return;

        if (_rows is not null)
        {
            Hand(number, cells);
            return;
        }

        if (filled > 1)
        {
            Title(_title);
            Begin(number, cells);
            return;
        }

        _title.Add((number, [.. cells]));
        if (_title.Count > LongestTitle)
            End();
    }

    /// <summary>Call once, at the end. A table of one column has its first line as header.</summary>
    public void End()
    {
        if (_rows is not null || _title.Count == 0)
            return;

        var lines = _title.ToArray();
        _title.Clear();
        Begin(lines[0].Number, lines[0].Cells);
        foreach (var (number, cells) in lines.AsSpan(1))
            Hand(number, cells);
    }

    private void Title(List<(long Number, string[] Cells)> title)
    {
        if (title.Count > 0)
            reading.Sink.Text(member, string.Join('\n', title.Select(line => string.Join(' ', line.Cells).Trim())));
    }

    private void Begin(long number, IReadOnlyList<string> cells)
    {
        _columns = Math.Min(cells.Count, reading.Limits.MaxColumns);
        if (cells.Count > _columns)
            reading.Damage($"{member.Name} line {number}", $"the table has {cells.Count} columns; only the first {_columns} were read");

        _fields = new (int, int)[_columns];
        _rows = reading.Sink.Table(member, [.. cells.Take(_columns).Select(cell => (cell.Length > ColumnName.Longest ? cell[..ColumnName.Longest] : cell).Trim())], number);
    }

    private void Hand(long number, IReadOnlyList<string> cells)
    {
        for (var i = _columns; i < cells.Count; i++)
        {
            if (cells[i].Length > 0)
            {
                _rows!.Unreadable(number, $"the row has a value in column {i + 1} and the header {_columns} columns; the row was not used");
                return;
            }
        }

        var count = Math.Min(cells.Count, _columns);
        var end = 0;
        for (var i = 0; i < count; i++)
        {
            var longest = Encoding.UTF8.GetMaxByteCount(cells[i].Length);
            if (_bytes.Length - end < longest)
                Array.Resize(ref _bytes, 2 * (_bytes.Length + longest));

            var length = Encoding.UTF8.GetBytes(cells[i], _bytes.AsSpan(end));
            _fields[i] = (end, length);
            end += length;
        }

        _rows!.Row(new TableRow(number, _bytes.AsSpan(0, end), _fields.AsSpan(0, count)));
    }
}
