using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Answers.Mapping;

/// <summary>Finds the rules that take a table: by the member's name, else by what its header says.</summary>
internal static class TableRules
{
    public static List<ExportRule> For(IReadOnlyList<ExportRule> rules, string member, IReadOnlyList<string> header)
    {
        var tables = rules.Where(rule => rule.Each is null).ToList();
        var named = tables.FindAll(rule => rule.Member.IsMatch(member));
        if (named.Count > 0)
        {
            return named.FindAll(rule => Fits(rule, header));
        }

        // A renamed file: its columns must be those that the profile gives as the table's signature, and nothing unknown beside them.
        return tables.FindAll(rule => HasSignature(rule, header) && Fits(rule, header))
            .GroupBy(rule => string.Join('\n', rule.Signature), StringComparer.OrdinalIgnoreCase)
            .Select(group => group.ToList())
            .FirstOrDefault(group => !Unknown(group, header).Any()) ?? [];
    }

    /// <summary>The header's columns that none of the rules knows.</summary>
    public static IEnumerable<string> Unknown(IReadOnlyList<ExportRule> rules, IReadOnlyList<string> header) =>
        header.Where(column => column.Trim().Length > 0 && !rules.Any(rule => Knows(rule, column)));

    private static bool Fits(ExportRule rule, IReadOnlyList<string> header)
    {
        if (!rule.Required.All(name => ColumnRef.Find(header, rule.Columns[name]).Exists)
            || !rule.Columns.Values.Any(names => ColumnRef.Find(header, names).Exists)
            || !rule.Rows.All(filter => ColumnRef.Find(header, [filter.Column]).Exists))
        {
            return false;
        }

        using var json = new RowJson();
        return rule.Time is not { } time || new RowTime(time, header, json).IsComplete;
    }

    private static bool HasSignature(ExportRule rule, IReadOnlyList<string> header) =>
        rule.Signature.Count > 0 && rule.Signature.All(name => header.Any(column => column.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static bool Knows(ExportRule rule, string column)
    {
        bool Names(IEnumerable<string> names) => names.Any(name =>
            name.Equals(column.Trim(), StringComparison.OrdinalIgnoreCase)
            || name.StartsWith(column.Trim() + ".", StringComparison.OrdinalIgnoreCase));

        return Names(rule.Columns.Values.SelectMany(names => names))
            || Names(rule.Unused.Keys)
            || Names(rule.Rows.Select(filter => filter.Column))
            || Names(rule.Items.SelectMany(items => items.Column))
            || (rule.Time is { } time && Names([.. time.Date, .. time.Start, .. time.End, .. time.Duration, .. time.Zone]));
    }
}
