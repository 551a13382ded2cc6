using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>What one rule makes of the rows of one table.</summary>
internal abstract class RuleRows
{
    private readonly byte[][] _placeholders;
    private readonly ColumnRef[] _required;
    private readonly (ColumnRef Column, byte[][] Values)[] _filters;

    protected RuleRows(ExportRule rule, TableContext table)
    {
        (Rule, Table, Samples) = (rule, table, table.Report.Count(rule.Category));
        _required = [.. rule.Required.Select(name => ColumnRef.Find(table.Header, rule.Columns[name]))];
        _placeholders = [.. rule.Placeholders.Values.Select(Encoding.UTF8.GetBytes)];
        _filters =
        [
            .. rule.Rows.Select(filter => (
                ColumnRef.Find(table.Header, [filter.Column]), filter.Equal.Select(value => Encoding.UTF8.GetBytes(value)).ToArray())),
        ];
    }

    public ExportRule Rule { get; }

    protected TableContext Table { get; }

    /// <summary>Counts the samples of the rule's category.</summary>
    protected Tally Samples { get; }

    public static RuleRows For(ExportRule rule, TableContext table) => rule.Kind switch
    {
        ExportKind.Minute or ExportKind.StageMinute => new MinuteRows(rule, table),
        ExportKind.Occurrence => new OccurrenceRows(rule, table),
        ExportKind.Total => new TotalRows(rule, table),
        _ => new FactRows(rule, table),
    };

    /// <summary>True when the rule asks of each row whether it is one of its own.</summary>
    protected bool HasFilters => _filters.Length > 0 || Rule.Each is not null;

    /// <summary>True when the rule takes this row.</summary>
    public bool Takes(in TableRow row)
    {
        foreach (var (column, values) in _filters)
        {
            if (!IsOneOf(column.In(row, Table.Json), values))
            {
                return false;
            }
        }

        return Rule.Each is null || HasRequired(row);
    }

    // A table without a required column is no table of the rule's; in a document each row may have names of its own.
    private bool HasRequired(in TableRow row)
    {
        foreach (var column in _required)
        {
            if (column.In(row, Table.Json).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    public abstract RowOutcome Row(in TableRow row, out string? problem);

    /// <summary>True for an empty field and for what the profile calls a placeholder.</summary>
    protected bool IsPlaceholder(ReadOnlySpan<byte> value) => value.IsEmpty || IsOneOf(value, _placeholders);

    /// <summary>True when all fields that the profile names are zero or missing.</summary>
    protected bool IsAllZero(in TableRow row, IReadOnlyDictionary<string, ColumnRef> columns)
    {
        if (Rule.Placeholders.AllZero.Count == 0)
        {
            return false;
        }

        foreach (var name in Rule.Placeholders.AllZero)
        {
            var value = columns.GetValueOrDefault(name, ColumnRef.None).In(row, Table.Json);
            if (!IsPlaceholder(value) && PrintedNumber.Parse(value) is not 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The rule's columns in this table; those that the header lacks are left out.</summary>
    protected Dictionary<string, ColumnRef> Columns()
    {
        var columns = new Dictionary<string, ColumnRef>(StringComparer.Ordinal);
        foreach (var (name, names) in Rule.Columns)
        {
            if (ColumnRef.Find(Table.Header, names) is { Exists: true } column)
            {
                columns[name] = column;
            }
        }

        return columns;
    }

    /// <summary>A number in the canonical field's unit, to a millionth: no conversion is more exact than what was measured.</summary>
    protected decimal Scaled(string name, decimal number) =>
        Rule.Scale.TryGetValue(name, out var factor) ? decimal.Round(number * factor, 6) : number;

    protected Origin At(in TableRow row) => Origin.InAnswer(Table.Exhibit, Table.Report.Name, row.Line);

    private static bool IsOneOf(ReadOnlySpan<byte> value, byte[][] values)
    {
        foreach (var one in values)
        {
            if (value.SequenceEqual(one))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What became of a row.</summary>
internal enum RowOutcome
{
    Taken,

    /// <summary>It stands for "nothing".</summary>
    Placeholder,

    Unreadable,
}

/// <summary>The table that rows belong to.</summary>
internal sealed record TableContext(string Exhibit, IReadOnlyList<string> Header, MemberReport Report, DisclosedBuilder Into, RowJson Json)
{
    /// <summary>Takes values that no rule reads.</summary>
    public required SearchableValues Search { get; init; }

    /// <summary>Takes the days that rows tell of.</summary>
    public required RowDates Dates { get; init; }

    /// <summary>What a row is called: <c>line</c> of a table, <c>element</c> of a document.</summary>
    public string RowWord { get; init; } = "line";

    /// <summary>A row as a damage names it.</summary>
    public string At(long row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Report.Name} {RowWord} {row}");
}
