using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Vendors;

/// <summary>
/// Reads a profile, strictly: an unknown or repeated property, a missing one, a bad expression, a missing reason is refused
/// with its JSON path. A profile that is accepted can be trusted to mean what it says.
/// </summary>
public static class VendorProfileReader
{
    internal static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        TypeInfoResolver = VendorProfileJson.Default.WithAddedModifier(WithoutDerived),
        Converters =
        {
            new JsonStringEnumConverter<FieldPlace>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<Certainty>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<ExportKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<DurationUnit>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<DateOrder>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<BareClock>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<SampleKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<RequestKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<Decoding>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<ZoneUnit>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<MinuteMerging>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),

            // Any other; those above are known when the program is built, which saves their making at run time.
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
            new PatternConverter(),
            new ValuePathConverter(),
            new CategoryConverter(),
            new LocalDateConverter(),
        },
    };

    /// <param name="json">UTF-8, with or without BOM.</param>
    /// <param name="source">What the reader calls the profile in a failure: a file's name.</param>
    /// <exception cref="BadInput">The profile is refused; <see cref="BadInput.Where"/> is the JSON path.</exception>
    public static VendorProfile Read(ReadOnlySpan<byte> json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutBom(json).ToArray());
            RefuseNull(document.RootElement, "$", source);
            var profile = document.Deserialize<VendorProfile>(Options)!;
            return VendorProfileRules.Checked(profile, source);
        }
        catch (InvalidOperationException broken)
        {
            // The platform finds bytes that are no UTF-8, and escapes of half a character, only when a text is asked for.
            throw new BadInput(source, "$", $"a text in it is damaged ({broken.Message.TrimEnd('.')})", "Save the file as UTF-8.", broken);
        }
        catch (JsonException refused)
        {
            throw new BadInput(source, refused.Path is { Length: > 0 } path ? path : "$", Reason(refused), Remedy, refused);
        }
    }

    // What follows from other properties is none that a profile may state: the platform would ignore it in silence.
    private static void WithoutDerived(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].Set is null)
            {
                type.Properties.RemoveAt(i);
            }
        }
    }

    private const string Remedy = "See templates/vendors/README.md for what a profile may hold.";

    private static ReadOnlySpan<byte> WithoutBom(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    // Nullable annotations do not reach into lists; a profile has no use for null anywhere.
    private static void RefuseNull(JsonElement element, string at, string source)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                throw new BadInput(source, at, "null is no value of a profile; leave the property out", Remedy);
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    RefuseNull(item, $"{at}[{index++}]", source);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    RefuseNull(property.Value, $"{at}.{property.Name}", source);
                }

                break;
        }
    }

    // The platform appends the path, line and byte to its message; the path is told apart already.
    private static string Reason(JsonException refused)
    {
        var message = refused.Message;
        var path = message.IndexOf(" Path: ", StringComparison.Ordinal);
        var reason = path < 0 ? message : message[..path];
        return refused.LineNumber is { } line ? $"{reason} (line {line + 1})" : reason;
    }
}
