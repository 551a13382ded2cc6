using System.Globalization;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>A table that rules of the profile take.</summary>
internal sealed class MappedTable : ITableSink
{
    private readonly RuleRows[] _rules;
    private readonly TableContext _table;
    private readonly UnmappedTable _rest;
    private readonly Action<Damage> _damaged;
    private readonly ColumnRef _kind;

    /// <param name="rest">Takes the rows that none of the rules takes.</param>
    public MappedTable(IReadOnlyList<RuleRows> rules, TableContext table, UnmappedTable rest, Action<Damage> damaged)
    {
        (_rules, _table, _rest, _damaged) = ([.. rules], table, rest, damaged);
        _kind = ColumnRef.Find(table.Header, [.. rules.SelectMany(rule => rule.Rule.Rows).Select(filter => filter.Column).Reverse()]);
    }

    public void Row(in TableRow row)
    {
        _table.Report.Rows++;
        var isTaken = false;
        foreach (var rule in _rules)
        {
            if (rule.Takes(row))
            {
                Take(rule, row, isFirst: !isTaken);
                isTaken = true;
            }
        }

        if (isTaken)
        {
            return;
        }

        _table.Report.UnmappedRow(_kind.Exists ? _kind.Text(row, _table.Json) : "");
        _rest.Keep(row);
    }

    public void Unreadable(long line, string reason)
    {
        _table.Report.Rows++;
        _table.Report.Unreadable++;
        Damaged(line, reason);
    }

    /// <param name="isFirst">A row counts once, whatever further rules find in it.</param>
    private void Take(RuleRows rule, in TableRow row, bool isFirst)
    {
        switch (rule.Row(row, out var problem))
        {
            case RowOutcome.Taken:
                _table.Report.Mapped(rule.Rule.Id);
                break;
            case RowOutcome.Placeholder:
                _table.Report.Mapped(rule.Rule.Id);
                _table.Report.Placeholders += isFirst ? 1 : 0;
                break;
            default:
                _table.Report.Unreadable += isFirst ? 1 : 0;
                Damaged(row.Line, problem ?? "it cannot be read");
                break;
        }
    }

    private void Damaged(long line, string reason) =>
        _damaged(new Damage(string.Create(CultureInfo.InvariantCulture, $"{_table.Report.Name} line {line}"), reason));
}
