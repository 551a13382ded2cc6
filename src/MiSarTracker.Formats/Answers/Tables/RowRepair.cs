namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>A row that was split anew, with bytes of its own.</summary>
internal sealed record RepairedRow(byte[] Bytes, (int Start, int Length)[] Fields);

/// <summary>
/// Rows that do not fit their header. Seen in Zepp's exports: the JSON of the <c>naps</c> column with its quotes
/// behind backslashes instead of doubled, or not quoted at all.
/// </summary>
internal static class RowRepair
{
    private const FieldShape AnyEscape = FieldShape.Doubled | FieldShape.Backslashes;

    /// <param name="raw">The row as written, without its line end.</param>
    /// <param name="delimiter">What separates its fields.</param>
    /// <param name="columns">The header's.</param>
    /// <param name="naps">The index of the naps column, or -1.</param>
    /// <returns>The row, or null when no rule explains it.</returns>
    public static RepairedRow? Repair(ReadOnlySpan<byte> raw, byte delimiter, int columns, int naps)
    {
        if (raw.IsEmpty)
            return null;

        if (raw.Contains((byte)'\\') && Split(raw, delimiter, int.MaxValue, backslashEscapes: true) is { } fields && fields.Count <= columns)
            return Unescaped(raw, fields);

        return naps < 0 ? null : Rejoin(raw, delimiter, naps, behind: columns - naps - 1);
    }

    /// <summary>Everything from the naps column on is one field, but for as many fields at the end as the header has behind it.</summary>
    private static RepairedRow? Rejoin(ReadOnlySpan<byte> raw, byte delimiter, int naps, int behind)
    {
        var fields = Split(raw, delimiter, naps, backslashEscapes: false);
        if (fields is null || fields.Count <= naps)
            return null;

        var from = fields[naps].Start;
        var last = new List<(int, int)>();
        var to = raw.Length;
        for (; behind > 0; behind--)
        {
            var at = raw[from..to].LastIndexOf(delimiter);
            if (at < 0)
                return null;

            last.Insert(0, (from + at + 1, to - from - at - 1));
            to = from + at;
        }

        var list = raw[from..to].Trim("\" "u8);
        var isJson = list.IsEmpty || (list[0] == '[' && list[^1] == ']') || (list[0] == '{' && list[^1] == '}');
        return isJson ? Unescaped(raw, [.. fields[..naps], (from, to - from), .. last]) : null;
    }

    /// <summary>
    /// The fields as written, quotes included; from the field of this index on, the rest is one. Null when a quote stays open.
    /// </summary>
    private static List<(int Start, int Length)>? Split(ReadOnlySpan<byte> raw, byte delimiter, int restFrom, bool backslashEscapes)
    {
        var fields = new List<(int, int)>();
        var (start, quoted) = (0, false);
        for (var i = 0; i < raw.Length && fields.Count < restFrom; i++)
        {
            if (raw[i] == delimiter && !quoted)
            {
                fields.Add((start, i - start));
                start = i + 1;
            }
            else if (backslashEscapes && quoted && raw[i] == '\\')
            {
                i++;
            }
            else if (raw[i] == '"' && (quoted || i == start))
            {
                var isDoubled = quoted && i + 1 < raw.Length && raw[i + 1] == '"';
                var closes = quoted && !isDoubled && (i + 1 == raw.Length || raw[i + 1] == delimiter);
                quoted = !closes;
                i += isDoubled ? 1 : 0;
            }
        }

        fields.Add((start, raw.Length - start));
        return quoted ? null : fields;
    }

    private static RepairedRow Unescaped(ReadOnlySpan<byte> raw, List<(int Start, int Length)> fields)
    {
        var bytes = raw.ToArray();
        var result = new (int Start, int Length)[fields.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var (start, length) = fields[i];
            if (length >= 2 && bytes[start] == '"' && bytes[start + length - 1] == '"')
            {
                start++;
                length = FieldText.Unescape(bytes.AsSpan(start, length - 2), AnyEscape);
            }

            result[i] = (start, length);
        }

        return new RepairedRow(bytes, result);
    }
}
