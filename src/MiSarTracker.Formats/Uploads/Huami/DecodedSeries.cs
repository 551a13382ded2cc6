using System.Globalization;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>A series while it is decoded: its clock and its columns, which may be of different lengths.</summary>
/// <param name="Field">The field that it came in.</param>
/// <param name="Seconds">Seconds after the workout's start of each element.</param>
internal sealed record DecodedSeries(string Field, Category Category, int[] Seconds, IReadOnlyList<string> Names, double[][] Columns)
{
    /// <summary>Values on a clock that several fields share; values beyond the clock's end have no time and are left out.</summary>
    public static DecodedSeries OnClock(
        string field, Category category, int[] clock, IReadOnlyList<string> names, double[][] columns, UploadSink sink)
    {
        var length = Math.Min(clock.Length, columns[0].Length);
        if (columns[0].Length > clock.Length)
        {
            sink.Damaged(field, string.Create(
                CultureInfo.InvariantCulture, $"{columns[0].Length - clock.Length} of its {columns[0].Length} values have no time"));
        }

        return new DecodedSeries(field, category, clock[..length], names, [.. columns.Select(column => Fit(column, length))]);
    }

    public Series ToSeries(string subject, Moment start, UploadSink sink) =>
        new(Category, subject, start, Seconds, Names, Columns, sink.At(Field));

    private static double[] Fit(double[] column, int length)
    {
        var fitted = new double[length];
        var shared = Math.Min(length, column.Length);
        column.AsSpan(0, shared).CopyTo(fitted);
        Array.Fill(fitted, double.NaN, shared, length - shared);
        return fitted;
    }
}
