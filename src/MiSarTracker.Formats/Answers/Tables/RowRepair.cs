namespace MiSarTracker.Formats.Answers.Tables;

/// <summary>A row that was split anew, with bytes of its own.</summary>
internal sealed record RepairedRow(byte[] Bytes, (int Start, int Length)[] Fields);

/// <summary>
/// Rows with more fields than their header. Seen in Zepp's exports: the JSON of the <c>naps</c> column with its quotes
/// behind backslashes instead of doubled, or not quoted at all.
/// </summary>
internal static class RowRepair
{
    private const FieldShape AnyEscape = FieldShape.Doubled | FieldShape.Backslashes;

    /// <param name="raw">The row as written, without its line end.</param>
    /// <param name="delimiter">What separates its fields.</param>
    /// <param name="columns">The header's.</param>
    /// <param name="naps">The index of the naps column, or -1.</param>
    public static RepairedRow? Repair(ReadOnlySpan<byte> raw, byte delimiter, int columns, int naps)
    {
        var byBackslash = Split(raw, delimiter, backslashEscapes: true);
        if (byBackslash.Count <= columns && raw.Contains((byte)'\\'))
            return Unescaped(raw, byBackslash, -1);

        if (naps < 0)
            return null;

        // Everything from the naps column on is one field, but for as many fields at the end as the header has behind it.
        var plain = Split(raw, delimiter, backslashEscapes: false);
        var behind = columns - naps - 1;
        if (plain.Count < columns)
            return null;

        var from = plain[naps].Start;
        var to = plain[^(behind + 1)];
        List<(int Start, int Length)> joined = [.. plain[..naps], (from, to.Start + to.Length - from), .. plain[^behind..]];
        return Unescaped(raw, joined, naps);
    }

    /// <summary>The fields as written, quotes included.</summary>
    private static List<(int Start, int Length)> Split(ReadOnlySpan<byte> raw, byte delimiter, bool backslashEscapes)
    {
        var fields = new List<(int, int)>();
        var (start, quoted) = (0, false);
        for (var i = 0; i < raw.Length; i++)
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
        return fields;
    }

    private static RepairedRow Unescaped(ReadOnlySpan<byte> raw, List<(int Start, int Length)> fields, int joined)
    {
        var bytes = raw.ToArray();
        var result = new (int Start, int Length)[fields.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var (start, length) = fields[i];
            var isQuoted = length >= 2 && bytes[start] == '"' && bytes[start + length - 1] == '"';
            if (isQuoted)
                (start, length) = (start + 1, length - 2);

            if (isQuoted || i == joined)
                length = FieldText.Unescape(bytes.AsSpan(start, length), AnyEscape);

            result[i] = (start, length);
        }

        return new RepairedRow(bytes, result);
    }
}
