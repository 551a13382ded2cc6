using System.Text;
using System.Text.Unicode;
using MiSarTracker.Formats.Answers.Documents;

namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>
/// Reads a table of delimited text: the first row that is not empty is the header; every later row goes to whoever
/// takes the table, as a row of at most as many fields as the header has, or as unreadable with the reason.
/// </summary>
internal sealed class TableReader
{
    private readonly AnswerReading _reading;
    private readonly AnswerMember _member;
    private readonly MemberStream _content;
    private readonly byte _delimiter;
    private readonly LegacyText _legacy = new();
    private ITableSink? _rows;
    private int _columns;
    private int _naps;

    private TableReader(MemberStream content, AnswerMember member, AnswerReading reading, byte delimiter)
    {
        _content = content;
        _member = member;
        _reading = reading;
        _delimiter = delimiter;
    }

    public static void Read(MemberStream content, AnswerMember member, AnswerReading reading)
    {
        var head = content.Peek();
        var encoding = TextEncoding.Detect(head) ?? Encoding.UTF8;
        var text = TextEncoding.Decode(head, encoding);
        var start = TableDetection.HeaderOf(text, member.Name, out var delimiter);
        if (start > 0 && Title(text, start) is { Length: > 0 } title)
            reading.Sink.Text(member, title);

        var bytes = encoding is UnicodeEncoding
            ? Encoding.CreateTranscodingStream(content, encoding, new UTF8Encoding(false), leaveOpen: true)
            : content;
        using var rows = new RowReader(new UnmarkedStream(bytes), (byte)delimiter, reading.Limits);
        new TableReader(content, member, reading, (byte)delimiter).Read(rows, start);
    }

    /// <summary>What stands above the header, but for a spreadsheet's own remark.</summary>
    private static string Title(string text, int lines)
    {
        var title = string.Join('\n', text.ReplaceLineEndings("\n").Split('\n', lines + 1).Take(lines).Select(line => line.Trim()).Where(line => line.Length > 0));
        return title.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? "" : title;
    }

    private void Read(RowReader reader, int linesBeforeHeader)
    {
        while (true)
        {
            if (_rows is not null && _rows.Plain(reader.Ahead, _delimiter, reader.AheadLine, out var rows) is var taken and > 0)
                reader.Pass(taken, rows);

            var outcome = reader.Next();
            if (outcome == RowOutcome.End)
                break;

            if (reader.Line <= linesBeforeHeader)
                continue;

            if (_rows is null)
            {
                if (!Begin(reader, outcome))
                    return;
            }
            else if (outcome == RowOutcome.Unreadable)
            {
                HandRepaired(reader, _rows, reader.Reason);
            }
            else
            {
                Hand(reader, _rows);
            }
        }

        if (_legacy.Report is { } report)
            _reading.Damage($"{_member.Name} line {_legacy.FirstLine}", report);
    }

    /// <summary>Announces the table. A header that cannot be split is no table: what would its columns be?</summary>
    private bool Begin(RowReader reader, RowOutcome outcome)
    {
        if (outcome == RowOutcome.Unreadable || reader.Count > _reading.Limits.MaxColumns)
        {
            var reason = outcome == RowOutcome.Unreadable ? reader.Reason : $"it has {reader.Count} columns, more than {_reading.Limits.MaxColumns}";
            _reading.Damage($"{_member.Name} line {reader.Line}", $"the table's header cannot be read: {reason}; the table was not read");
            return false;
        }

        FieldText.Unescape(reader);
        var header = new string[reader.Count];
        for (var i = 0; i < header.Length; i++)
        {
            var (start, length) = reader.Fields[i];
            var name = ColumnName.Cut(reader.Bytes.Slice(start, length));
            header[i] = _legacy.Text(name, reader.Line).Trim();
            if (name.Length < length)
                _reading.Damage($"{_member.Name} line {reader.Line}", $"the name of column {i + 1} has {length} bytes; only its beginning is used");
        }

        _columns = header.Length;
        _naps = Array.FindIndex(header, name => name.Equals("naps", StringComparison.OrdinalIgnoreCase));
        _rows = _reading.Sink.Table(_member, header, reader.Line);
        return true;
    }

    private void Hand(RowReader reader, ITableSink rows)
    {
        if (reader.EndsWithBytes && _content.BrokeOff)
        {
            rows.Unreadable(reader.Line, "the data breaks off in this row");
            return;
        }

        // A quote that is never closed may meet another one lines later: then the fields do not fit the header.
        if ((reader.Shapes & FieldShape.Lines) != 0 && reader.Count < _columns)
        {
            reader.TakeBack();
            HandRepaired(reader, rows, reader.Reason);
            return;
        }

        if (reader.NeedsLook && !IsPlain(reader, rows))
            return;

        if (reader.Count > _columns)
        {
            HandTooLong(reader, rows);
            return;
        }

        if ((reader.Shapes & (FieldShape.Doubled | FieldShape.Backslashes)) != 0)
            FieldText.Unescape(reader);

        rows.Row(new TableRow(reader.Line, reader.Bytes, reader.Fields));
    }

    /// <summary>Looks at a row with bytes beyond ASCII; false when it was dealt with.</summary>
    private bool IsPlain(RowReader reader, ITableSink rows)
    {
        var (start, end) = reader.Extent;
        ReadOnlySpan<byte> raw = reader.Bytes[start..end];
        if (raw.Contains((byte)0))
        {
            rows.Unreadable(reader.Line, "the row contains NUL bytes: the file is damaged here");
            return false;
        }

        if (Utf8.IsValid(raw))
            return true;

        if (reader.Count > _columns)
        {
            rows.Unreadable(reader.Line, TooLong(reader.Count));
            return false;
        }

        FieldText.Unescape(reader);
        var (bytes, fields) = _legacy.Row(reader);
        rows.Row(new TableRow(reader.Line, bytes, fields));
        return false;
    }

    /// <summary>
    /// Too many fields: empty ones at the end (a spreadsheet's), quotes behind backslashes, or the JSON of the naps
    /// column in the open. What no rule explains is unreadable: which field would be in the wrong column?
    /// </summary>
    private void HandTooLong(RowReader reader, ITableSink rows)
    {
        var count = reader.Count;
        if (count <= _reading.Limits.MaxColumns && reader.Fields[_columns..].IndexOfAnyExceptLength(0) < 0)
        {
            FieldText.Unescape(reader);
            rows.Row(new TableRow(reader.Line, reader.Bytes, reader.Fields[.._columns]));
            return;
        }

        var spansLines = (reader.Shapes & FieldShape.Lines) != 0;
        if (spansLines)
            reader.TakeBack();

        HandRepaired(reader, rows, spansLines ? reader.Reason : TooLong(count));
    }

    private void HandRepaired(RowReader reader, ITableSink rows, string reason)
    {
        var (start, end) = reader.Extent;
        var repaired = RowRepair.Repair(reader.Bytes[start..end], _delimiter, _columns, _naps);
        if (repaired is null || (reader.EndsWithBytes && _content.BrokeOff))
            rows.Unreadable(reader.Line, reason);
        else
            rows.Row(new TableRow(reader.Line, repaired.Bytes, repaired.Fields));
    }

    private string TooLong(int count) =>
        $"the row has {count} fields and the header {_columns}: an unquoted \"{(char)_delimiter}\" stands in one of them; the row was not used";
}
