using System.Text;
using System.Text.Json;
using MiSarTracker.Formats.Uploads;

namespace MiSarTracker.Formats.Answers.Mapping.Json;

/// <summary>Texts of untrusted JSON: no escape and no byte can make their reading fail.</summary>
internal static class JsonTexts
{
    public static JsonReaderOptions Options(Limits limits) => new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = limits.MaxDepth,
        AllowMultipleValues = true,
    };

    /// <summary>The name or text that the reader stands on, or the number or word as it is written.</summary>
    public static string Of(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }

        // Half characters are spelt out as escapes: the platform's reader would throw for them.
        byte[] quoted = [(byte)'"', .. reader.ValueSpan, (byte)'"'];
        using var document = JsonBytes.Parse(quoted, out _);
        return document?.RootElement.GetString() ?? Encoding.UTF8.GetString(reader.ValueSpan);
    }
}
