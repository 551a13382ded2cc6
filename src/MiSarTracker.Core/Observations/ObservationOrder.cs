using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>The one order in which observations are listed, so that the same input gives the same output, byte for byte.</summary>
public static class ObservationOrder
{
    public static IComparer<Origin> Origins { get; } = Comparer<Origin>.Create(Compare);

    /// <summary>By category, time, subject, end and place.</summary>
    public static IComparer<Occurrence> Occurrences { get; } = Comparer<Occurrence>.Create((one, other) => First(
        one.Category.CompareTo(other.Category),
        Compare(one.Start, other.Start),
        string.CompareOrdinal(one.Subject, other.Subject),
        Compare(one.End ?? one.Start, other.End ?? other.Start),
        Compare(one.Origin, other.Origin)));

    /// <summary>By category, subject, time and place.</summary>
    public static IComparer<Series> Series { get; } = Comparer<Series>.Create((one, other) => First(
        one.Category.CompareTo(other.Category),
        string.CompareOrdinal(one.Subject, other.Subject),
        Compare(one.Start, other.Start),
        Compare(one.Origin, other.Origin)));

    /// <summary>By exhibit, part and number.</summary>
    public static int Compare(Origin one, Origin other) => First(
        string.CompareOrdinal(one.Exhibit, other.Exhibit),
        string.CompareOrdinal(one.Part, other.Part),
        one.Number.CompareTo(other.Number));

    /// <summary>By the instant, a bare local time as if it were UTC; bare times after those with an offset.</summary>
    public static int Compare(Moment one, Moment other) => First(
        AsUtc(one).CompareTo(AsUtc(other)),
        Nullable.Compare(one.Offset, other.Offset));

    private static Instant AsUtc(Moment moment) => moment.Instant ?? moment.Local.InUtc().ToInstant();

    private static int First(params ReadOnlySpan<int> comparisons)
    {
        foreach (var comparison in comparisons)
        {
            if (comparison != 0)
            {
                return comparison;
            }
        }

        return 0;
    }
}
