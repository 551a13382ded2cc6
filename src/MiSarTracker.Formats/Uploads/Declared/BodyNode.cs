using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Bodies;

namespace MiSarTracker.Formats.Uploads.Declared;

/// <summary>A decoded body as a tree whose values a profile's steps may decode further in place.</summary>
internal sealed class BodyNode
{
    /// <summary>The value, when it is neither an object nor a list; null is an empty text.</summary>
    public string? Text { get; private set; }

    /// <summary>An object's properties, in their order; names may repeat.</summary>
    public IReadOnlyList<(string Name, BodyNode Value)>? Properties { get; private set; }

    public IReadOnlyList<BodyNode>? Items { get; private set; }

    public static BodyNode OfText(string text) => new() { Text = text };

    public static BodyNode OfFields(IEnumerable<(string Name, string Value)> fields) =>
        new() { Properties = [.. fields.Select(field => (field.Name, OfText(field.Value)))] };

    public static BodyNode Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new BodyNode { Properties = [.. element.EnumerateObject().Select(property => (property.Name, Of(property.Value)))] },
        JsonValueKind.Array => new BodyNode { Items = [.. element.EnumerateArray().Select(Of)] },
        JsonValueKind.String => OfText(element.GetString()!),
        JsonValueKind.Null => OfText(""),
        _ => OfText(element.GetRawText()),
    };

    /// <summary>Decodes the text in place. Returns why it could not be, or null.</summary>
    /// <param name="mostBytes">What a compressed value may inflate to.</param>
    public string? Decode(Decoding decoding, long mostBytes)
    {
        if (Text is not { } text)
        {
            return "it is no text";
        }

        switch (decoding)
        {
            case Decoding.Json:
                return DecodeJson(text);
            case Decoding.Base64:
                return Base64Tolerant.Decode(text.AsSpan()) is { } bytes ? Become(Encoding.UTF8.GetString(bytes)) : "it is no base64";
            case Decoding.Base64Gzip:
                return Base64Tolerant.Decode(text.AsSpan()) is { } packed ? Inflate(packed, mostBytes) : "it is no base64";
            case Decoding.Url:
                return Become(Uri.UnescapeDataString(text.Replace('+', ' ')));
            case Decoding.Semicolons:
                return Split(text, ';');
            default:
                return Split(text, ',');
        }
    }

    private string? DecodeJson(string text)
    {
        using var document = JsonBytes.Parse(Encoding.UTF8.GetBytes(text), out var reason);
        if (document is null)
        {
            return reason;
        }

        var node = Of(document.RootElement);
        (Text, Properties, Items) = (node.Text, node.Properties, node.Items);
        return null;
    }

    private string? Inflate(byte[] packed, long mostBytes)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            var buffer = new byte[16 << 10];
            for (int got; (got = gzip.Read(buffer)) > 0;)
            {
                plain.Write(buffer, 0, got);
                if (plain.Length > mostBytes)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"it inflates to more than {mostBytes} bytes");
                }
            }

            return Become(Encoding.UTF8.GetString(plain.GetBuffer(), 0, (int)plain.Length));
        }
        catch (InvalidDataException error)
        {
            return $"it is no gzip data: {error.Message}";
        }
    }

    private string? Split(string text, char separator)
    {
        Items = [.. text.Split(separator).Select(OfText)];
        Text = null;
        return null;
    }

    private string? Become(string text)
    {
        Text = text;
        return null;
    }
}
