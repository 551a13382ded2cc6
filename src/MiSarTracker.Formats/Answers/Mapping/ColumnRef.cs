using System.Text;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>A column of a table, or a property of the JSON that a column holds.</summary>
/// <param name="Index">The column, from 0; -1 for none.</param>
/// <param name="Properties">The properties to follow into the column's JSON; empty for the column itself.</param>
internal readonly record struct ColumnRef(int Index, IReadOnlyList<string> Properties)
{
    public static ColumnRef None { get; } = new(-1, []);

    public bool Exists => Index >= 0;

    /// <summary>The first of the names that the header has; names without regard to case, a name with a dot may lead into JSON.</summary>
    public static ColumnRef Find(IReadOnlyList<string> header, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (IndexOf(header, name) is var index and >= 0)
            {
                return new ColumnRef(index, []);
            }

            var parts = name.Split('.');
            if (parts.Length > 1 && IndexOf(header, parts[0]) is var column and >= 0)
            {
                return new ColumnRef(column, parts[1..]);
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

        return Properties.Count == 0 ? row[Index].Trim((byte)' ') : json.Property(row, Index, Properties);
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
