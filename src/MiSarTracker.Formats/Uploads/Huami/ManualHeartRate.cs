using System.Globalization;
using System.Text.Json;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using NodaTime;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// <c>POST users/{uid}/heartRate</c> (formats.md §1.15): measurements that the wearer started. Category heart-rate, subject
/// <c>manual</c>, field <c>bpm</c>.
/// </summary>
internal sealed class ManualHeartRate : IPayloadDecoder
{
    private byte[] _room = [];

    public string Name => PayloadDecoders.HuamiHeartRate;

    public bool Decode(RequestContent content, RequestKind kind, UploadSink sink)
    {
        if (kind == RequestKind.Deletion)
        {
            return Delete(content, sink);
        }

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

        var (list, path) = List(document.RootElement);
        if (list.ValueKind == JsonValueKind.Object)
        {
            Measurement(list, path, sink);
            return true;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            Measurement(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), sink);
        }

        return true;
    }

    /// <summary>The measurements: a bare list, or what an answer wraps it in.</summary>
    private static (JsonElement List, string Path) List(JsonElement root)
    {
        foreach (var name in (string[])["items", "data"])
        {
            if (root.At(name) is { ValueKind: JsonValueKind.Array } list)
            {
                return (list, $"$.{name}");
            }
        }

        return (root, "$");
    }

    /// <summary><c>timestamp_list</c>: seconds since 1970, as a JSON list or parted by commas.</summary>
    private static bool Delete(RequestContent content, UploadSink sink)
    {
        if (content.Text("timestamp_list") is not { } text)
        {
            return false;
        }

        foreach (var stamp in text.Split([',', '[', ']', '"', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && MomentText.TryFromEpoch(number, out var at))
            {
                sink.Occurrences(Key(sink, at), []);
                sink.Line($"deletes the measurement of {at.WithOffset(sink.OffsetAt(at)).LocalDateTime:uuuu-MM-dd HH:mm:ss}");
            }
            else
            {
                sink.Damaged("timestamp_list", $"'{(stamp.Length > 40 ? stamp[..40] : stamp)}' is no time");
            }
        }

        return true;
    }

    // A deletion names no device, so the time alone tells measurements apart.
    private static GroupKey Key(UploadSink sink, Instant at) =>
        new(sink.Account, string.Create(CultureInfo.InvariantCulture, $"manual-heart-rate/{at.ToUnixTimeSeconds()}"));

    private void Measurement(JsonElement item, string path, UploadSink sink)
    {
        if (item.Whole("generatedTime") is not { } stamp || !MomentText.TryFromEpoch(stamp, out var at))
        {
            sink.Damaged($"{path}.generatedTime", "it is no time");
            return;
        }

        if (item.At("heartRateData") is not { } data || !EscapedBase64.TryDecode(data, ref _room, out var rates) || rates.Length != 1)
        {
            sink.Damaged($"{path}.heartRateData", "it is not base64 of one byte");
            return;
        }

        var zoneId = item.Text("timeZone");
        if (zoneId is not null)
        {
            sink.Fact(Category.Network, "time-zone", zoneId, $"{path}.timeZone", identifies: false);
        }

        var device = item.Text("deviceId") ?? "";
        sink.Device(device, $"{path}.deviceId");
        if (item.Text("deviceSource") is { Length: > 0 } source)
        {
            sink.Fact(Category.Device, "device-source", source, $"{path}.deviceSource", identifies: false);
        }

        if (rates[0] is not (>= 1 and <= 253 and var bpm))
        {
            return;
        }

        var zone = zoneId is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId);
        var moment = Moment.At(at, zone?.GetUtcOffset(at) ?? sink.OffsetAt(at));
        sink.Occurrences(
            Key(sink, at),
            [new Occurrence(Category.HeartRate, moment, null, [Field.Of("bpm", bpm)], sink.At($"{path}.heartRateData"), "manual")]);
        sink.Line($"measured {moment.Local:uuuu-MM-dd HH:mm:ss}: {bpm} bpm");
    }
}
