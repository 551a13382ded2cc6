using System.Text;

namespace MiSarTracker.Formats.Answers.Json;

/// <summary>
/// The values of a document that stand in no list: one row whose columns are their paths. When they are too many for
/// that (an object with a property for every day), each becomes a row of path and value.
/// </summary>
internal sealed class JsonOutside(AnswerMember member, AnswerReading reading)
{
    private const int MostColumns = 500;

    private readonly List<(string Path, byte[] Value)> _values = [];
    private ITableSink? _pairs;
    private long _number;

    public void Value(string path, ReadOnlySpan<byte> value)
    {
        if (_pairs is not null)
        {
            Pair(path, value);
            return;
        }

        _values.Add((path, value.ToArray()));
        if (_values.Count <= MostColumns)
            return;

        reading.GaveAnything = true;
        _pairs = reading.Sink.Table(member, ["path", "value"], 1);
        foreach (var (earlier, its) in _values)
            Pair(earlier, its);

        _values.Clear();
    }

    /// <summary>Call once, at the end.</summary>
    public void End()
    {
        if (_values.Count == 0)
            return;

        var table = new JsonTable(reading, member);
        var row = new JsonRow();
        foreach (var (path, value) in _values)
        {
            if (table.Columns.Root.Child(Encoding.UTF8.GetBytes(path)).TryColumn(out var column))
                row.Set(column, value);
        }

        table.Row(row);
        table.End();
    }

    private void Pair(string path, ReadOnlySpan<byte> value)
    {
        var name = Encoding.UTF8.GetBytes(path);
        byte[] bytes = [.. name, .. value];
        _pairs!.Row(new TableRow(++_number, bytes, [(0, name.Length), (name.Length, value.Length)]));
    }
}
