using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MiSarTracker.Core.Ledger;

/// <summary>
/// One spelling for one value, by RFC 8785 (JSON Canonicalization Scheme) for objects, arrays, strings, booleans, null
/// and whole numbers within ±2^53: no white space, members ordered by UTF-16 code units, only the escapes that JSON
/// demands, UTF-8. Fractions are refused: their spelling is the part of the scheme that implementations get wrong.
/// </summary>
public static class CanonicalJson
{
    private const long LargestExact = 1L << 53;

    public static byte[] Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return Strict.GetBytes(text.ToString());
    }

    // A lone surrogate has no UTF-8 spelling; two different texts must not become the same bytes.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                WriteMembers(text, members);
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Write(text, items[i]);
                }

                text.Append(']');
                break;
            default:
                WriteValue(text, node);
                break;
        }
    }

    private static void WriteMembers(StringBuilder text, JsonObject members)
    {
        text.Append('{');
        var first = true;
        foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (!first)
                text.Append(',');
            first = false;
            WriteString(text, name);
            text.Append(':');
            Write(text, value);
        }

        text.Append('}');
    }

    private static void WriteValue(StringBuilder text, JsonNode node)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            case JsonValueKind.String:
                WriteString(text, node.GetValue<string>());
                break;
            default:
                // By its JSON spelling: a value made in code may hold an int, a long or a parsed element.
                var spelling = node.ToJsonString();
                if (!long.TryParse(spelling, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    || number is > LargestExact or < -LargestExact)
                    throw new ArgumentException($"{spelling} is not a whole number within 2^53.", nameof(node));
                text.Append(CultureInfo.InvariantCulture, $"{number}");
                break;
        }
    }

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        var rest = value.AsSpan();
        for (var at = rest.IndexOfAny(Escaped); at >= 0; at = rest.IndexOfAny(Escaped))
        {
            text.Append(rest[..at]);
            WriteEscape(text, rest[at]);
            rest = rest[(at + 1)..];
        }

        text.Append(rest).Append('"');
    }

    private static void WriteEscape(StringBuilder text, char character)
    {
        text.Append('\\');
        switch (character)
        {
            case '"' or '\\':
                text.Append(character);
                break;
            case '\b':
                text.Append('b');
                break;
            case '\t':
                text.Append('t');
                break;
            case '\n':
                text.Append('n');
                break;
            case '\f':
                text.Append('f');
                break;
            case '\r':
                text.Append('r');
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"u{(int)character:x4}");
                break;
        }
    }
}
