using System.Text.Json;
using MiSarTracker.Formats.Captures.Json;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>Where the parts of a request or a response are.</summary>
internal struct HarMessage
{
    public bool IsPresent;
    public JsonValue Method;
    public JsonValue Url;
    public JsonValue HttpVersion;
    public JsonValue Headers;
    public JsonValue Status;
    public JsonValue StatusText;
    public JsonValue BodySize;
    public JsonValue Error;

    /// <summary>HTTP Toolkit's word on a body that it dropped.</summary>
    public JsonValue BodyStatus;

    /// <summary>The fields of <c>postData</c> or <c>content</c>.</summary>
    public HarContent Content;

    /// <summary>HTTP Toolkit's <c>_content</c>: bytes that no text could hold.</summary>
    public HarContent Bytes;
}

/// <summary>Where the parts of a body's description are.</summary>
internal struct HarContent
{
    public JsonValue Text;
    public JsonValue Encoding;
    public JsonValue MimeType;
    public JsonValue Params;
    public JsonValue Size;
}

/// <summary>Where the parts of an entry are.</summary>
internal struct HarEntryParts
{
    public JsonValue StartedAt;
    public JsonValue Error;
    public JsonValue WebSocketMessages;
    public HarMessage Request;
    public HarMessage Response;

    /// <summary>
    /// Walks the entry that the data begins with, whatever the order of its fields, in one pass. False when the data
    /// ends before the entry does; else <paramref name="length"/> says how long it is.
    /// </summary>
    /// <exception cref="JsonException">It is no JSON, or nested deeper than allowed.</exception>
    public static bool TryRead(ReadOnlySpan<byte> data, Limits limits, out HarEntryParts parts, out int length)
    {
        var reader = new Utf8JsonReader(
            data, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = limits.MaxDepth, AllowTrailingCommas = true }));
        parts = default;
        var isWhole = reader.Read() && parts.Fields(ref reader) && reader.TokenType == JsonTokenType.EndObject;
        length = (int)reader.BytesConsumed;
        return isWhole;
    }

    private bool Fields(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                return true;
            if (!Field(ref reader))
                return false;
        }

        return false;
    }

    private bool Field(ref Utf8JsonReader reader)
    {
        if (JsonValue.IsNamed(reader, "request"u8))
            return Message(ref reader, ref Request);
        if (JsonValue.IsNamed(reader, "response"u8))
            return Message(ref reader, ref Response);
        if (JsonValue.IsNamed(reader, "startedDateTime"u8))
            return JsonValue.TryNext(ref reader, ref StartedAt);
        if (JsonValue.IsNamed(reader, "_error"u8))
            return JsonValue.TryNext(ref reader, ref Error);
        if (JsonValue.IsNamed(reader, "_webSocketMessages"u8))
            return JsonValue.TryNext(ref reader, ref WebSocketMessages);
        return reader.TrySkip();
    }

    private static bool Message(ref Utf8JsonReader reader, ref HarMessage message)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType != JsonTokenType.StartObject)
            return reader.TrySkip();
        message.IsPresent = true;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                return true;
            if (!MessageField(ref reader, ref message))
                return false;
        }

        return false;
    }

    private static bool MessageField(ref Utf8JsonReader reader, ref HarMessage message)
    {
        if (JsonValue.IsNamed(reader, "method"u8))
            return JsonValue.TryNext(ref reader, ref message.Method);
        if (JsonValue.IsNamed(reader, "url"u8))
            return JsonValue.TryNext(ref reader, ref message.Url);
        if (JsonValue.IsNamed(reader, "httpVersion"u8))
            return JsonValue.TryNext(ref reader, ref message.HttpVersion);
        if (JsonValue.IsNamed(reader, "headers"u8))
            return JsonValue.TryNext(ref reader, ref message.Headers);
        if (JsonValue.IsNamed(reader, "status"u8))
            return JsonValue.TryNext(ref reader, ref message.Status);
        if (JsonValue.IsNamed(reader, "statusText"u8))
            return JsonValue.TryNext(ref reader, ref message.StatusText);
        if (JsonValue.IsNamed(reader, "bodySize"u8))
            return JsonValue.TryNext(ref reader, ref message.BodySize);
        if (JsonValue.IsNamed(reader, "_error"u8))
            return JsonValue.TryNext(ref reader, ref message.Error);
        if (JsonValue.IsNamed(reader, "_requestBodyStatus"u8) || JsonValue.IsNamed(reader, "_responseBodyStatus"u8))
            return JsonValue.TryNext(ref reader, ref message.BodyStatus);
        if (JsonValue.IsNamed(reader, "postData"u8) || JsonValue.IsNamed(reader, "content"u8))
            return Content(ref reader, ref message.Content);
        return JsonValue.IsNamed(reader, "_content"u8) ? Content(ref reader, ref message.Bytes) : reader.TrySkip();
    }

    private static bool Content(ref Utf8JsonReader reader, ref HarContent content)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType != JsonTokenType.StartObject)
            return reader.TrySkip();
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                return true;
            if (!ContentField(ref reader, ref content))
                return false;
        }

        return false;
    }

    private static bool ContentField(ref Utf8JsonReader reader, ref HarContent content)
    {
        if (JsonValue.IsNamed(reader, "text"u8))
            return JsonValue.TryNext(ref reader, ref content.Text);
        if (JsonValue.IsNamed(reader, "encoding"u8))
            return JsonValue.TryNext(ref reader, ref content.Encoding);
        if (JsonValue.IsNamed(reader, "mimeType"u8))
            return JsonValue.TryNext(ref reader, ref content.MimeType);
        if (JsonValue.IsNamed(reader, "params"u8))
            return JsonValue.TryNext(ref reader, ref content.Params);
        return JsonValue.IsNamed(reader, "size"u8) ? JsonValue.TryNext(ref reader, ref content.Size) : reader.TrySkip();
    }
}
