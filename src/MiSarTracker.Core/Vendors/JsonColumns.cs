namespace MiSarTracker.Core.Vendors;

/// <summary>How the column names of a rule for JSON files are read: as paths into a row's value, or from the document's root.</summary>
public static class JsonColumns
{
    /// <summary>The path that a name of a rule with <see cref="ExportRule.Each"/> means.</summary>
    /// <exception cref="FormatException">The name is no path.</exception>
    public static ValuePath PathOf(string name) => name.Length == 0
        ? throw new FormatException("a name is missing")
        : ValuePath.Parse(name[0] is '$' or '@' ? name : name[0] == '[' ? "@" + name : "@." + name);

    /// <summary>The names under which the rule looks for each of its columns, in the order of preference.</summary>
    public static IEnumerable<IReadOnlyList<string>> ListsOf(ExportRule rule) =>
        rule.Columns.Values
            .Concat(rule.Rows.Select(filter => (IReadOnlyList<string>)[filter.Column]))
            .Concat(rule.Items.Select(items => items.Column))
            .Concat(rule.Time is { } time ? [time.Date, time.Start, time.End, time.Duration, time.Zone] : [])
            .Where(names => names.Count > 0);

    /// <summary>Every name of a column that the rule mentions.</summary>
    public static IEnumerable<string> NamesOf(ExportRule rule) =>
        ListsOf(rule).SelectMany(names => names).Concat(rule.Unused.Keys).Distinct(StringComparer.Ordinal);

    internal static void Check(ExportRule rule, Action<bool, string, string> that)
    {
        if (rule.Each is not { } each)
        {
            return;
        }

        that(!each.IsRelative && !each.IsOfQuery, ".each", "the rows of a document begin at its root, $");
        foreach (var name in NamesOf(rule))
        {
            that(IsPath(name, each), ".columns", $"'{name}' is no path into a row, such as value.bpm, nor one from the root");
        }
    }

    private static bool IsPath(string name, ValuePath each)
    {
        try
        {
            var path = PathOf(name);
            return path.IsRelative ? path.Steps.All(step => step.Name is not null || step.Index is not null) : each.Steps.Count > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
