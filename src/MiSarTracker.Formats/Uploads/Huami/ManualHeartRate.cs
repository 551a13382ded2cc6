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

    public bool Decode(RequestContent content, UploadRule rule, UploadSink sink)
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
        if (root.ValueKind == JsonValueKind.Object)
        {
            Measurement(root, "$", sink);
            return true;
        }

        var index = 0;
        foreach (var item in root.EnumerateArray())
        {
            Measurement(item, string.Create(CultureInfo.InvariantCulture, $"$[{index++}]"), sink);
        }

        return true;
    }

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
        if (rates[0] is not (>= 1 and <= 253 and var bpm))
        {
            return;
        }

        var zone = zoneId is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId);
        var moment = Moment.At(at, zone?.GetUtcOffset(at) ?? sink.OffsetAt(at));
        sink.Occurrences(
            new GroupKey($"{sink.Account}|{device}", string.Create(CultureInfo.InvariantCulture, $"manual-heart-rate/{at.ToUnixTimeSeconds()}")),
            [new Occurrence(Category.HeartRate, moment, null, [Field.Of("bpm", bpm)], sink.At($"{path}.heartRateData"), "manual")]);
        sink.Line($"measured {moment.Local:uuuu-MM-dd HH:mm:ss}: {bpm} bpm");
    }
}
