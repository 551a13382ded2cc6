using System.Text;
using System.Text.Json;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Uploads;
using MiSarTracker.Formats.Uploads.Declared;
using NodaTime;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>Rows that each state something at a time or over one.</summary>
internal sealed class OccurrenceRows : RuleRows
{
    /// <summary>What a row's list holds lies near the row's own time; stamps that do not are known to be nonsense.</summary>
    private static readonly Period Near = Period.FromDays(2);

    private readonly RowTime _time;
    private readonly Dictionary<string, ColumnRef> _columns;
    private readonly (ItemsRule Rule, ColumnRef Column, Tally Samples)[] _items;

    public OccurrenceRows(ExportRule rule, TableContext table)
        : base(rule, table)
    {
        _time = new RowTime(rule.Time!, table.Header, table.Json);
        _columns = Columns();
        _items =
        [
            .. rule.Items
                .Select(items => (items, ColumnRef.Find(table.Header, items.Column), table.Report.Count(items.Category)))
                .Where(items => items.Item2.Exists),
        ];
        if (rule.PersonField is { } field)
        {
            table.Into.TellPersonsApart(rule.Category, field);
        }
    }

    public override RowOutcome Row(in TableRow row, out string? problem)
    {
        problem = null;
        if (IsEmpty(row))
        {
            return RowOutcome.Placeholder;
        }

        if (!_time.TryStart(row, out var start) || !_time.TryEnd(row, start, out var end))
        {
            problem = "its time cannot be read";
            return RowOutcome.Unreadable;
        }

        problem = Items(row, start);
        if ((Rule.Placeholders.EmptyInterval && end == start) || IsAllZero(row, _columns))
        {
            return problem is null ? RowOutcome.Placeholder : RowOutcome.Unreadable;
        }

        Table.Dates.Saw(start.Local.Date, Table.Report.Name, row.Line);
        Table.Into.Occurrence(new Occurrence(Rule.Category, start, end, Fields(row), At(row), Rule.Subject));
        if (Rule.Category != Category.ActivityKind)
        {
            Samples.Count++;
        }

        return problem is null ? RowOutcome.Taken : RowOutcome.Unreadable;
    }

    private bool IsEmpty(in TableRow row)
    {
        for (var i = 0; i < row.Count; i++)
        {
            if (!IsPlaceholder(row[i].Trim((byte)' ')))
            {
                return false;
            }
        }

        return true;
    }

    private List<Field> Fields(in TableRow row)
    {
        var fields = new List<Field>(_columns.Count);
        foreach (var (name, column) in _columns)
        {
            var value = column.In(row, Table.Json);
            if (IsPlaceholder(value))
            {
                continue;
            }

            if (PrintedNumber.Parse(value) is { } number && !Rule.Values.ContainsKey(Encoding.UTF8.GetString(value)))
            {
                if (number != 0 || !Rule.Placeholders.ZeroIsNone.Contains(name))
                {
                    fields.Add(Field.Of(name, Scaled(name, number)));
                }
            }
            else
            {
                var text = Encoding.UTF8.GetString(value);
                Table.Search.Add(name, text);
                fields.Add(Field.Of(name, Rule.Values.GetValueOrDefault(text, text)));
            }
        }

        Order(fields);
        return fields;
    }

    private void Order(List<Field> fields)
    {
        foreach (var pair in Rule.Ordered)
        {
            var (smaller, larger) = (fields.FindIndex(field => field.Name == pair[0]), fields.FindIndex(field => field.Name == pair[1]));
            if (smaller >= 0 && larger >= 0 && fields[smaller].Number > fields[larger].Number)
            {
                (fields[smaller], fields[larger]) =
                    (fields[smaller] with { Number = fields[larger].Number }, fields[larger] with { Number = fields[smaller].Number });
            }
        }
    }

    /// <summary>Takes the lists in the row's columns. Returns what could not be read of them, or null.</summary>
    private string? Items(in TableRow row, Moment start)
    {
        string? problem = null;
        foreach (var (rule, column, samples) in _items)
        {
            var text = column.In(row, Table.Json);
            if (IsPlaceholder(text) || text.SequenceEqual("[]"u8))
            {
                continue;
            }

            using var list = JsonBytes.Parse(text.ToArray(), out _);
            if (list is not { RootElement.ValueKind: JsonValueKind.Array })
            {
                problem = $"the list in {rule.Column[0]} cannot be read";
                continue;
            }

            foreach (var item in list.RootElement.EnumerateArray())
            {
                problem = Item(rule, item, row, start, samples) ?? problem;
            }
        }

        return problem;
    }

    private string? Item(ItemsRule rule, JsonElement item, in TableRow row, Moment near, Tally samples)
    {
        var isRead = Time(item, rule.Start, near, out var start);
        Moment? end = null;
        if (isRead && rule.End.Count > 0)
        {
            isRead = Time(item, rule.End, near, out var at);
            end = at;
        }
        else if (isRead && Duration(item, rule) is { } seconds)
        {
            end = start with { Local = start.Local.PlusSeconds(seconds) };
        }

        if (!isRead || start.Local < near.Local - Near || start.Local > near.Local + Near)
        {
            return $"an entry of the list in {rule.Column[0]} has no time near the row's own";
        }

        if (end == start)
        {
            return null;
        }

        var fields = new List<Field>(rule.Fields.Count);
        foreach (var (name, property) in rule.Fields)
        {
            if (item.Text(property) is { Length: > 0 } text)
            {
                var canonical = rule.Values.GetValueOrDefault(text, text);
                fields.Add(canonical == text && JsonFields.Parse(text) is { } number ? Field.Of(name, number) : Field.Of(name, canonical));
            }
        }

        Table.Into.Occurrence(new Occurrence(rule.Category, start, end, fields, At(row), rule.Subject));
        samples.Count++;
        return null;
    }

    private static long? Duration(JsonElement item, ItemsRule rule) => rule.Duration
        .Select(name => item.Number(name)).FirstOrDefault(number => number is not null) is { } stated ? DurationText.Seconds(stated, DurationUnit.Seconds) : null;

    // An entry's stamp is on the row's clock when it is an instant, else as bare as it stands.
    private static bool Time(JsonElement item, IReadOnlyList<string> names, Moment near, out Moment at)
    {
        at = default;
        foreach (var name in names)
        {
            if (item.Text(name) is { } text)
            {
                if (!MomentText.TryParse(Encoding.UTF8.GetBytes(text), out at))
                {
                    return false;
                }

                at = at.Instant is { } instant && near.Offset is { } offset ? Moment.At(instant, offset) : at.Offset is null ? at with { Offset = near.Offset } : at;
                return true;
            }
        }

        return false;
    }
}
