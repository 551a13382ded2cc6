using System.Text.Json;
using MiSarTracker.Formats.Captures.Json;

namespace MiSarTracker.Formats.Captures.Har;

/// <summary>Reads the small values around the entries.</summary>
internal static class HarPeek
{
    private const int LongestVersion = 16;

    private static readonly System.Buffers.SearchValues<byte> VersionBytes =
        System.Buffers.SearchValues.Create("0123456789.abcdefghijklmnopqrstuvwxyz-"u8);

    /// <summary><c>log.version</c>, when it stands near the file's beginning.</summary>
    public static string? Version(ReadOnlySpan<byte> head)
    {
        try
        {
            var reader = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 128 }));
            while (reader.Read())
            {
                if (reader.CurrentDepth == 2 && reader.TokenType == JsonTokenType.PropertyName && JsonValue.IsNamed(reader, "version"u8))
                    return reader.Read() ? Known(reader.TokenType, reader.ValueSpan) : null;
            }
        }
        catch (JsonException)
        {
            // The head may be damaged; the reader itself says so at the right place.
            return null;
        }

        return null;
    }

    /// <summary>A JSON value that is a short text.</summary>
    public static string? Text(ReadOnlySpan<byte> json) =>
        json.Length > 2 && json[0] == '"' ? Known(JsonTokenType.String, json[1..^1]) : null;

    /// <summary>The name in <c>creator</c>.</summary>
    public static string? Name(ReadOnlySpan<byte> json) => Field(json, "name"u8) is { IsString: true } name ? name.TextIn(json) : null;

    /// <summary>One of HTTP Toolkit's <c>_tlsErrors</c>; null when it names no host.</summary>
    public static CaptureItem.InterceptionRefused? Refused(ReadOnlySpan<byte> json)
    {
        var host = Field(json, "hostname"u8).TextIn(json);
        if (host.Length == 0)
            return null;
        var cause = Field(json, "cause"u8).TextIn(json);
        var at = IsoMoment.Read(Field(json, "startedDateTime"u8).TextIn(json), out _);
        return new CaptureItem.InterceptionRefused(Wire.Authority(host).Host, cause.Length == 0 ? "unknown" : cause, at);
    }

    private static JsonValue Field(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 128 });
            var found = default(JsonValue);
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                var isIt = JsonValue.IsNamed(reader, name);
                reader.Read();
                var value = JsonValue.At(ref reader);
                found = isIt ? value : found;
            }

            return found;
        }
        catch (JsonException)
        {
            // A broken remark beside the entries says nothing.
            return default;
        }
    }

    private static string? Known(JsonTokenType type, ReadOnlySpan<byte> text) =>
        type == JsonTokenType.String && text.Length is > 0 and <= LongestVersion && text.IndexOfAnyExcept(VersionBytes) < 0
            ? Wire.Text(text)
            : null;
}
