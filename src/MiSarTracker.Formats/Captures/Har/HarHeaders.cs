using System.Collections;
using System.Text.Json;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>
/// An entry's headers, turned into strings only when somebody looks: objects with name and value, pairs in lists, or
/// one object with a field per header. The reader closes them when it moves on.
/// </summary>
internal sealed class HarHeaders(ReadOnlyMemory<byte> json) : IReadOnlyList<HttpHeader>
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

    /// <summary>The first value under the name, without regard to case, or null.</summary>
    public string? First(string name) =>
        Array.Find(All, header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Names and values from a list or an object; also of <c>postData.params</c>.</summary>
    public static HttpHeader[] Materialise(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
            return [];
        var headers = new List<HttpHeader>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 128, AllowTrailingCommas = true });
        reader.Read();
        var isList = reader.TokenType == JsonTokenType.StartArray;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            if (!isList)
                headers.Add(Field(ref reader, json));
            else if (reader.TokenType == JsonTokenType.StartObject)
                headers.Add(NameAndValue(ref reader, json));
            else if (reader.TokenType == JsonTokenType.StartArray)
                headers.Add(Pair(ref reader, json));
        }

        headers.RemoveAll(header => header.Name.Length == 0);
        return [.. headers];
    }

    private static HttpHeader Field(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex + 1;
        var name = new HarValue(JsonTokenType.String, start, reader.ValueSpan.Length).TextIn(json);
        reader.Read();
        return new HttpHeader(name, HarValue.At(ref reader).TextIn(json));
    }

    private static HttpHeader NameAndValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var (name, value) = ("", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8);
            var isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            var text = HarValue.At(ref reader);
            name = isName ? text.TextIn(json) : name;
            value = isValue ? text.TextIn(json) : value;
        }

        return new HttpHeader(name, value);
    }

    private static HttpHeader Pair(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var (name, value) = ("", "");
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var text = HarValue.At(ref reader).TextIn(json);
            name = i == 0 ? text : name;
            value = i == 1 ? text : value;
        }

        return new HttpHeader(name, value);
    }
}
