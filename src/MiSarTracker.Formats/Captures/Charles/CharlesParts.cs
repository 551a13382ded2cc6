using System.Text.Json;
using MiSarTracker.Formats.Captures.Json;

namespace MiSarTracker.Formats.Captures.Charles;

/// <summary>Where the parts of a request or a response are.</summary>
internal struct CharlesMessage
{
    public bool IsPresent;
    public JsonValue Status;
    public JsonValue MimeType;
    public JsonValue ContentEncoding;
    public JsonValue FirstLine;
    public JsonValue Headers;
    public JsonValue HeaderSize;
    public JsonValue BodySize;
    public JsonValue Text;
    public JsonValue Encoding;
    public JsonValue Encoded;

    /// <summary>Charles's word that it undid the Content-Encoding.</summary>
    public JsonValue Decoded;
}

/// <summary>Where the parts of one session of a Charles JSON file are (formats.md §3.6).</summary>
internal struct CharlesParts
{
    public JsonValue Status;
    public JsonValue Error;
    public JsonValue Method;
    public JsonValue ProtocolVersion;
    public JsonValue Scheme;
    public JsonValue Host;
    public JsonValue Port;
    public JsonValue ActualPort;
    public JsonValue Path;
    public JsonValue Query;
    public JsonValue Tunnel;
    public JsonValue WebSocket;
    public JsonValue StartedAt;
    public JsonValue EndedAt;
    public CharlesMessage Request;
    public CharlesMessage Response;

    /// <summary>Walks a session that is whole, whatever the order of its fields.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static CharlesParts Read(ReadOnlySpan<byte> session, Limits limits)
    {
        // One level deeper than the scan allows, so that the scan is the one that judges.
        var reader = new Utf8JsonReader(session, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1, AllowTrailingCommas = true });
        var parts = default(CharlesParts);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            parts.Field(ref reader);
        return parts;
    }

    private void Field(ref Utf8JsonReader reader)
    {
        switch (reader.ValueSpan.Length <= 16 ? System.Text.Encoding.ASCII.GetString(reader.ValueSpan) : "")
        {
            case "status": Put(ref reader, ref Status); break;
            case "errorMessage" or "exception" or "error": Put(ref reader, ref Error); break;
            case "method": Put(ref reader, ref Method); break;
            case "protocolVersion": Put(ref reader, ref ProtocolVersion); break;
            case "scheme": Put(ref reader, ref Scheme); break;
            case "host": Put(ref reader, ref Host); break;
            case "port": Put(ref reader, ref Port); break;
            case "actualPort": Put(ref reader, ref ActualPort); break;
            case "path": Put(ref reader, ref Path); break;
            case "query": Put(ref reader, ref Query); break;
            case "tunnel": Put(ref reader, ref Tunnel); break;
            case "webSocket": Put(ref reader, ref WebSocket); break;
            case "times": Times(ref reader); break;
            case "request": Message(ref reader, ref Request); break;
            case "response": Message(ref reader, ref Response); break;
            default: reader.Skip(); break;
        }
    }

    private void Times(ref Utf8JsonReader reader)
    {
        if (!Enters(ref reader))
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonValue.IsNamed(reader, "start"u8) || (JsonValue.IsNamed(reader, "requestBegin"u8) && StartedAt.IsMissing))
                Put(ref reader, ref StartedAt);
            else if (JsonValue.IsNamed(reader, "end"u8))
                Put(ref reader, ref EndedAt);
            else
                reader.Skip();
        }
    }

    private static void Message(ref Utf8JsonReader reader, ref CharlesMessage message)
    {
        if (!Enters(ref reader))
            return;
        message.IsPresent = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length <= 16 ? System.Text.Encoding.ASCII.GetString(reader.ValueSpan) : "")
            {
                case "status": Put(ref reader, ref message.Status); break;
                case "mimeType": Put(ref reader, ref message.MimeType); break;
                case "contentEncoding": Put(ref reader, ref message.ContentEncoding); break;
                case "header" or "sizes" or "body": Inside(ref reader, ref message); break;
                default: reader.Skip(); break;
            }
        }
    }

    /// <summary>The fields of <c>header</c>, <c>sizes</c> and <c>body</c>, which do not share a name with another meaning.</summary>
    private static void Inside(ref Utf8JsonReader reader, ref CharlesMessage message)
    {
        if (!Enters(ref reader))
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isList = false;
            switch (reader.ValueSpan.Length <= 16 ? System.Text.Encoding.ASCII.GetString(reader.ValueSpan) : "")
            {
                case "firstLine": Put(ref reader, ref message.FirstLine); break;
                case "headers":
                    var value = default(JsonValue);
                    Put(ref reader, ref value);
                    isList = value.Type is JsonTokenType.StartArray or JsonTokenType.StartObject;
                    (message.Headers, message.HeaderSize) = isList ? (value, message.HeaderSize) : (message.Headers, value);
                    break;
                case "body": Put(ref reader, ref message.BodySize); break;
                case "text": Put(ref reader, ref message.Text); break;
                case "encoding": Put(ref reader, ref message.Encoding); break;
                case "encoded": Put(ref reader, ref message.Encoded); break;
                case "decoded": Put(ref reader, ref message.Decoded); break;
                default: reader.Skip(); break;
            }
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

    private static void Put(ref Utf8JsonReader reader, ref JsonValue value)
    {
        reader.Read();
        value = JsonValue.At(ref reader);
    }
}
