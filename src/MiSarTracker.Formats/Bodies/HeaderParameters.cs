using System.Text;

namespace MiSarTracker.Formats.Bodies;

/// <summary>Reads the parameters of a header value: <c>form-data; name="data_json"; filename=x</c>.</summary>
internal static class HeaderParameters
{
    /// <summary>The value of the parameter, unquoted, or null; names without regard to case.</summary>
    public static string? Find(string header, string name)
    {
        var at = header.IndexOf(';', StringComparison.Ordinal);
        while (at >= 0 && at < header.Length)
        {
            at++;
            var equals = header.IndexOf('=', at);
            if (equals < 0)
                return null;
            var semicolon = header.IndexOf(';', at);
            if (semicolon >= 0 && semicolon < equals)
            {
                at = semicolon;
                continue;
            }

            var key = header.AsSpan(at, equals - at).Trim();
            var value = Value(header, equals + 1, out at);
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    /// <summary>A token or a quoted string; <paramref name="next"/> is the semicolon after it, or -1.</summary>
    private static string Value(string header, int at, out int next)
    {
        while (at < header.Length && header[at] is ' ' or '\t')
            at++;
        if (at == header.Length || header[at] != '"')
        {
            next = header.IndexOf(';', at);
            return header[at..(next < 0 ? header.Length : next)].Trim();
        }

        var text = new StringBuilder();
        for (at++; at < header.Length && header[at] != '"'; at++)
        {
            // Only a quote or a backslash is escaped; browsers of old sent the backslashes of a path as they are.
            if (header[at] == '\\' && at + 1 < header.Length && header[at + 1] is '"' or '\\')
                at++;
            text.Append(header[at]);
        }

        next = at < header.Length ? header.IndexOf(';', at) : -1;
        return text.ToString();
    }
}
