using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Answers.Mapping.Json;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>Which columns of a table the rules read: wholly, in parts (properties of the JSON in them), or not at all.</summary>
internal static class ReadColumns
{
    public static ((int Column, string Name)[] Unread, (int Column, JsonShape Shape)[] PartlyRead) Of(IReadOnlyList<ExportRule> rules, IReadOnlyList<string> header)
    {
        if (rules.Any(rule => rule.Each is not null))
        {
            // The document's own walk hands on what is not read.
            return ([], []);
        }

        var read = rules.SelectMany(rule => JsonColumns.ListsOf(rule).SelectMany(names => names).Select(name => ColumnRef.Find(header, [name]))).Where(column => column.Exists).ToList();
        var whole = read.Where(column => column.Properties.Count == 0).Select(column => column.Index).ToHashSet();
        var partly = read.Where(column => !whole.Contains(column.Index)).GroupBy(column => column.Index).OrderBy(group => group.Key).Select(group => (group.Key, Shape(group))).ToArray();
        var unread = Enumerable.Range(0, header.Count)
            .Where(column => !whole.Contains(column) && partly.All(one => one.Key != column))
            .Select(column => (column, header[column])).ToArray();
        return (unread, partly);
    }

    // Nothing is done with what is read here: the rules read it themselves.
    private static JsonShape Shape(IEnumerable<ColumnRef> columns)
    {
        var shape = new JsonShape();
        foreach (var column in columns)
        {
            shape.Along(column.Properties.Select(property => new ValuePath.Step(property, null))).IsReadElsewhere = true;
        }

        return shape;
    }
}
