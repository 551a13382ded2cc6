using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>Rows whose columns are facts about the person, the account or a device.</summary>
internal sealed class FactRows : RuleRows
{
    private readonly Dictionary<string, ColumnRef> _columns;

    public FactRows(ExportRule rule, TableContext table)
        : base(rule, table) => _columns = Columns();

    public override RowOutcome Row(in TableRow row, out string? problem)
    {
        problem = null;
        var taken = 0;
        foreach (var (name, column) in _columns)
        {
            var value = column.In(row, Table.Json);
            if (IsPlaceholder(value))
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(value);
            Table.Into.Fact(new Fact(Rule.Category, name, Rule.Values.GetValueOrDefault(text, text), At(row))
            {
                Identifies = Rule.Identifies.Contains(name),
            });
            Samples.Count++;
            taken++;
        }

        return taken == 0 ? RowOutcome.Placeholder : RowOutcome.Taken;
    }
}
