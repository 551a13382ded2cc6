namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>Which text is a table, and what separates its fields.</summary>
internal static class TableDetection
{
    private const string Delimiters = ",;\t";
    private const int LooksAt = 12;
    private const int LongestName = 60;

    /// <summary>
    /// Finds the header of a table that begins so. The delimiter is the one that splits the header most often; a comma
    /// wins a draw. A first line <c>sep=;</c> (a spreadsheet's) decides it outright.
    /// </summary>
    /// <returns>Lines to pass over before the header.</returns>
    public static int HeaderOf(string text, string name, out char delimiter)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            if (content.Length == 5 && content.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && Delimiters.Contains(content[4], StringComparison.Ordinal))
            {
                delimiter = content[4];
                return line;
            }

            if (content.IsEmpty || IsTitle(text, line, content.ToString()))
                continue;

            if (name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) && content.Contains('\t'))
            {
                delimiter = '\t';
                return Before(text, line);
            }

            delimiter = ',';
            foreach (var candidate in Delimiters)
            {
                if (Splits(content, candidate) > Splits(content, delimiter))
                    delimiter = candidate;
            }

            return Before(text, line);
        }

        delimiter = ',';
        return 0;
    }

    /// <summary>The lines before this one, as whoever splits the rows counts them: for him a form feed is no line end.</summary>
    private static int Before(string text, int line)
    {
        var others = text.AsSpan().IndexOfAny("\f\u0085\u2028\u2029");
        return others >= 0 && text.AsSpan(0, others).Count('\n') < line ? 0 : line - 1;
    }

    /// <summary>
    /// A line without any delimiter stands above a table when, after at most a few such lines, others follow that all split
    /// equally often: "Export of your data", and not a table of one column.
    /// </summary>
    private static bool IsTitle(string text, int line, string content)
    {
        if (line > LooksAt || Delimiters.Any(content.Contains))
            return false;

        var below = text.Split('\n', line + LooksAt + 1).Skip(line).Take(LooksAt).Select(next => next.TrimEnd('\r')).Where(next => next.Length > 0).ToList();
        var rows = below.SkipWhile(next => !Delimiters.Any(next.Contains)).ToList();
        return rows.Count > 1 && rows.TrueForAll(row => row.Count(character => character == '"') % 2 == 0) && Delimiters.Any(delimiter => Splits(rows[0], delimiter) is > 0 and var splits && rows.TrueForAll(row => Splits(row, delimiter) == splits));
    }

    /// <summary>
    /// Whether text that no name calls a table is one: short column names, and several lines that all split as often as the first.
    /// </summary>
    public static bool IsTable(string text)
    {
        if (HeaderOf(text, "", out var delimiter) > 0 && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            return true;

        var lines = text.Split('\n', LooksAt + 1).Take(LooksAt).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToList();
        if (lines.Count < 2)
            return false;

        var splits = Splits(lines[0], delimiter);
        return splits > 0
            && lines[0].Split(delimiter).All(name => name.Trim() is { Length: > 0 and <= LongestName } && !name.Contains(". ", StringComparison.Ordinal))
            && lines.Skip(1).All(line => Splits(line, delimiter) == splits)
            && !lines[0].TrimEnd().EndsWith('.');
    }

    private static int Splits(ReadOnlySpan<char> line, char delimiter)
    {
        var (count, quoted) = (0, false);
        foreach (var character in line)
        {
            quoted ^= character == '"';
            count += character == delimiter && !quoted ? 1 : 0;
        }

        return count;
    }
}
