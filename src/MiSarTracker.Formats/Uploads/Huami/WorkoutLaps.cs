using System.Buffers;
using System.Globalization;
using System.Text;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// <c>kilo_pace</c>, <c>mile_pace</c> and <c>lap</c> (formats.md §1.12): stretches of a workout. Occurrences of other:workout-kilo-pace and so on with
/// <c>number</c>, <c>duration</c> (s), <c>heart-rate-average</c> (bpm), and, for laps, <c>distance</c> (m), <c>altitude-ascend</c>,
/// <c>altitude-descend</c>. Columns beyond those differ by firmware and stay in the exhibit. The cell in which a stretch ended is a fact of category location.
/// </summary>
internal static class WorkoutLaps
{
    private static readonly SearchValues<byte> GeohashDigits = SearchValues.Create("0123456789bcdefghjkmnpqrstuvwxyz"u8);

    // idx,sec,geohash,gpsIndex,avgHr,totalSec[,…]
    private static readonly Columns Pace = new(Geohash: 2, Elapsed: 5, [(0, "number"), (1, "duration"), (4, "heart-rate-average")]);

    // idx,sec,distance m,geohash,avgHr,elapsed,alt,ascend,descend[,…]
    private static readonly Columns Lap = new(
        Geohash: 3, Elapsed: 5, [(0, "number"), (1, "duration"), (2, "distance"), (4, "heart-rate-average"), (7, "altitude-ascend"), (8, "altitude-descend")]);

    public static IReadOnlyList<string> Fields { get; } = ["kilo_pace", "mile_pace", "lap"];

    public static void Read(WorkoutKey workout, WorkoutFields fields, Moment start, UploadSink sink)
    {
        foreach (var name in Fields)
        {
            if (fields.Bytes(name) is { IsEmpty: false } text)
            {
                Read(text.Span, name, name == "lap" ? Lap : Pace, workout, start, sink);
            }
        }
    }

    private static void Read(ReadOnlySpan<byte> text, string name, Columns columns, WorkoutKey workout, Moment start, UploadSink sink)
    {
        var category = Category.Other("workout-" + name.Replace('_', '-'));
        var found = new List<Occurrence>();
        var elements = new SeriesText(text);
        for (var index = 0; elements.MoveNext(); index++)
        {
            Place(elements.Field(columns.Geohash), name, sink);
            if (SeriesText.TryWhole(elements.Field(1), out var seconds) && seconds is >= 0 and < 864_000
                && SeriesText.TryWhole(elements.Field(columns.Elapsed), out var elapsed) && elapsed >= seconds && elapsed < 864_000)
            {
                var end = start with { Local = start.Local.PlusSeconds(elapsed) };
                found.Add(new Occurrence(
                    category, end with { Local = end.Local.PlusSeconds(-seconds) }, end, columns.Values(elements),
                    sink.At(string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]")), workout.TrackId));
            }
            else if (!elements.Element.Trim((byte)' ').IsEmpty)
            {
                sink.Damaged(name, string.Create(CultureInfo.InvariantCulture, $"element {index} has no duration and elapsed time"));
            }
        }

        if (found.Count > 0)
        {
            sink.Occurrences(workout.Group with { What = $"{workout.Group.What}/{name}" }, found);
            sink.Line($"  {name}: {found.Count} stretches");
        }
    }

    private static void Place(ReadOnlySpan<byte> geohash, string name, UploadSink sink)
    {
        if (geohash.Length is >= 3 and <= 12 && !geohash.ContainsAnyExcept(GeohashDigits) && geohash.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            sink.Fact(Category.Location, "geohash", Encoding.ASCII.GetString(geohash), $"form.{name}", identifies: false);
        }
    }

    private sealed record Columns(int Geohash, int Elapsed, (int Column, string Name)[] Named)
    {
        public List<Field> Values(SeriesText element)
        {
            var fields = new List<Field>(Named.Length);
            foreach (var (column, name) in Named)
            {
                if (SeriesText.TryReal(element.Field(column), out var value) && value >= 0 && value < 1e9)
                {
                    fields.Add(Field.Of(name, (decimal)value));
                }
            }

            return fields;
        }
    }
}
