namespace MiSarTracker.Formats.Captures.Har;

/// <summary>The parts of an entry's url, taken apart without judging: captures hold urls that no standard allows.</summary>
/// <param name="Scheme"><c>https</c> or <c>http</c> (WebSockets' own are the same traffic), or another in lower case.</param>
/// <param name="Authority">Host and port as written; empty where the scheme has none.</param>
/// <param name="Target">Path and query, beginning with a slash, without fragment.</param>
internal sealed record HarUrl(string Scheme, string Authority, string Target)
{
    public static HarUrl? Split(string url, string method)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && !url.AsSpan(colon).StartsWith("://") && method == "CONNECT")
            return new HarUrl("https", url.TrimEnd('/'), "/");
        if (colon <= 0 || url.AsSpan(0, colon).IndexOfAnyExcept(Wire.SchemeLetters) >= 0)
            return null;
        var scheme = url[..colon].ToLowerInvariant() switch { "wss" => "https", "ws" => "http", var other => other };
        if (!url.AsSpan(colon).StartsWith("://"))
            return scheme is "http" or "https" ? null : new HarUrl(scheme, "", "/");
        var rest = url.AsSpan(colon + 3);
        var fragment = rest.IndexOf('#');
        rest = fragment < 0 ? rest : rest[..fragment];
        var end = rest.IndexOfAny('/', '?');
        var authority = (end < 0 ? rest : rest[..end]).ToString();
        var target = end < 0 ? "/" : rest[end] == '/' ? rest[end..].ToString() : $"/{rest[end..]}";
        return authority.Length > 0 || scheme is not ("http" or "https") ? new HarUrl(scheme, authority, target) : null;
    }
}
