using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MiSarTracker.Formats.Uploads;

/// <summary>Parses untrusted JSON so that nothing that is asked of the document later can fail on its text.</summary>
internal static class JsonBytes
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true };

    /// <summary>Parses; null when it is no JSON, with the reason.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json, out string reason)
    {
        try
        {
            reason = "";
            return JsonDocument.Parse(Clean(json), Options);
        }
        catch (JsonException error)
        {
            reason = $"it is no JSON: {error.Message}";
            return null;
        }
    }

    /// <summary>
    /// The same JSON with U+FFFD for what is no UTF-8 and for escapes of half a character: the platform's reader accepts
    /// them while parsing, and throws when the text is asked for.
    /// </summary>
    public static ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        }

        return json.Span.IndexOf("\\ud"u8) >= 0 || json.Span.IndexOf("\\uD"u8) >= 0 ? WithoutHalves(json) : json;
    }

    private static byte[] WithoutHalves(ReadOnlyMemory<byte> json)
    {
        var clean = json.ToArray();
        for (var at = 0; at < clean.Length - 1; at++)
        {
            if (clean[at] != '\\')
            {
                continue;
            }

            var unit = Unit(clean, at);
            if (unit is >= 0xD800 and <= 0xDBFF && Unit(clean, at + 6) is >= 0xDC00 and <= 0xDFFF)
            {
                at += 11;
            }
            else if (unit is >= 0xD800 and <= 0xDFFF)
            {
                "fffd"u8.CopyTo(clean.AsSpan(at + 2));
                at += 5;
            }
            else
            {
                // An escaped backslash hides the next one.
                at++;
            }
        }

        return clean;
    }

    /// <summary>The code unit of the escape that begins here, or -1.</summary>
    private static int Unit(ReadOnlySpan<byte> json, int at)
    {
        if (at + 6 > json.Length || json[at] != '\\' || json[at + 1] != 'u')
        {
            return -1;
        }

        var unit = 0;
        foreach (var digit in json.Slice(at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return -1;
            }

            unit = (unit << 4) | Convert.ToInt32(((char)digit).ToString(), 16);
        }

        return unit;
    }
}
