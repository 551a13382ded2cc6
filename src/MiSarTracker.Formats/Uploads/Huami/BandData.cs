using System.Globalization;
using System.Text.Json;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// <c>/v1/data/band_data.json</c>: the form field <c>data_json</c> with one object per day (formats.md §1.5-1.10). Days are read
/// one by one, so a body that is cut loses only the day that it is cut in.
/// </summary>
internal sealed class BandData(VendorProfile profile) : IPayloadDecoder
{
    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true };

    private readonly BandDay _day = new(profile.Merging.Minutes);

    public string Name => PayloadDecoders.HuamiBandData;

    public bool Decode(RequestContent content, RequestKind kind, UploadSink sink)
    {
        if (content.Field("data_json") is not { } field)
        {
            return false;
        }

        var json = JsonBytes.Clean(field).Span;
        var context = new BandContext(content.Text("last_deviceid") is { } id and not "-1" ? id : "", content.Text("last_source") ?? "");
        if (content.Text("last_sync_data_time") is { } last && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && MomentText.TryFromEpoch(number, out var before))
        {
            sink.Line($"what was measured before {before.WithOffset(sink.OffsetAt(before)).LocalDateTime:uuuu-MM-dd HH:mm} was sent earlier, says the app");
        }

        var days = 0;
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            if (!reader.Read() || reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
            {
                sink.Damaged("data_json", "it is no list of days");
                return false;
            }

            while (reader.TokenType == JsonTokenType.StartObject || (reader.Read() && reader.TokenType != JsonTokenType.EndArray))
            {
                using var day = JsonDocument.ParseValue(ref reader);
                _day.Decode(day.RootElement, string.Create(CultureInfo.InvariantCulture, $"data_json[{days}]"), context, sink);
                days++;
                if (reader.CurrentDepth == 0)
                {
                    break;
                }
            }
        }
        catch (JsonException error)
        {
            sink.Damaged(string.Create(CultureInfo.InvariantCulture, $"data_json[{days}]"), $"it is no JSON from here on: {error.Message}");
        }

        return days > 0 || json.Trim(" \r\n\t"u8).SequenceEqual("[]"u8);
    }
}

/// <summary>What the form says of all its days.</summary>
/// <param name="Device">The device that days without one of their own come from.</param>
/// <param name="Source">Its source code.</param>
/// <param name="ItemPath">
/// For days that an answer gives back: where the day stood in it. There the records stand in <c>data</c> itself.
/// </param>
internal sealed record BandContext(string Device, string Source, string? ItemPath = null);
