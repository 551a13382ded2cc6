using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using NodaTime;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// <c>/v1/sport/run/detail.json</c> (formats.md §1.12): the series of one workout, each on its own clock. Series with the track id
/// as subject: workout-track (<c>latitude</c>, <c>longitude</c> in degrees, <c>accuracy</c> in m; a slot without position stays, as
/// NaN), other:workout-altitude, other:workout-pressure-altitude, other:workout-corrected-altitude (<c>altitude</c> in m), other:workout-flag
/// (<c>flag</c>: 1 is normal, the others are not known), other:workout-pace (<c>pace</c> in s/m), other:workout-heart-rate (<c>bpm</c>),
/// other:workout-gait (<c>steps</c> since the element before, <c>stride</c> in cm, <c>cadence</c> in steps/min), other:workout-distance
/// (<c>distance</c> from the start in m), other:workout-speed (<c>speed</c> in m/s). Pauses and laps, and fields whose elements have no known
/// meaning, are occurrences of other:workout-NAME. Places named in laps are facts of category location.
/// </summary>
internal sealed class WorkoutDetail : IPayloadDecoder
{
    private const double NoAltitude = -2_000_000;

    /// <summary>Until then a missing altitude was written as 0.</summary>
    private static readonly Instant ZeroIsAnAltitude = Instant.FromUtc(2016, 8, 1, 0, 0);

    private static readonly (string Field, string Category)[] Altitudes =
    [
        ("altitude", "workout-altitude"), ("air_pressure_altitude", "workout-pressure-altitude"), ("correct_altitude", "workout-corrected-altitude"),
    ];

    /// <summary>The categories that it gives series of.</summary>
    public static IReadOnlyList<Category> Categories { get; } =
    [
        Category.WorkoutTrack, Category.Other("workout-altitude"), Category.Other("workout-pressure-altitude"),
        Category.Other("workout-corrected-altitude"), Category.Other("workout-flag"), Category.Other("workout-pace"), Category.Other("workout-heart-rate"),
        Category.Other("workout-gait"), Category.Other("workout-distance"), Category.Other("workout-speed"),
    ];

    private static readonly HashSet<string> Series = new(StringComparer.Ordinal)
    {
        "longitude_latitude", "time", "accuracy", "altitude", "air_pressure_altitude", "correct_altitude", "flag", "pace", "heart_rate", "gait",
        "distance", "speed",
    };

    // Further fields whose elements have no known meaning, or none that an answer could be compared with.
    private static readonly string[] Raw =
    [
        "cadence", "stroke_speed", "power_meter", "spo2", "bearing", "course", "rope_skipping_frequency", "daily_performance_info",
        "currentDistance", "weather_info", "coaching_segment", "golf_swing_rt_data", "runPosture", "equivPace", "provider",
    ];

    public string Name => PayloadDecoders.HuamiWorkoutDetail;

    public bool Decode(RequestContent content, RequestKind kind, UploadSink sink)
    {
        using var fields = new WorkoutFields(content);
        if (WorkoutKey.Read(fields, sink) is not { } workout || !fields.Names.Any(IsDetail))
        {
            return false;
        }

        var start = workout.StartMoment(sink);
        sink.Line($"details of workout {workout.TrackId}, {start.Local:uuuu-MM-dd HH:mm:ss}");
        var clock = fields.Bytes("time") is { } time ? SeriesDecoder.Clock(time.Span, sink) : [];
        foreach (var series in SharedClock(workout, fields, clock, sink).Concat(OwnClocks(fields, sink)))
        {
            var made = series.ToSeries(workout.TrackId, start, sink);
            sink.Series(workout.Group, made);
            sink.Line($"  {made.Category}: {SampleCounts.Of(made)} values");
        }

        Pauses(workout, fields, start, sink);
        Lists(workout, fields, start, sink);
        return true;
    }

    private static bool IsDetail(string name) => name == "pause" || WorkoutLaps.Fields.Contains(name, StringComparer.Ordinal) || Series.Contains(name) || Raw.Contains(name, StringComparer.Ordinal);

    private static IEnumerable<DecodedSeries> SharedClock(WorkoutKey workout, WorkoutFields fields, int[] clock, UploadSink sink)
    {
        if (fields.Bytes("longitude_latitude") is { IsEmpty: false } positions)
        {
            var (latitudes, longitudes) = SeriesDecoder.Positions(positions.Span, sink);
            var accuracy = fields.Bytes("accuracy") is { } metres
                ? SeriesDecoder.Values(metres.Span, "accuracy", value => value < 0 ? double.NaN : value, sink)
                : [];
            yield return DecodedSeries.OnClock(
                "longitude_latitude", Category.WorkoutTrack, clock, ["latitude", "longitude", "accuracy"], [latitudes, longitudes, accuracy], sink);
        }

        double Altitude(double value) =>
            value <= NoAltitude || (value == 0 && workout.Start < ZeroIsAnAltitude) ? double.NaN : value / 100;

        foreach (var (field, category) in Altitudes)
        {
            if (fields.Bytes(field) is { IsEmpty: false } altitudes)
            {
                yield return DecodedSeries.OnClock(
                    field, Category.Other(category), clock, ["altitude"], [SeriesDecoder.Values(altitudes.Span, field, Altitude, sink)], sink);
            }
        }

        if (fields.Bytes("flag") is { IsEmpty: false } flags)
        {
            yield return DecodedSeries.OnClock(
                "flag", Category.Other("workout-flag"), clock, ["flag"], [SeriesDecoder.Values(flags.Span, "flag", value => value, sink)], sink);
        }

        if (fields.Bytes("pace") is { IsEmpty: false } paces)
        {
            var values = SeriesDecoder.Values(paces.Span, "pace", value => value < 0 ? double.NaN : value, sink);
            yield return DecodedSeries.OnClock("pace", Category.Other("workout-pace"), clock, ["pace"], [values], sink);
        }
    }

    private static IEnumerable<DecodedSeries> OwnClocks(WorkoutFields fields, UploadSink sink)
    {
        if (fields.Bytes("heart_rate") is { IsEmpty: false } rates)
        {
            yield return SeriesDecoder.HeartRates(rates.Span, sink);
        }

        if (fields.Bytes("gait") is { IsEmpty: false } gait)
        {
            yield return SeriesDecoder.Timed(gait.Span, "gait", Category.Other("workout-gait"), ["steps", "stride", "cadence"], sink);
        }

        if (fields.Bytes("distance") is { IsEmpty: false } distance)
        {
            var series = SeriesDecoder.Timed(distance.Span, "distance", Category.Other("workout-distance"), ["distance"], sink);
            SeriesDecoder.SumUp(series.Columns[0]);
            yield return series;
        }

        if (fields.Bytes("speed") is { IsEmpty: false } speed)
        {
            yield return SeriesDecoder.Timed(speed.Span, "speed", Category.Other("workout-speed"), ["speed"], sink);
        }
    }

    // startUnix,durationSec,startGpsIdx,endGpsIdx,type
    private static void Pauses(WorkoutKey workout, WorkoutFields fields, Moment start, UploadSink sink)
    {
        if (fields.Bytes("pause") is not { IsEmpty: false } text)
        {
            return;
        }

        var pauses = new List<Occurrence>();
        var elements = new SeriesText(text.Span);
        while (elements.MoveNext())
        {
            if (SeriesText.TryWhole(elements.Field(0), out var stamp) && MomentText.TryFromEpoch(stamp, out var at)
                && SeriesText.TryWhole(elements.Field(1), out var seconds) && seconds is >= 0 and < 864_000)
            {
                var begin = Moment.At(at, start.Offset!.Value);
                pauses.Add(new Occurrence(
                    Category.Other("workout-pause"), begin, begin with { Local = begin.Local.PlusSeconds(seconds) },
                    PauseFields(elements), sink.At("pause"), workout.TrackId));
            }
            else if (!elements.Element.IsEmpty)
            {
                sink.Damaged("pause", $"'{Encoding.UTF8.GetString(elements.Element)}' is no pause");
            }
        }

        if (pauses.Count > 0)
        {
            sink.Occurrences(workout.Group with { What = workout.Group.What + "/pause" }, pauses);
        }
    }

    // Type 2 is by hand, 3 automatic; an index of -1 is not known.
    private static List<Field> PauseFields(SeriesText pause)
    {
        var fields = new List<Field>(3);
        foreach (var (column, name) in ((int, string)[])[(4, "type"), (2, "first-position"), (3, "last-position")])
        {
            if (SeriesText.TryWhole(pause.Field(column), out var value) && value >= 0)
            {
                fields.Add(Field.Of(name, value));
            }
        }

        return fields;
    }

    private static void Lists(WorkoutKey workout, WorkoutFields fields, Moment start, UploadSink sink)
    {
        foreach (var name in Raw)
        {
            if (fields.Bytes(name) is not { IsEmpty: false } text)
            {
                continue;
            }

            var count = SeriesText.Elements(text.Span);
            var category = Category.Other("workout-" + name.ToLowerInvariant().Replace('_', '-'));
            sink.Occurrences(
                workout.Group with { What = $"{workout.Group.What}/{name}" },
                [new Occurrence(category, start, null, [Field.Of("elements", count)], sink.At(name), workout.TrackId)]);
            sink.Line($"  {name}: {count} elements");
        }

        WorkoutLaps.Read(workout, fields, start, sink);
    }
}
