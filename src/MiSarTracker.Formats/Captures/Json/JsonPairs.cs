using System.Text.Json;

namespace MiSarTracker.Formats.Captures.Json;

/// <summary>
/// Walks names and values in any of the shapes that tools write them in: a list of objects with name and value, a list
/// of pairs, or one object with a field per name. The data is whole, valid JSON.
/// </summary>
internal ref struct JsonPairs
{
    private readonly bool _isList;
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;

    public JsonPairs(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 128, AllowTrailingCommas = true });
        _isList = !json.IsEmpty && _reader.Read() && _reader.TokenType == JsonTokenType.StartArray;
    }

    public JsonValue Name { get; private set; }

    public JsonValue Value { get; private set; }

    /// <summary>Goes to the next pair; false at the end. The name may be missing.</summary>
    public bool MoveNext()
    {
        while (!_json.IsEmpty && _reader.Read() && _reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            if (_isList ? InList() : Field())
                return true;
        }

        return false;
    }

    public readonly bool IsNamed(ReadOnlySpan<byte> name) =>
        Name.Length == name.Length && System.Text.Ascii.EqualsIgnoreCase(Name.BytesIn(_json), name);

    private bool InList()
    {
        (Name, Value) = (default, default);
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                NameAndValue();
                return true;
            case JsonTokenType.StartArray:
                Pair();
                return true;
            default:
                return false;
        }
    }

    private bool Field()
    {
        Name = new JsonValue(JsonTokenType.String, (int)_reader.TokenStartIndex + 1, _reader.ValueSpan.Length);
        _reader.Read();
        Value = JsonValue.At(ref _reader);
        return true;
    }

    private void NameAndValue()
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = JsonValue.IsNamed(_reader, "name"u8);
            var isValue = JsonValue.IsNamed(_reader, "value"u8);
            _reader.Read();
            var text = JsonValue.At(ref _reader);
            Name = isName ? text : Name;
            Value = isValue ? text : Value;
        }
    }

    private void Pair()
    {
        for (var i = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var text = JsonValue.At(ref _reader);
            Name = i == 0 ? text : Name;
            Value = i == 1 ? text : Value;
        }
    }
}
