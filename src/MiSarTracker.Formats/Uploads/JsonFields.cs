using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MiSarTracker.Formats.Uploads;

/// <summary>Reads properties leniently: apps write numbers as numbers or as text, and leave out what they do not know.</summary>
internal static class JsonFields
{
    /// <summary>The property, or null when it is missing or null, or the element is no object.</summary>
    public static JsonElement? At(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>A number, or the number that a text is; null for anything else.</summary>
    public static decimal? Number(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetDecimal(out var number) ? Bounded(number) : null,
        JsonValueKind.String => Parse(element.GetString()),
        _ => null,
    };

    public static decimal? Number(this JsonElement element, string name) => element.At(name)?.Number();

    /// <summary>A whole number, or null; a fraction is cut off.</summary>
    public static long? Whole(this JsonElement element, string name) =>
        element.Number(name) is { } number ? (long)number : null;

    /// <summary>A text, or a number as it is written; null for anything else.</summary>
    public static string? Text(this JsonElement element, string name) => element.At(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>The UTF-8 bytes between a text's quotes, still with JSON's escapes; a slice of the document.</summary>
    public static ReadOnlySpan<byte> Escaped(this JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];

    public static decimal? Parse(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Bounded(number) : null;

    public static decimal? Parse(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        if (Utf8Parser.TryParse(text, out decimal number, out var used) && used == text.Length)
        {
            return Bounded(number);
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) ? Bounded(number) : null;
    }

    /// <summary>Nothing that is measured is larger than 1e18, and what is not can be converted and scaled without overflow.</summary>
    private static decimal? Bounded(decimal number) => Math.Abs(number) <= 1e18m ? number : null;
}
