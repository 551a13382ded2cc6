using System.Globalization;

namespace MiSarTracker.Formats.Answers.Json;

/// <summary>
/// The rows of one list. The header is what the first rows have between them; a later row with something new begins a
/// further table of the same member, with a wider header.
/// </summary>
/// <param name="values">The name of a column for elements that are no objects.</param>
internal sealed class JsonTable(AnswerReading reading, AnswerMember member, string values = "item")
{
    private const int LooksAt = 200;
    private const int LooksAtBytes = 1 << 20;
    private const int MostHeaders = 50;

    private readonly List<JsonRow> _held = [];
    private ITableSink? _rows;
    private int _heldBytes;
    private int _width;
    private int _headers;
    private long _number;
    private long _narrowed;
    private long _firstHeld = 1;

    public JsonColumns Columns { get; } = new(reading.Limits.MaxColumns, values);

    /// <summary>Rows handed on or held.</summary>
    public long Count => _number;

    public void Row(JsonRow row)
    {
        _number++;
        if (_rows is null)
        {
            _held.Add(row.Kept());
            _heldBytes += row.Length;
            if (_held.Count >= LooksAt || _heldBytes >= LooksAtBytes)
                Begin();
        }
        else
        {
            Hand(row, _number);
        }
    }

    /// <summary>A row that could not be read.</summary>
    public void Unreadable(string reason)
    {
        _number++;
        if (_rows is null)
            Begin();

        _rows!.Unreadable(_number, reason);
        _firstHeld = _number + 1;
    }

    /// <summary>Call once, at the end.</summary>
    public void End()
    {
        if (_held.Count > 0)
            Begin();
        if (Columns.Dropped + _narrowed > 0)
        {
            reading.Damage(member.Name, string.Create(CultureInfo.InvariantCulture,
                $"{Columns.Dropped + _narrowed} values or rows have properties beyond the {Columns.Names.Count} that were read; these properties were not read"));
        }
    }

    private void Begin()
    {
        Header();
        for (var i = 0; i < _held.Count; i++)
            Hand(_held[i], _firstHeld + i);

        _held.Clear();
    }

    private void Header()
    {
        _headers++;
        _width = Columns.Names.Count;
        reading.GaveAnything = true;
        _rows = reading.Sink.Table(member, [.. Columns.Names], 1);
    }

    private void Hand(JsonRow row, long number)
    {
        if (row.Count > _width && _headers < MostHeaders)
            Header();

        _narrowed += row.Count > _width ? 1 : 0;
        _rows!.Row(row.As(number, _width));
    }
}
