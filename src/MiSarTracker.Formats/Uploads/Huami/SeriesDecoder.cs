using System.Globalization;
using System.Text;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// The encodings of a workout's series. Where an element of differences cannot be read, nothing after it is known either:
/// the series ends there and the damage is reported.
/// </summary>
internal static class SeriesDecoder
{
    /// <summary>A workout does not last longer than ten days.</summary>
    private const long MostSeconds = 864_000;

    /// <summary>Differences in seconds → seconds after the workout's start.</summary>
    public static int[] Clock(ReadOnlySpan<byte> text, UploadSink sink)
    {
        var clock = new List<int>(SeriesText.Count(text));
        long now = 0;
        var elements = new SeriesText(text);
        while (elements.MoveNext())
        {
            if (!Advance(ref now, elements.Field(0), empty: 0))
            {
                Broken("time", clock.Count, elements.Element, sink);
                break;
            }

            clock.Add((int)now);
        }

        return [.. clock];
    }

    /// <summary>
    /// <c>latitude,longitude</c>, latitude first despite the field's name, in 1e-8 degrees: the first absolute, the others
    /// differences from the last position. An empty element is a slot without position: NaN, and no difference.
    /// </summary>
    public static (double[] Latitudes, double[] Longitudes) Positions(ReadOnlySpan<byte> text, UploadSink sink)
    {
        var (latitudes, longitudes) = (new List<double>(SeriesText.Count(text)), new List<double>());
        long latitude = 0, longitude = 0;
        var elements = new SeriesText(text);
        while (elements.MoveNext())
        {
            if (elements.Element.Trim((byte)' ').IsEmpty)
            {
                latitudes.Add(double.NaN);
                longitudes.Add(double.NaN);
                continue;
            }

            if (!SeriesText.TryWhole(elements.Field(0), out var north) || !SeriesText.TryWhole(elements.Field(1), out var east)
                || !IsPosition(latitude += north, longitude += east))
            {
                Broken("longitude_latitude", latitudes.Count, elements.Element, sink);
                break;
            }

            latitudes.Add(latitude / 1e8);
            longitudes.Add(longitude / 1e8);
        }

        return ([.. latitudes], [.. longitudes]);
    }

    /// <summary>Absolute values, one for each element; what is no number is NaN.</summary>
    public static double[] Values(ReadOnlySpan<byte> text, string field, Func<double, double> convert, UploadSink sink)
    {
        var values = new List<double>(SeriesText.Count(text));
        var unreadable = 0;
        var elements = new SeriesText(text);
        while (elements.MoveNext())
        {
            var isNumber = SeriesText.TryReal(elements.Field(0), out var value);
            unreadable += isNumber || elements.Field(0).IsEmpty ? 0 : 1;
            values.Add(isNumber ? convert(value) : double.NaN);
        }

        if (unreadable > 0)
        {
            sink.Damaged(field, string.Create(CultureInfo.InvariantCulture, $"{unreadable} of its values are no numbers"));
        }

        return [.. values];
    }

    /// <summary><c>dt,dHr</c>: an empty dt is one second; the first rate is absolute, the others differences.</summary>
    public static DecodedSeries HeartRates(ReadOnlySpan<byte> text, UploadSink sink)
    {
        var (seconds, rates) = (new List<int>(SeriesText.Count(text)), new List<double>());
        long now = 0, rate = 0;
        var elements = new SeriesText(text);
        while (elements.MoveNext())
        {
            if (!Advance(ref now, elements.Field(0), empty: 1)
                || !SeriesText.TryWhole(elements.Field(1), out var change) || (rate += change) is < 0 or > 1_000)
            {
                Broken("heart_rate", rates.Count, elements.Element, sink);
                break;
            }

            seconds.Add((int)now);
            rates.Add(rate is >= 1 and <= 253 ? rate : double.NaN);
        }

        return new DecodedSeries("heart_rate", Category.Other("workout-heart-rate"), [.. seconds], ["bpm"], [[.. rates]]);
    }

    /// <summary><c>dt,value[,value…]</c>: an empty dt is no time; a blank value is NaN.</summary>
    public static DecodedSeries Timed(ReadOnlySpan<byte> text, string field, Category category, IReadOnlyList<string> names, UploadSink sink)
    {
        var seconds = new List<int>(SeriesText.Count(text));
        var columns = names.Select(_ => new List<double>()).ToArray();
        long now = 0;
        var elements = new SeriesText(text);
        while (elements.MoveNext())
        {
            if (!Advance(ref now, elements.Field(0), empty: 0))
            {
                Broken(field, seconds.Count, elements.Element, sink);
                break;
            }

            seconds.Add((int)now);
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i].Add(SeriesText.TryReal(elements.Field(i + 1), out var value) ? value : double.NaN);
            }
        }

        return new DecodedSeries(field, category, [.. seconds], names, [.. columns.Select(column => column.ToArray())]);
    }

    /// <summary>Turns differences into sums in place.</summary>
    public static void SumUp(double[] differences)
    {
        double sum = 0;
        for (var i = 0; i < differences.Length; i++)
        {
            sum += double.IsNaN(differences[i]) ? 0 : differences[i];
            differences[i] = sum;
        }
    }

    private static bool Advance(ref long now, ReadOnlySpan<byte> difference, int empty)
    {
        long step = empty;
        if (!difference.IsEmpty && !SeriesText.TryWhole(difference, out step))
        {
            return false;
        }

        if (step is < 0 or > MostSeconds)
        {
            return false;
        }

        now += step;
        return now <= MostSeconds;
    }

    private static bool IsPosition(long latitude, long longitude) =>
        latitude is >= -90_00000000 and <= 90_00000000 && longitude is >= -180_00000000 and <= 180_00000000;

    private static void Broken(string field, int index, ReadOnlySpan<byte> element, UploadSink sink)
    {
        var shown = Encoding.UTF8.GetString(element[..Math.Min(element.Length, 40)]);
        sink.Damaged(field, string.Create(CultureInfo.InvariantCulture, $"element {index} ('{shown}') cannot be read, and so nothing after it"));
    }
}
