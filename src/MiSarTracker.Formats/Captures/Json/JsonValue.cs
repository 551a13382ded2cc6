using System.Buffers.Text;
using System.Text.Json;

namespace MiSarTracker.Formats.Captures.Json;

/// <summary>A JSON value as a place in a record of a capture: of a string its content without the quotes, of a structure all of it.</summary>
internal readonly record struct JsonValue(JsonTokenType Type, int Start, int Length, bool IsEscaped = false)
{
    public bool IsString => Type == JsonTokenType.String;

    public bool IsMissing => Type is JsonTokenType.None or JsonTokenType.Null;

    public bool IsTrue => Type == JsonTokenType.True;

    /// <summary>
    /// Steps from a property's name to its value, of a structure to its end; false when the data ends before.
    /// </summary>
    public static bool TryNext(ref Utf8JsonReader reader, ref JsonValue value) => reader.Read() && TryHere(ref reader, ref value);

    /// <summary>The value that the reader stands on; false when the data ends before the structure's end.</summary>
    public static bool TryHere(ref Utf8JsonReader reader, ref JsonValue value)
    {
        var start = (int)reader.TokenStartIndex;
        var type = reader.TokenType;
        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            if (!reader.TrySkip())
                return false;
            value = new JsonValue(type, start, (int)reader.BytesConsumed - start);
            return true;
        }

        value = type == JsonTokenType.String
            ? new JsonValue(type, start + 1, reader.ValueSpan.Length, reader.ValueIsEscaped)
            : new JsonValue(type, start, reader.ValueSpan.Length);
        return true;
    }

    /// <summary>The value that the reader stands on in data that is whole.</summary>
    public static JsonValue At(ref Utf8JsonReader reader)
    {
        var value = default(JsonValue);
        TryHere(ref reader, ref value);
        return value;
    }

    /// <summary>
    /// True when the reader stands on a name or text that is this one. The platform's own comparison throws where an
    /// escape stands for half a character.
    /// </summary>
    public static bool IsNamed(in Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        var text = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
            return text.SequenceEqual(name);
        if (text.Length > 6 * name.Length)
            return false;
        var copy = text.ToArray();
        return copy.AsSpan(0, JsonText.Unescape(copy)).SequenceEqual(name);
    }

    public string TextIn(ReadOnlySpan<byte> record)
    {
        if (!IsString)
            return Type == JsonTokenType.Number ? Wire.Text(record.Slice(Start, Length)) : "";
        var text = record.Slice(Start, Length);
        if (text.IndexOf((byte)'\\') < 0)
            return Wire.Text(text);
        var copy = text.ToArray();
        return Wire.Text(copy.AsSpan(0, JsonText.Unescape(copy)));
    }

    /// <summary>The content of a string as it stands there, escapes and all; empty for other values.</summary>
    public ReadOnlySpan<byte> BytesIn(ReadOnlySpan<byte> record) => IsString ? record.Slice(Start, Length) : [];

    /// <summary>The number, also when it is written as text or with a fraction; null when there is none.</summary>
    public double? NumberIn(ReadOnlySpan<byte> record)
    {
        if (Type is not (JsonTokenType.Number or JsonTokenType.String))
            return null;
        var text = record.Slice(Start, Length);
        return Utf8Parser.TryParse(text, out double number, out var used) && used == text.Length && double.IsFinite(number) ? number : null;
    }

    /// <summary>The number as a count of bytes, -1 when there is none.</summary>
    public long CountIn(ReadOnlySpan<byte> record) => (long)Math.Clamp(NumberIn(record) ?? -1, -1, long.MaxValue / 2);
}
