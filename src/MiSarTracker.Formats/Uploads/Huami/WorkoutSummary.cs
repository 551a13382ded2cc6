using System.Globalization;
using System.Text.Json;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// <c>/v1/sport/run/summary.json</c> (formats.md §1.12): one workout. Category workout, subject the track id, fields
/// <c>type</c>, <c>distance</c> (m), <c>calories</c> (kcal), <c>duration</c> (s, without pauses), <c>pace-average</c>,
/// <c>pace-fastest</c>, <c>pace-slowest</c> (s/m), <c>heart-rate-average</c>, <c>-maximum</c>, <c>-minimum</c> (bpm), <c>cadence-average</c>,
/// <c>cadence-maximum</c> (steps/min), <c>steps</c>, <c>stride-length</c> (cm), <c>altitude-ascend</c>, <c>altitude-descend</c> (m);
/// every other field under its own name. Start cell and place name are facts of category location.
/// </summary>
internal sealed class WorkoutSummary(CommonFacts common) : IPayloadDecoder
{
    private static readonly Dictionary<string, string> Canonical = new(StringComparer.Ordinal)
    {
        ["type"] = "type",
        ["dis"] = "distance",
        ["calorie"] = "calories",
        ["run_time"] = "duration",
        ["avg_pace"] = "pace-average",
        ["avg_heart_rate"] = "heart-rate-average",
        ["max_heart_rate"] = "heart-rate-maximum",
        ["min_heart_rate"] = "heart-rate-minimum",
        ["avg_frequency"] = "cadence-average",
        ["max_cadence"] = "cadence-maximum",
        ["total_step"] = "steps",
        ["avg_stride_length"] = "stride-length",
        ["altitude_ascend"] = "altitude-ascend",
        ["altitude_descend"] = "altitude-descend",
    };

    // Told elsewhere: as the workout's time, subject, pace pair, place or device.
    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal)
    {
        "trackid", "end_time", "max_pace", "min_pace", "location", "city", "bind_device", "r", "t", "callid", "v",
    };

    public string Name => PayloadDecoders.HuamiWorkoutSummary;

    public bool Decode(RequestContent content, RequestKind kind, UploadSink sink)
    {
        if (kind == RequestKind.StoredCopy)
        {
            return DecodeList(content, sink);
        }

        using var fields = new WorkoutFields(content);
        if (WorkoutKey.Read(fields, sink) is not { } workout)
        {
            return false;
        }

        switch (kind)
        {
            case RequestKind.Deletion:
                Delete(workout, sink);
                return true;
            case RequestKind.Amendment:
                sink.Amend(workout.Group, Fields(fields));
                sink.Line($"changes workout {workout.TrackId}");
                return true;
            default:
                State(workout, fields, sink);
                return true;
        }
    }

    /// <summary>An answer: <c>data.summary</c>, a list of workouts in the same fields.</summary>
    private bool DecodeList(RequestContent content, UploadSink sink)
    {
        using var document = content.Kind == ContentKind.Json ? JsonBytes.Parse(content.Bytes, out _) : null;
        if (document?.RootElement.At("data") is not { } data)
        {
            return false;
        }

        if (data.At("summary") is not { ValueKind: JsonValueKind.Array } list)
        {
            return data.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            using var fields = new WorkoutFields(content, item);
            if (item.ValueKind == JsonValueKind.Object && WorkoutKey.Read(fields, sink) is { } workout)
            {
                State(workout, fields, sink, string.Create(CultureInfo.InvariantCulture, $"data.summary[{index}]."));
            }

            index++;
        }

        return true;
    }

    private void State(WorkoutKey workout, WorkoutFields fields, UploadSink sink, string path = "")
    {
        var start = workout.StartMoment(sink);
        Moment? end = JsonFields.Parse(fields.Text("end_time")) is { } seconds and > 0 && MomentText.TryFromEpoch((long)seconds, out var at) && at >= workout.Start
            ? Moment.At(at, start.Offset!.Value)
            : null;
        var values = Fields(fields);
        sink.Occurrences(
            workout.Group, [new Occurrence(Category.Workout, start, end, values, sink.At($"{path}trackid"), workout.TrackId)]);
        if (sink.IsReadable)
        {
            var sport = JsonFields.Parse(fields.Text("type")) is { } type ? HuamiCodes.Sport((long)type) : null;
            sink.Line($"workout {workout.TrackId}, {start.Local:uuuu-MM-dd HH:mm:ss}{(sport is null ? "" : ", " + sport)}");
            foreach (var value in values)
            {
                sink.Line($"  {value.Name} = {value.Display}");
            }
        }

        Place(fields, path.Length > 0 ? path : "form.", sink);
    }

    private static void Place(WorkoutFields fields, string path, UploadSink sink)
    {
        if (fields.Text("location") is { } geohash && !IsNone(geohash))
        {
            sink.Fact(Category.Location, "geohash", geohash, $"{path}location", identifies: false);
        }

        if (fields.Text("city") is { } city && !IsNone(city))
        {
            sink.Fact(Category.Location, "place", city, $"{path}city", identifies: false);
        }

        if (fields.Text("bind_device") is not { } device || IsNone(device))
        {
            return;
        }

        // device class : model : source [: id]
        var parts = device.Split(':');
        if (parts.Length > 1 && !IsNone(parts[1]))
        {
            sink.Fact(Category.Device, "device-model", parts[1], $"{path}bind_device", identifies: false);
        }

        if (parts.Length > 3)
        {
            sink.Device(parts[3], $"{path}bind_device");
        }
    }

    private static void Delete(WorkoutKey workout, UploadSink sink)
    {
        sink.Occurrences(workout.Group, []);
        foreach (var category in WorkoutDetail.Categories)
        {
            sink.NoSeries(workout.Group, category);
        }

        sink.Line($"deletes workout {workout.TrackId}");
    }

    private List<Field> Fields(WorkoutFields fields)
    {
        var values = new List<Field>();
        foreach (var name in fields.Names.Distinct(StringComparer.Ordinal))
        {
            if (Elsewhere.Contains(name) || (common.Knows(FieldPlace.Form, name) && !Canonical.ContainsKey(name)))
            {
                continue;
            }

            if (fields.Text(name)?.Trim() is { } text && !IsNone(text))
            {
                values.Add(ToField(Canonical.GetValueOrDefault(name, name), text));
            }
        }

        AddPaces(values, JsonFields.Parse(fields.Text("max_pace")), JsonFields.Parse(fields.Text("min_pace")));
        return values;
    }

    /// <summary>Some watches swap the two, so the faster one (fewer seconds for a metre) is the fastest, whatever it is called.</summary>
    private static void AddPaces(List<Field> values, decimal? one, decimal? other)
    {
        if (one is not > 0)
        {
            one = null;
        }

        if (other is not > 0)
        {
            other = null;
        }

        if (one is { } a && other is { } b)
        {
            values.Add(Field.Of("pace-fastest", Math.Min(a, b)));
            values.Add(Field.Of("pace-slowest", Math.Max(a, b)));
        }
        else if ((one ?? other) is { } single)
        {
            values.Add(Field.Of(one is null ? "pace-slowest" : "pace-fastest", single));
        }
    }

    private static Field ToField(string name, string text) =>
        JsonFields.Parse(text) is { } number ? Field.Of(name, number) : Field.Of(name, text);

    private static bool IsNone(string text) => text.Trim() is "" or "-1" or "-1.0" or "null";
}
