using System.Buffers;
using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// <c>/v1/sport/run/detail.json</c> (formats.md §1.12): the series of one workout, each on its own clock. Series with the track id
/// as subject: workout-track (<c>latitude</c>, <c>longitude</c> in degrees, <c>accuracy</c> in m; a slot without position stays, as
/// NaN), other:workout-altitude (<c>altitude</c> in m), other:workout-pace (<c>pace</c> in s/m), other:workout-heart-rate (<c>bpm</c>),
/// other:workout-gait (<c>steps</c> since the element before, <c>stride</c> in cm, <c>cadence</c> in steps/min), other:workout-distance
/// (<c>distance</c> from the start in m), other:workout-speed (<c>speed</c> in m/s). Pauses, and fields whose elements have no known
/// meaning, are occurrences of other:workout-NAME. Places named in laps are facts of category location.
/// </summary>
internal sealed class WorkoutDetail : IPayloadDecoder
{
    private const double NoAltitude = -2_000_000;

    /// <summary>The categories that it gives series of.</summary>
    public static IReadOnlyList<Category> Categories { get; } =
    [
        Category.WorkoutTrack, Category.Other("workout-altitude"), Category.Other("workout-pace"), Category.Other("workout-heart-rate"),
        Category.Other("workout-gait"), Category.Other("workout-distance"), Category.Other("workout-speed"),
    ];

    private static readonly HashSet<string> Series = new(StringComparer.Ordinal)
    {
        "longitude_latitude", "time", "accuracy", "altitude", "pace", "heart_rate", "gait", "distance", "speed",
    };

    private static readonly SearchValues<byte> GeohashDigits = SearchValues.Create("0123456789bcdefghjkmnpqrstuvwxyz"u8);

    // Column of the geohash in each kind of lap.
    private static readonly (string Field, int Column)[] Laps = [("kilo_pace", 2), ("mile_pace", 2), ("lap", 3)];

    // Further fields whose text is a list of elements of no known meaning (flag) or of none that an answer could be compared with.
    private static readonly string[] Raw =
    [
        "flag", "kilo_pace", "mile_pace", "lap", "air_pressure_altitude", "correct_altitude", "cadence", "stroke_speed", "power_meter", "spo2",
        "bearing", "course", "rope_skipping_frequency", "daily_performance_info", "currentDistance", "weather_info", "coaching_segment",
        "golf_swing_rt_data", "runPosture", "equivPace",
    ];

    public string Name => PayloadDecoders.HuamiWorkoutDetail;

    public bool Decode(RequestContent content, UploadRule rule, UploadSink sink)
    {
        using var fields = new WorkoutFields(content);
        if (WorkoutKey.Read(fields, sink) is not { } workout || !fields.Names.Any(IsDetail))
        {
            return false;
        }

        var start = workout.StartMoment(sink);
        sink.Line($"details of workout {workout.TrackId}, {start.Local:uuuu-MM-dd HH:mm:ss}");
        var clock = fields.Bytes("time") is { } time ? SeriesDecoder.Clock(time.Span, sink) : [];
        foreach (var series in SharedClock(fields, clock, sink).Concat(OwnClocks(fields, sink)))
        {
            var made = series.ToSeries(workout.TrackId, start, sink);
            sink.Series(workout.Group, made);
            sink.Line($"  {made.Category}: {SampleCounts.Of(made)} values");
        }

        Pauses(workout, fields, start, sink);
        Lists(workout, fields, start, sink);
        return true;
    }

    private static bool IsDetail(string name) => name == "pause" || Series.Contains(name) || Raw.Contains(name, StringComparer.Ordinal);

    private static IEnumerable<DecodedSeries> SharedClock(WorkoutFields fields, int[] clock, UploadSink sink)
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

        if (fields.Bytes("altitude") is { IsEmpty: false } altitudes)
        {
            var metres = SeriesDecoder.Values(altitudes.Span, "altitude", value => value <= NoAltitude ? double.NaN : value / 100, sink);
            yield return DecodedSeries.OnClock("altitude", Category.Other("workout-altitude"), clock, ["altitude"], [metres], sink);
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
                    SeriesText.TryWhole(elements.Field(4), out var type) ? [Field.Of("type", type)] : [], sink.At("pause"), workout.TrackId));
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

    private static void Lists(WorkoutKey workout, WorkoutFields fields, Moment start, UploadSink sink)
    {
        foreach (var name in Raw)
        {
            if (fields.Bytes(name) is not { IsEmpty: false } text)
            {
                continue;
            }

            var count = 0;
            var elements = new SeriesText(text.Span);
            while (elements.MoveNext())
            {
                count++;
            }

            var category = Category.Other("workout-" + name.ToLowerInvariant().Replace('_', '-'));
            sink.Occurrences(
                workout.Group with { What = $"{workout.Group.What}/{name}" },
                [new Occurrence(category, start, null, [Field.Of("elements", count)], sink.At(name), workout.TrackId)]);
            sink.Line($"  {name}: {count} elements");
        }

        foreach (var (name, column) in Laps)
        {
            if (fields.Bytes(name) is { } laps)
            {
                Geohashes(laps.Span, name, column, sink);
            }
        }
    }

    private static void Geohashes(ReadOnlySpan<byte> text, string name, int column, UploadSink sink)
    {
        var elements = new SeriesText(text);
        while (elements.MoveNext())
        {
            var geohash = elements.Field(column);
            if (geohash.Length is >= 3 and <= 12 && !geohash.ContainsAnyExcept(GeohashDigits) && geohash.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                sink.Fact(Category.Location, "geohash", Encoding.ASCII.GetString(geohash), $"form.{name}", identifies: false);
            }
        }
    }
}
