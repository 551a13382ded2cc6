using System.Text.Json;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>A JSON value as a place in an entry: of a string its content without the quotes, of a structure all of it.</summary>
internal readonly record struct HarValue(JsonTokenType Type, int Start, int Length, bool IsEscaped = false)
{
    public bool IsString => Type == JsonTokenType.String;

    public bool IsMissing => Type is JsonTokenType.None or JsonTokenType.Null;

    /// <summary>The value that the reader stands on; of a structure the reader goes to its end.</summary>
    public static HarValue At(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var type = reader.TokenType;
        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            reader.Skip();
            return new HarValue(type, start, (int)reader.BytesConsumed - start);
        }

        return type == JsonTokenType.String
            ? new HarValue(type, start + 1, reader.ValueSpan.Length, reader.ValueIsEscaped)
            : new HarValue(type, start, reader.ValueSpan.Length);
    }

    public string TextIn(ReadOnlySpan<byte> entry)
    {
        if (!IsString)
            return Type == JsonTokenType.Number ? Wire.Text(entry.Slice(Start, Length)) : "";
        var text = entry.Slice(Start, Length);
        if (text.IndexOf((byte)'\\') < 0)
            return Wire.Text(text);
        var copy = text.ToArray();
        return Wire.Text(copy.AsSpan(0, JsonText.Unescape(copy)));
    }

    /// <summary>The number, also when it is written as text or with a fraction; null when there is none.</summary>
    public double? NumberIn(ReadOnlySpan<byte> entry)
    {
        if (Type is not (JsonTokenType.Number or JsonTokenType.String))
            return null;
        var text = entry.Slice(Start, Length);
        return System.Buffers.Text.Utf8Parser.TryParse(text, out double number, out var used) && used == text.Length && double.IsFinite(number) ? number : null;
    }
}

/// <summary>Where the parts of a request or a response are.</summary>
internal struct HarMessage
{
    public bool IsPresent;
    public HarValue Method;
    public HarValue Url;
    public HarValue HttpVersion;
    public HarValue Headers;
    public HarValue Status;
    public HarValue StatusText;
    public HarValue BodySize;
    public HarValue Error;

    /// <summary>HTTP Toolkit's word on a body that it dropped.</summary>
    public HarValue BodyStatus;

    /// <summary>The fields of <c>postData</c> or <c>content</c>.</summary>
    public HarContent Content;

    /// <summary>HTTP Toolkit's <c>_content</c>: bytes that no text could hold.</summary>
    public HarContent Bytes;
}

/// <summary>Where the parts of a body's description are.</summary>
internal struct HarContent
{
    public HarValue Text;
    public HarValue Encoding;
    public HarValue MimeType;
    public HarValue Params;
    public HarValue Size;
}

/// <summary>Where the parts of an entry are.</summary>
internal struct HarEntryParts
{
    public HarValue StartedAt;
    public HarValue Error;
    public HarValue WebSocketMessages;
    public HarMessage Request;
    public HarMessage Response;

    /// <summary>Walks an entry, whatever the order of its fields.</summary>
    /// <exception cref="JsonException">The entry is no JSON.</exception>
    public static HarEntryParts Read(ReadOnlySpan<byte> entry, Limits limits)
    {
        // One level deeper than the scan allows, so that the scan is the one that judges.
        var reader = new Utf8JsonReader(entry, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1, AllowTrailingCommas = true });
        var parts = default(HarEntryParts);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("request"u8))
                Message(ref reader, ref parts.Request);
            else if (reader.ValueTextEquals("response"u8))
                Message(ref reader, ref parts.Response);
            else if (reader.ValueTextEquals("startedDateTime"u8))
                Put(ref reader, ref parts.StartedAt);
            else if (reader.ValueTextEquals("_error"u8))
                Put(ref reader, ref parts.Error);
            else if (reader.ValueTextEquals("_webSocketMessages"u8))
                Put(ref reader, ref parts.WebSocketMessages);
            else
                reader.Skip();
        }

        return parts;
    }

    private static void Message(ref Utf8JsonReader reader, ref HarMessage message)
    {
        if (!Enters(ref reader))
            return;
        message.IsPresent = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("method"u8))
                Put(ref reader, ref message.Method);
            else if (reader.ValueTextEquals("url"u8))
                Put(ref reader, ref message.Url);
            else if (reader.ValueTextEquals("httpVersion"u8))
                Put(ref reader, ref message.HttpVersion);
            else if (reader.ValueTextEquals("headers"u8))
                Put(ref reader, ref message.Headers);
            else if (reader.ValueTextEquals("status"u8))
                Put(ref reader, ref message.Status);
            else if (reader.ValueTextEquals("statusText"u8))
                Put(ref reader, ref message.StatusText);
            else if (reader.ValueTextEquals("bodySize"u8))
                Put(ref reader, ref message.BodySize);
            else if (reader.ValueTextEquals("_error"u8))
                Put(ref reader, ref message.Error);
            else if (reader.ValueTextEquals("_requestBodyStatus"u8) || reader.ValueTextEquals("_responseBodyStatus"u8))
                Put(ref reader, ref message.BodyStatus);
            else if (reader.ValueTextEquals("postData"u8) || reader.ValueTextEquals("content"u8))
                Content(ref reader, ref message.Content);
            else if (reader.ValueTextEquals("_content"u8))
                Content(ref reader, ref message.Bytes);
            else
                reader.Skip();
        }
    }

    private static void Content(ref Utf8JsonReader reader, ref HarContent content)
    {
        if (!Enters(ref reader))
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("text"u8))
                Put(ref reader, ref content.Text);
            else if (reader.ValueTextEquals("encoding"u8))
                Put(ref reader, ref content.Encoding);
            else if (reader.ValueTextEquals("mimeType"u8))
                Put(ref reader, ref content.MimeType);
            else if (reader.ValueTextEquals("params"u8))
                Put(ref reader, ref content.Params);
            else if (reader.ValueTextEquals("size"u8))
                Put(ref reader, ref content.Size);
            else
                reader.Skip();
        }
    }

    /// <summary>Steps from the name to its value; true when that is an object to walk, else it was skipped.</summary>
    private static bool Enters(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            return true;
        reader.Skip();
        return false;
    }

    private static void Put(ref Utf8JsonReader reader, ref HarValue value)
    {
        reader.Read();
        value = HarValue.At(ref reader);
    }
}
