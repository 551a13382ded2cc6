using System.Globalization;
using System.Text;
using System.Text.Json;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>One day object of <c>data_json</c>: minutes, heart rates, totals, the night.</summary>
internal sealed class BandDay(MinuteMerging merging)
{
    private readonly MinuteArrays _minutes = new();
    private readonly short[] _heartRate = new short[MinuteDay.MinutesPerDay];
    private byte[] _room = [];

    public void Decode(JsonElement day, string path, BandContext context, UploadSink sink)
    {
        if (day.Text("date") is not { } label || !MomentText.TryDate(Encoding.UTF8.GetBytes(label), out var date))
        {
            sink.Damaged($"{path}.date", "it is no date, so nothing of this day can be placed");
            return;
        }

        using var summaryText = Summary(day, path, sink);
        var summary = summaryText?.RootElement ?? default;
        var parts = Parts(day, path, context.ItemPath, sink);
        var offset = OffsetOf(parts, summary, date, path, sink);
        var source = day.Text("source") ?? context.Source;
        var first = parts.Count > 0 ? parts[0] : null;
        var owner = new SourceDay(sink.Account, first?.Device ?? context.Device, first?.Source ?? source, date);
        sink.Line($"day {label}, device {owner.Device}, source {owner.Source}, UTC{offset}");

        var isWhole = DecodeParts(parts, owner, offset, (int?)summary.Whole("byteLength"), day.At("data_hr") is not null, sink);
        DecodeHeartRates(day, path, owner, offset, sink);
        if (summary.ValueKind == JsonValueKind.Object)
        {
            var isOver = sink.SeenAt is { } seen && seen.WithOffset(offset ?? Offset.Zero).Date > date;
            var devices = parts.Select(part => (part.Device, part.Source)).Distinct().Count();
            new BandSummary(summary, $"{path}.summary", owner, offset, sink).Decode(isLowerBound: !isWhole || !isOver, devices == 1 ? _minutes : null);
        }

        RemarkClock(owner, summary, offset, sink);
        DeviceFacts(parts, owner, path, sink);
    }

    /// <summary>Says when the minutes of this day may stand for other moments than they seem to.</summary>
    private static void RemarkClock(SourceDay owner, JsonElement summary, Offset? offset, UploadSink sink)
    {
        if (summary.Whole("tz") is { } seconds && offset is { } known && known.Seconds != seconds && Math.Abs(seconds) <= 18 * 3600)
        {
            sink.Remark($"{owner.Date:uuuu-MM-dd}: the records say UTC{known}, the summary UTC{Offset.FromSeconds((int)seconds)}; the records' clock is taken");
        }

        if (sink.Zone is { } zone
            && zone.AtStartOfDay(owner.Date).Offset != zone.AtStartOfDay(owner.Date.PlusDays(1)).Offset)
        {
            sink.Remark($"{owner.Date:uuuu-MM-dd}: the clocks of {zone.Id} changed on this day, and the upload counts all its minutes from one offset (UTC{offset}); some may be an hour off");
        }
    }

    private static JsonDocument? Summary(JsonElement day, string path, UploadSink sink)
    {
        switch (day.At("summary"))
        {
            case { ValueKind: JsonValueKind.Object } inline:
                return JsonBytes.Parse(Encoding.UTF8.GetBytes(inline.GetRawText()), out _);
            case { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } json:
                var summary = JsonBytes.Parse(Encoding.UTF8.GetBytes(json), out var reason);
                if (summary is null)
                {
                    sink.Damaged($"{path}.summary", reason);
                }

                return summary;
            default:
                return null;
        }
    }

    private static List<BandPart> Parts(JsonElement day, string path, string? itemPath, UploadSink sink)
    {
        var parts = new List<BandPart>(1);
        switch (day.At("data"))
        {
            case { ValueKind: JsonValueKind.Array } list:
                var index = 0;
                foreach (var item in list.EnumerateArray())
                {
                    var at = itemPath ?? string.Create(CultureInfo.InvariantCulture, $"{path}.data[{index++}]");
                    parts.Add(new BandPart(item, at, itemPath is null ? null : $"{itemPath}.data"));
                }

                break;
            case { ValueKind: JsonValueKind.Object } single:
                parts.Add(new BandPart(single, $"{path}.data"));
                break;
            case { } other:
                sink.Damaged($"{path}.data", $"it is a {other.ValueKind.ToString().ToLowerInvariant()}, not a list of minute records");
                break;
        }

        return parts;
    }

    // The records' own quarter hours, then the summary's seconds, then the request's zone.
    private static Offset? OffsetOf(List<BandPart> parts, JsonElement summary, LocalDate date, string path, UploadSink sink)
    {
        foreach (var part in parts)
        {
            if (part.Element.Whole("tz") is { } quarters)
            {
                if (Math.Abs(quarters) <= 18 * 4)
                {
                    return Offset.FromSeconds((int)quarters * 900);
                }

                sink.Damaged($"{part.Path}.tz", $"{quarters} quarter hours are no offset from UTC");
            }
        }

        if (summary.Whole("tz") is { } seconds)
        {
            if (Math.Abs(seconds) <= 18 * 3600)
            {
                return Offset.FromSeconds((int)seconds);
            }

            sink.Damaged($"{path}.summary.tz", $"{seconds} seconds are no offset from UTC");
        }

        return sink.Zone?.AtLeniently(date.At(new LocalTime(12, 0))).Offset;
    }

    /// <summary>Decodes the minute records. Returns true when every minute of the day is there and synced.</summary>
    private bool DecodeParts(List<BandPart> parts, SourceDay owner, Offset? offset, int? byteLength, bool hasHeartRates, UploadSink sink)
    {
        var isWhole = false;
        foreach (var device in parts.GroupBy(part => (part.Device ?? owner.Device, part.Source ?? owner.Source)))
        {
            _minutes.Clear();
            foreach (var part in device)
            {
                part.Read(_minutes, ref _room, byteLength, sink);
            }

            var day = owner with { Device = device.Key.Item1, Source = device.Key.Item2 };
            isWhole |= _minutes is { Covered: >= MinuteDay.MinutesPerDay, Unsynced: 0 };
            if (_minutes.SaysSomething)
            {
                var path = device.First().ValuePath;
                sink.Minutes(day, Category.Steps, path, offset, _minutes.Steps, _minutes.Unsynced, merging);
                sink.Minutes(day, Category.ActivityKind, path, offset, _minutes.Kind, _minutes.Unsynced, merging);
                sink.Minutes(day, Category.ActivityIntensity, path, offset, _minutes.Intensity, _minutes.Unsynced, merging);
                if (_minutes.HasHeartRate && !hasHeartRates)
                {
                    sink.Minutes(day, Category.HeartRate, path, offset, _minutes.HeartRate, _minutes.Unsynced, merging);
                }
            }

            Describe(sink);
        }

        return isWhole;
    }

    private void Describe(UploadSink sink)
    {
        if (!sink.IsReadable)
        {
            return;
        }

        var steps = _minutes.Steps.Where(value => value > 0).Sum(value => (long)value);
        var withSteps = _minutes.Steps.Count(value => value > 0);
        sink.Line($"  minutes: {_minutes.Covered} covered, {_minutes.Unsynced} not yet synced, {withSteps} with steps ({steps} steps)");
        var kinds = _minutes.Kind.Where(kind => kind != MinuteDay.None)
            .GroupBy(kind => HuamiCodes.MinuteKind(kind, _minutes.IsWide)).OrderByDescending(group => group.Count())
            .Select(group => $"{group.Key} {group.Count().ToString(CultureInfo.InvariantCulture)}");
        sink.Line($"  kinds: {string.Join(", ", kinds)}");
    }

    private void DecodeHeartRates(JsonElement day, string path, SourceDay owner, Offset? offset, UploadSink sink)
    {
        if (day.At("data_hr") is not { } field || (field.ValueKind == JsonValueKind.String && field.Escaped().IsEmpty))
        {
            return;
        }

        if (!EscapedBase64.TryDecode(field, ref _room, out var bytes))
        {
            sink.Damaged($"{path}.data_hr", "it is no base64");
            return;
        }

        if (bytes.Length > MinuteDay.MinutesPerDay)
        {
            sink.Damaged($"{path}.data_hr", $"it has {bytes.Length} values; those after the {MinuteDay.MinutesPerDay}th belong to no minute of the day");
            bytes = bytes[..MinuteDay.MinutesPerDay];
        }

        Array.Fill(_heartRate, MinuteDay.None);
        var unsynced = 0;
        for (var minute = 0; minute < bytes.Length; minute++)
        {
            if (bytes[minute] is >= 1 and <= 253)
            {
                _heartRate[minute] = bytes[minute];
            }
            else if (bytes[minute] == 254)
            {
                unsynced++;
            }
        }

        if (bytes.Length > unsynced)
        {
            sink.Minutes(owner, Category.HeartRate, $"{path}.data_hr", offset, _heartRate, unsynced, merging);
        }

        if (sink.IsReadable)
        {
            var count = _heartRate.Length - _heartRate.AsSpan().Count(MinuteDay.None);
            sink.Line($"  heart rate: {count} minutes, {unsynced} not yet synced");
        }
    }

    private static void DeviceFacts(List<BandPart> parts, SourceDay owner, string path, UploadSink sink)
    {
        foreach (var part in parts)
        {
            if (part.Device is { Length: > 0 } id)
            {
                sink.Device(id, $"{part.Path}.did");
            }
        }

        if (owner.Source.Length > 0)
        {
            sink.Fact(Category.Device, "device-source", owner.Source, $"{path}.source", identifies: false);
        }
    }
}
