using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>Rows that each state totals of one day.</summary>
internal sealed class TotalRows : RuleRows
{
    private readonly RowTime _time;
    private readonly Dictionary<string, ColumnRef> _columns;

    public TotalRows(ExportRule rule, TableContext table)
        : base(rule, table)
    {
        _time = new RowTime(rule.Time!, table.Header, table.Json);
        _columns = Columns();
    }

    public override RowOutcome Row(in TableRow row, out string? problem)
    {
        problem = null;
        if (IsAllZero(row, _columns))
        {
            return RowOutcome.Placeholder;
        }

        if (!_time.TryDay(row, out var day))
        {
            problem = "its date cannot be read";
            return RowOutcome.Unreadable;
        }

        Table.Dates.Saw(day, Table.Report.Name, row.Line);
        var taken = 0;
        foreach (var (name, column) in _columns)
        {
            var value = column.In(row, Table.Json);
            if (IsPlaceholder(value))
            {
                continue;
            }

            if (PrintedNumber.Parse(value) is { } number)
            {
                Table.Into.Total(new DailyTotal(Rule.Category, day, name, Scaled(name, number), At(row)));
                taken++;
            }
            else
            {
                problem = $"'{Encoding.UTF8.GetString(value)}' is no {name}";
            }
        }

        return problem is not null ? RowOutcome.Unreadable : taken == 0 ? RowOutcome.Placeholder : RowOutcome.Taken;
    }
}
