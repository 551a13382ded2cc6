using System.Text.Json;
using System.Text.Json.Serialization;
using MiSarTracker.Core.Observations;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Core.Vendors;

internal sealed class PatternConverter : JsonConverter<Pattern>
{
    public override Pattern Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = ProfileText.Of(ref reader);
        try
        {
            return new Pattern(text);
        }
        catch (ArgumentException bad)
        {
            throw new JsonException($"bad regular expression: {bad.Message}");
        }
    }

    public override void Write(Utf8JsonWriter writer, Pattern value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class ValuePathConverter : JsonConverter<ValuePath>
{
    public override ValuePath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = ProfileText.Of(ref reader);
        try
        {
            return ValuePath.Parse(text);
        }
        catch (FormatException bad)
        {
            throw new JsonException($"bad path '{text}': {bad.Message}");
        }
    }

    public override void Write(Utf8JsonWriter writer, ValuePath value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class CategoryConverter : JsonConverter<Category>
{
    public override Category Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = ProfileText.Of(ref reader);
        return Category.TryParse(text, out var category)
            ? category
            : throw new JsonException($"'{text}' is no category; known are {string.Join(", ", Category.Named)}, and other:NAME");
    }

    public override void Write(Utf8JsonWriter writer, Category value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}

internal sealed class LocalDateConverter : JsonConverter<LocalDate>
{
    public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = ProfileText.Of(ref reader);
        var parsed = LocalDatePattern.Iso.Parse(text);
        return parsed.Success ? parsed.Value : throw new JsonException($"'{text}' is no date such as 2019-11-07");
    }

    public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
}

internal static class ProfileText
{
    public static string Of(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() ?? "" : throw new JsonException("a text is expected here");
}
