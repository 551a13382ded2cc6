using System.Globalization;
using System.Text;
using System.Text.Json;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Formats.Bodies;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// The answer to a GET of <c>band_data.json</c> or of a watch's days (formats.md §1.11, §1.15): the same days as in an upload, but the summary is
/// base64 of JSON (an object, or a list of one) and the records stand in <c>data</c>. Each is brought into the upload's form and read as one.
/// </summary>
internal sealed class StoredDays(VendorProfile profile) : IPayloadDecoder
{
    private static readonly string[] Dates = ["date_time", "dateTime", "date", "generatedTime"];

    private readonly BandDay _day = new(profile.Merging.Minutes);

    public string Name => PayloadDecoders.HuamiStoredDays;

    public bool Decode(RequestContent content, RequestKind kind, UploadSink sink)
    {
        if (content.Kind != ContentKind.Json)
        {
            return false;
        }

        using var document = JsonBytes.Parse(content.Bytes, out var reason);
        if (document is null)
        {
            sink.Damaged("body", reason);
            return false;
        }

        var root = document.RootElement;
        var (days, path) = root.At("data") is { } data ? (data, "data") : root.At("items") is { } items ? (items, "items") : (root, "$");
        foreach (var (item, at, label) in Items(days, path))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                Day(item, at, label, sink);
            }
        }

        return days.ValueKind is JsonValueKind.Array or JsonValueKind.Object;
    }

    /// <summary>The days of a list, or of an object whose names are dates.</summary>
    private static IEnumerable<(JsonElement Item, string Path, string? Label)> Items(JsonElement days, string path) => days.ValueKind switch
    {
        JsonValueKind.Array => days.EnumerateArray().Select((item, index) =>
            (item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), (string?)null)),
        JsonValueKind.Object => days.EnumerateObject().Select(property => (property.Value, $"{path}.{property.Name}", (string?)property.Name)),
        _ => [],
    };

    private void Day(JsonElement item, string path, string? label, UploadSink sink)
    {
        var device = item.Text("device_id") ?? item.Text("deviceId");
        var source = item.Text("source") ?? item.Text("deviceSource");
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("date", Dates.Select(name => item.Text(name)).FirstOrDefault(text => text is not null) ?? label);
            json.WriteString("source", source);
            Copy(json, "data_hr", item.At("data_hr") ?? item.At("heartRateData"));
            json.WriteStartArray("data");
            json.WriteStartObject();
            Copy(json, "value", item.At("data") ?? item.At("mergedRawData"));
            json.WriteString("did", device);
            json.WriteString("src", source);
            json.WriteEndObject();
            json.WriteEndArray();
            Summary(json, item, path, sink);
            json.WriteEndObject();
        }

        using var day = JsonBytes.Parse(buffer.ToArray(), out _);
        if (day is not null)
        {
            _day.Decode(day.RootElement, path, new BandContext(device is "-1" or null ? "" : device, source ?? "", path), sink);
        }
    }

    private static void Copy(Utf8JsonWriter json, string name, JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.String } text)
        {
            json.WriteString(name, text.GetString());
        }
    }

    private static void Summary(Utf8JsonWriter json, JsonElement item, string path, UploadSink sink)
    {
        switch (item.At("summary"))
        {
            case { ValueKind: JsonValueKind.Object } inline:
                json.WritePropertyName("summary");
                inline.WriteTo(json);
                break;
            case { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } packed:
                var plain = packed.AsSpan().TrimStart() is ['{' or '[', ..] ? Encoding.UTF8.GetBytes(packed) : Base64Tolerant.Decode(packed.AsSpan());
                using (var decoded = plain is null ? null : JsonBytes.Parse(plain, out _))
                {
                    var root = decoded?.RootElement is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : decoded?.RootElement;
                    if (root is not { ValueKind: JsonValueKind.Object } summary)
                    {
                        sink.Damaged($"{path}.summary", "it is no base64 of a JSON object");
                        return;
                    }

                    json.WritePropertyName("summary");
                    summary.WriteTo(json);
                }

                break;
        }
    }
}
