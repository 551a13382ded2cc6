using System.Text;
using System.Text.Json;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>A workout's fields, whether they came as a form, as multipart, in the query or as a JSON object.</summary>
internal sealed class WorkoutFields : IDisposable
{
    private readonly RequestContent _content;
    private readonly JsonDocument? _document;
    private readonly JsonElement? _json;

    public WorkoutFields(RequestContent content)
    {
        _content = content;
        _document = content.Kind == ContentKind.Json ? JsonBytes.Parse(content.Bytes, out _) : null;
        _json = _document?.RootElement is { ValueKind: JsonValueKind.Object } root ? Inner(root) : null;
    }

    /// <summary>The fields of one object of a document that somebody else disposes of; what it lacks, the query may say.</summary>
    public WorkoutFields(RequestContent content, JsonElement element) => (_content, _json) = (content, element);

    public IEnumerable<string> Names => _json is { } json
        ? json.EnumerateObject().Select(property => property.Name)
        : _content.FieldNames;

    public string? Text(string name) => _json is { } json ? json.Text(name) ?? _content.Text(name) : _content.Text(name);

    public ReadOnlyMemory<byte>? Bytes(string name)
    {
        if (_json is not { } json)
        {
            return _content.Field(name);
        }

        return json.Text(name) is { } text ? Encoding.UTF8.GetBytes(text) : null;
    }

    public void Dispose() => _document?.Dispose();

    // An answer wraps the object in its envelope.
    private static JsonElement Inner(JsonElement root) =>
        root.At("trackid") is null && root.At("data") is { ValueKind: JsonValueKind.Object } data ? data : root;
}
