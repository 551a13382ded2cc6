using System.Text.Json;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Answers.Mapping.Json;

/// <summary>
/// A part of a document that is taken into memory whole, with all the rows in it: a row by itself, or an object that holds both
/// a list of rows and what is said once for all of them.
/// </summary>
internal sealed class JsonUnit(JsonReaderOptions options, JsonValueWalk walk)
{
    private readonly List<JsonTable> _tables = [];

    /// <summary>What the unit says beside its rows.</summary>
    private readonly JsonShape _beside = new();

    private bool _hasBeside;

    /// <param name="table">Whose rows they are.</param>
    /// <param name="depth">How many steps of the table's paths lead to the unit.</param>
    public void Add(JsonTable table, int depth)
    {
        _tables.Add(table);
        var inner = table.Each.Steps.Skip(depth).ToList();
        foreach (var other in _tables)
        {
            KnowOf(table, other, depth);
            KnowOf(other, table, depth);
        }

        if (inner.Count == 0)
        {
            return;
        }

        _hasBeside = true;
        _beside.Along(inner).IsReadElsewhere = true;
        foreach (var (path, column, rank) in table.FromRoot)
        {
            _beside.Along(path.Steps.Skip(depth)).Takers.Add((table.Row, column, rank));
        }
    }

    // What one of the tables reads is not unknown because another one passes it by.
    private void KnowOf(JsonTable whole, JsonTable within, int depth)
    {
        if (whole.Each.Steps.Count == depth && within.Each.Steps.Count > depth)
        {
            whole.Shape.Along(within.Each.Steps.Skip(depth)).IsReadElsewhere = true;
            whole.Relative.ForEach(path => _beside.Along(path.Steps).IsReadElsewhere = true);
        }
    }

    /// <summary>Hands out the rows of one unit.</summary>
    public void Take(ReadOnlySpan<byte> unit, int depth)
    {
        _tables.ForEach(table => table.Row.Clear());
        if (_hasBeside)
        {
            var beside = new Utf8JsonReader(unit, options);
            beside.Read();
            walk.Take(ref beside, unit, _beside);
            _tables.ForEach(table => table.Row.Fix());
        }

        foreach (var table in _tables)
        {
            var reader = new Utf8JsonReader(unit, options);
            reader.Read();
            Rows(ref reader, unit, table, depth);
        }
    }

    private void Rows(ref Utf8JsonReader reader, ReadOnlySpan<byte> unit, JsonTable table, int depth)
    {
        if (depth == table.Each.Steps.Count)
        {
            table.Row.Begin();
            walk.Take(ref reader, unit, table.Shape);
            table.Hand();
            return;
        }

        var step = table.Each.Steps[depth];
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                Next(ref reader, unit, table, depth, step.Name is null && (step.Index is null || step.Index == index));
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var fits = step.Name is { } name ? JsonTexts.Of(ref reader) == name : step.Index is null;
                if (reader.Read())
                {
                    Next(ref reader, unit, table, depth, fits);
                }
            }
        }
    }

    private void Next(ref Utf8JsonReader reader, ReadOnlySpan<byte> unit, JsonTable table, int depth, bool fits)
    {
        if (fits)
        {
            Rows(ref reader, unit, table, depth + 1);
        }
        else
        {
            reader.Skip();
        }
    }
}

/// <summary>The rows of one path of a document, and who takes them.</summary>
internal sealed class JsonTable
{
    private readonly ITableSink _sink;

    /// <param name="each">Where the rows are.</param>
    /// <param name="columns">How many columns its rows have.</param>
    /// <param name="sink">Takes the rows.</param>
    public JsonTable(ValuePath each, int columns, ITableSink sink) => (Each, _sink, Row) = (each, sink, new JsonRow(columns));

    public ValuePath Each { get; }

    public JsonRow Row { get; }

    public JsonShape Shape { get; } = new();

    /// <summary>Columns that stand beside the rows.</summary>
    public List<(ValuePath Path, int Column, int Rank)> FromRoot { get; } = [];

    /// <summary>Where its other columns stand, from the row.</summary>
    public List<ValuePath> Relative { get; } = [];

    public long Count { get; private set; }

    /// <summary>How many steps lead to what rows and columns have in common: the part of the document that is needed at once.</summary>
    public int UnitDepth => FromRoot.Aggregate(Each.Steps.Count, (depth, column) => Math.Min(depth, Common(column.Path)));

    /// <summary>Fills a column from a name; of several names that a row has, the one of the lowest rank counts.</summary>
    public void Read(string name, int column, int rank)
    {
        var path = JsonColumns.PathOf(name);
        if (path.IsRelative)
        {
            Relative.Add(path);
            Shape.Along(path.Steps).Takers.Add((Row, column, rank));
        }
        else
        {
            FromRoot.Add((path, column, rank));
        }
    }

    /// <summary>Says that a name means nothing.</summary>
    public void Ignore(string name)
    {
        if (JsonColumns.PathOf(name) is { IsRelative: true } path)
        {
            Shape.Along(path.Steps).IsUnused = true;
        }
    }

    public void Hand() => _sink.Row(Row.AsRow(++Count));

    private int Common(ValuePath path) => Each.Steps.Zip(path.Steps).TakeWhile(pair => pair.First == pair.Second).Count();
}
