using System.Text;
using System.Text.Json;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>A workout's fields, whether they came as a form, as multipart, in the query or as a JSON object.</summary>
internal sealed class WorkoutFields : IDisposable
{
    private readonly RequestContent _content;
    private readonly JsonDocument? _json;

    public WorkoutFields(RequestContent content)
    {
        _content = content;
        _json = content.Kind == ContentKind.Json ? JsonBytes.Parse(content.Bytes, out _) : null;
        if (_json is { RootElement.ValueKind: not JsonValueKind.Object })
        {
            _json.Dispose();
            _json = null;
        }
    }

    public IEnumerable<string> Names => _json is null
        ? _content.FieldNames
        : _json.RootElement.EnumerateObject().Select(property => property.Name);

    public string? Text(string name) => _json is null ? _content.Text(name) : _json.RootElement.Text(name) ?? _content.Text(name);

    public ReadOnlyMemory<byte>? Bytes(string name)
    {
        if (_json is null)
        {
            return _content.Field(name);
        }

        return _json.RootElement.Text(name) is { } text ? Encoding.UTF8.GetBytes(text) : null;
    }

    public void Dispose() => _json?.Dispose();
}
