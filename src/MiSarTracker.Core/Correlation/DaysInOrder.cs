using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>Finds days by their date in a list that is in order of it.</summary>
internal static class DaysInOrder
{
    /// <summary>The place of the first day that is not before the date; behind the last when all are.</summary>
    public static int IndexFrom(this IReadOnlyList<UploadedDay> days, LocalDate date)
    {
        int low = 0, high = days.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = days[middle].Date < date ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public static UploadedDay? FirstOn(this IReadOnlyList<UploadedDay> days, LocalDate date) =>
        days.IndexFrom(date) is var at && at < days.Count && days[at].Date == date ? days[at] : null;

    /// <summary>The days from the date on.</summary>
    public static IEnumerable<UploadedDay> From(this IReadOnlyList<UploadedDay> days, LocalDate date)
    {
        for (var at = days.IndexFrom(date); at < days.Count; at++)
        {
            yield return days[at];
        }
    }
}
