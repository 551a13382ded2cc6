using System.Text;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>A column of a table, or a property of the JSON that a column holds.</summary>
/// <param name="Index">The column, from 0; -1 for none.</param>
/// <param name="Properties">The properties to follow into the column's JSON; empty for the column itself.</param>
internal readonly record struct ColumnRef(int Index, IReadOnlyList<string> Properties)
{
    /// <summary>Where to look when the JSON has no such property: the profile's further names; null for none.</summary>
    private List<ColumnRef>? Else { get; init; }

    public static ColumnRef None { get; } = new(-1, []);

    public bool Exists => Index >= 0;

    /// <summary>The first of the names that the header has; names without regard to case, a name with a dot may lead into JSON.</summary>
    public static ColumnRef Find(IReadOnlyList<string> header, IReadOnlyList<string> names)
    {
        for (var at = 0; at < names.Count; at++)
        {
            var name = names[at];
            if (IndexOf(header, name) is var index and >= 0)
            {
                return new ColumnRef(index, []);
            }

            var parts = name.Split('.');
            if (parts.Length > 1 && IndexOf(header, parts[0]) is var column and >= 0)
            {
                return new ColumnRef(column, parts[1..]) { Else = Further(header, names, at + 1) };
            }
        }

        return None;
    }

    /// <summary>The field's bytes; empty when the column is missing or the JSON has no such property.</summary>
    public ReadOnlySpan<byte> In(in TableRow row, RowJson json)
    {
        if (Index < 0)
        {
            return default;
        }

        if (Properties.Count == 0)
        {
            return row[Index].Trim((byte)' ');
        }

        var value = json.Property(row, Index, Properties);
        for (var i = 0; value.IsEmpty && Else is not null && i < Else.Count; i++)
        {
            value = Else[i].In(row, json);
        }

        return value;
    }

    private static List<ColumnRef>? Further(IReadOnlyList<string> header, IReadOnlyList<string> names, int from)
    {
        var further = names.Skip(from).Select(name => Find(header, [name])).Where(column => column.Exists).ToList();
        return further.Count == 0 ? null : further;
    }

    public string Text(in TableRow row, RowJson json) => Encoding.UTF8.GetString(In(row, json));

    private static int IndexOf(IReadOnlyList<string> header, string name)
    {
        for (var i = 0; i < header.Count; i++)
        {
            if (header[i].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
