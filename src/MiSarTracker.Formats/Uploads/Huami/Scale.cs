using System.Globalization;
using System.Text.Json;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// <c>huami.health.scale.save.json</c> (formats.md §1.15): weighings. Category body, fields <c>weight</c> (kg), <c>height</c> (cm),
/// <c>bmi</c>, <c>fat-rate</c> (%), <c>muscle</c> (kg), <c>bone-mass</c> (kg), <c>metabolism</c> (kcal), <c>visceral-fat</c>,
/// <c>water-rate</c> (%), <c>impedance</c>, <c>score</c>. Weighings of another person than the account's have the subject
/// <c>member NUMBER</c>.
/// </summary>
internal sealed class Scale : IPayloadDecoder
{
    private static readonly (string Key, string Name)[] Canonical =
    [
        ("wt", "weight"), ("ht", "height"), ("bmi", "bmi"), ("fr", "fat-rate"), ("mr", "muscle"), ("bw", "bone-mass"), ("ml", "metabolism"),
        ("vf", "visceral-fat"), ("bwr", "water-rate"), ("im", "impedance"), ("bs", "score"),
    ];

    public string Name => PayloadDecoders.HuamiScale;

    public bool Decode(RequestContent content, UploadRule rule, UploadSink sink)
    {
        var (json, path) = content.Field("jsondata") is { } field ? (field, "jsondata")
            : content.Kind == ContentKind.Json ? (content.Bytes, "$") : (default, "");
        if (json.IsEmpty)
        {
            return false;
        }

        using var document = JsonBytes.Parse(json, out var reason);
        if (document is null)
        {
            sink.Damaged(path, reason);
            return false;
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            Weighing(document.RootElement, path, sink);
            return true;
        }

        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        var index = 0;
        foreach (var item in document.RootElement.EnumerateArray())
        {
            Weighing(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), sink);
        }

        return true;
    }

    private static void Weighing(JsonElement item, string path, UploadSink sink)
    {
        if (item.Whole("ts") is not { } stamp || !MomentText.TryFromEpoch(stamp, out var at))
        {
            sink.Damaged($"{path}.ts", "it is no time");
            return;
        }

        var device = item.Text("did") ?? "";
        sink.Device(device, $"{path}.did");
        var fields = new List<Field>(Canonical.Length);
        foreach (var (key, name) in Canonical)
        {
            // A plain scale sends zero or -1 for what only a body-fat scale can measure.
            if (item.Number(key) is > 0 and var value)
            {
                fields.Add(Field.Of(name, value));
            }
        }

        if (fields.Count == 0)
        {
            return;
        }

        var member = item.Text("fuid") is { Length: > 0 } other and not "-1" ? $"member {other}" : "";
        var moment = Moment.At(at, sink.OffsetAt(at));
        sink.Occurrences(
            new GroupKey($"{sink.Account}|{device}", string.Create(CultureInfo.InvariantCulture, $"body/{at.ToUnixTimeSeconds()}/{member}")),
            [new Occurrence(Category.Body, moment, null, fields, sink.At(path), member)]);
        sink.Line($"weighed {moment.Local:uuuu-MM-dd HH:mm:ss}{(member.Length > 0 ? " " + member : "")}: {string.Join(", ", fields.Select(field => $"{field.Name} {field.Display}"))}");
    }
}
