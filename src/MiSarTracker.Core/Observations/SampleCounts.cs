namespace MiSarTracker.Core.Observations;

/// <summary>
/// How many samples there are of each category, by the contract's meaning of a sample: a minute with a value, a night, a
/// stage, a workout, a position, a weighing, a distinct fact. Totals and stretches of activity are aggregates of
/// samples and do not count.
/// </summary>
public static class SampleCounts
{
    public static SortedDictionary<Category, long> Of(Uploaded uploaded) =>
        Count(uploaded.Minutes, uploaded.Occurrences, uploaded.Series, uploaded.Facts);

    public static SortedDictionary<Category, long> Of(Disclosed disclosed) =>
        Count(disclosed.Minutes, disclosed.Occurrences, disclosed.Series, disclosed.Facts);

    /// <summary>The minutes that carry a sample.</summary>
    public static int Of(MinuteDay day) => MinuteDay.MinutesPerDay - day.Values.AsSpan().Count(MinuteDay.None);

    /// <summary>The elements whose first column has a value.</summary>
    public static int Of(Series series) => series.Values.Length == 0 ? 0 : series.Values[0].Count(value => !double.IsNaN(value));

    /// <summary>False for a stretch of activity, which sums up minutes.</summary>
    public static bool IsSample(Occurrence occurrence) => occurrence.Category != Category.ActivityKind;

    private static SortedDictionary<Category, long> Count(
        IReadOnlyList<MinuteDay> minutes, IReadOnlyList<Occurrence> occurrences, IReadOnlyList<Series> series, IReadOnlyList<Fact> facts)
    {
        var counts = new SortedDictionary<Category, long>();
        foreach (var day in minutes)
        {
            Add(counts, day.Category, Of(day));
        }

        foreach (var occurrence in occurrences.Where(IsSample))
        {
            Add(counts, occurrence.Category, 1);
        }

        foreach (var one in series)
        {
            Add(counts, one.Category, Of(one));
        }

        foreach (var fact in facts)
        {
            Add(counts, fact.Category, 1);
        }

        return counts;
    }

    private static void Add(SortedDictionary<Category, long> counts, Category category, long number)
    {
        if (number > 0)
        {
            counts[category] = counts.GetValueOrDefault(category) + number;
        }
    }
}
