using System.Text;
using System.Text.Json;
using MiSarTracker.Formats.Bodies;

namespace MiSarTracker.Formats.Uploads.Leaves;

/// <summary>
/// Every value of a body, each with its path, without knowing what it means: fields of forms, leaves of JSON, and what base64, gzip and JSON
/// inside them hold. Streams: no tree is built. Where JSON breaks off, the values before the break are given.
/// </summary>
internal sealed class LeafValues(Limits limits, UploadSink sink)
{
    /// <summary>JSON in base64 in JSON …: nobody packs deeper.</summary>
    private const int MostLayers = 4;

    private const int ShortestBase64 = 16;

    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <param name="skip">True for parameters and fields that are told elsewhere.</param>
    public void Read(RequestContent content, Func<string, bool> skip)
    {
        foreach (var (name, value) in content.Query)
        {
            if (!skip(name))
            {
                Text($"query.{name}", value, 0);
            }
        }

        switch (content.Kind)
        {
            case ContentKind.Form or ContentKind.Multipart:
                foreach (var name in content.FieldNames.Distinct(StringComparer.Ordinal))
                {
                    if (!skip(name) && content.Field(name) is { } value)
                    {
                        Bytes($"form.{name}", value, 0);
                    }
                }

                break;
            case ContentKind.Json:
                Json("$", content.Bytes, 0);
                break;
            case ContentKind.Unknown when IsText(content.Bytes.Span):
                Bytes("body", content.Bytes, 0);
                break;
        }
    }

    /// <summary>True when the bytes are UTF-8 without control characters.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && bytes.IndexOfAnyInRange((byte)0, (byte)8) < 0 && bytes.IndexOfAnyInRange((byte)14, (byte)31) < 0
        && System.Text.Unicode.Utf8.IsValid(bytes);

    private void Bytes(string path, ReadOnlyMemory<byte> bytes, int layer)
    {
        var start = bytes.Span.TrimStart(" \t\r\n"u8);
        if (!start.IsEmpty && start[0] is (byte)'{' or (byte)'[' && layer < MostLayers && Json(path, bytes, layer + 1))
        {
            return;
        }

        if (ContentDecoder.LooksCompressed(bytes.Span) && layer < MostLayers)
        {
            Gzip(path + "(gzip)", bytes, layer + 1);
        }
        else if (IsText(bytes.Span))
        {
            Text(path, Encoding.UTF8.GetString(bytes.Span), layer);
        }
    }

    private void Text(string path, string text, int layer)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return;
        }

        if (layer < MostLayers)
        {
            if (trimmed[0] is '{' or '[' && Json(path, Encoding.UTF8.GetBytes(text), layer + 1))
            {
                return;
            }

            if (Packed(trimmed) is { } inner)
            {
                Bytes(path + "(base64)", inner, layer + 1);
                return;
            }
        }

        sink.Value(path, text);
    }

    /// <summary>What base64 holds, when that is text or compressed; any word of the right length is base64 of something.</summary>
    private static byte[]? Packed(ReadOnlySpan<char> text) =>
        text.Length >= ShortestBase64 && text.IndexOfAny(' ', ':', '.') < 0 && Base64Tolerant.Decode(text) is { Length: > 0 } bytes
        && (ContentDecoder.LooksCompressed(bytes) || IsText(bytes))
            ? bytes
            : null;

    private void Gzip(string path, ReadOnlyMemory<byte> packed, int layer)
    {
        var decoded = new ContentDecoder(limits).Decode(packed, packed.Span[0] == 0x1F ? "gzip" : "zstd");
        if (decoded.IsDecoded)
        {
            Bytes(path, decoded.Bytes, layer);
        }
        else
        {
            sink.Damaged(path, decoded.Reason ?? "it cannot be inflated");
        }
    }

    /// <summary>Gives the leaves of JSON; false, and none given, when it does not even begin as JSON.</summary>
    private bool Json(string root, ReadOnlyMemory<byte> bytes, int layer)
    {
        var json = JsonBytes.Clean(bytes);
        var reader = new Utf8JsonReader(json.Span, Options);
        var place = new LeafPath(root);
        var isJson = false;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        isJson = true;
                        place.Open(reader.TokenType == JsonTokenType.StartArray);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        place.Close();
                        break;
                    case JsonTokenType.PropertyName:
                        place.Name(reader.GetString()!);
                        break;
                    case JsonTokenType.String:
                        Text(place.ToString(), reader.GetString()!, layer);
                        break;
                    case JsonTokenType.Number:
                        sink.Value(place.ToString(), Encoding.UTF8.GetString(reader.ValueSpan));
                        break;
                }
            }
        }
        catch (JsonException) when (!isJson)
        {
            return false;
        }
        catch (JsonException error)
        {
            sink.Damaged(root, $"it is no JSON from here on: {error.Message}");
        }

        return isJson;
    }
}
