using System.Collections;

namespace MiSarTracker.Formats.Captures.Json;

/// <summary>
/// A message's headers, turned into strings only when somebody looks; see <see cref="JsonPairs"/> for their shapes. The
/// reader closes them when it moves on.
/// </summary>
internal sealed class JsonHeaders(ReadOnlyMemory<byte> json) : IReadOnlyList<HttpHeader>, ILent
{
    private ReadOnlyMemory<byte> _json = json;
    private HttpHeader[]? _headers;
    private bool _closed;

    public int Count => All.Length;

    private HttpHeader[] All => _headers ??= _closed
        ? throw new InvalidOperationException("The headers of an exchange can only be read before the next one is asked for.")
        : Materialise(_json.Span);

    public HttpHeader this[int index] => All[index];

    public void Close()
    {
        _closed = true;
        _json = default;
    }

    public IEnumerator<HttpHeader> GetEnumerator() => ((IEnumerable<HttpHeader>)All).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The first value under the name (lower case), or null. For the reader itself: makes no string but this.</summary>
    public string? First(ReadOnlySpan<byte> name)
    {
        var pairs = new JsonPairs(_json.Span);
        while (pairs.MoveNext())
        {
            if (pairs.IsNamed(name))
                return pairs.Value.TextIn(_json.Span);
        }

        return null;
    }

    /// <summary>The host that the headers name: HTTP/2's authority, else the Host header; null when there is none.</summary>
    public string? Host()
    {
        var pairs = new JsonPairs(_json.Span);
        var host = default(JsonValue);
        while (pairs.MoveNext())
        {
            if (pairs.IsNamed(":authority"u8) && pairs.Value.Length > 0)
                return pairs.Value.TextIn(_json.Span);
            if (pairs.IsNamed("host"u8) && host.Length == 0)
                host = pairs.Value;
        }

        return host.Length == 0 ? null : host.TextIn(_json.Span);
    }

    /// <summary>Names and values from a list or an object; also of <c>postData.params</c>.</summary>
    public static HttpHeader[] Materialise(ReadOnlySpan<byte> json)
    {
        var headers = new List<HttpHeader>();
        var pairs = new JsonPairs(json);
        while (pairs.MoveNext())
        {
            if (pairs.Name.TextIn(json) is { Length: > 0 } name)
                headers.Add(new HttpHeader(name, pairs.Value.TextIn(json)));
        }

        return [.. headers];
    }
}
