using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// What the vendor's servers gave to the app and no capture shows uploaded. It proves that the vendor holds it, whoever sent it and when,
/// so it is held against the answer by the same rules; what was uploaded too is compared as uploaded, and counts once.
/// </summary>
internal static class StoredCopies
{
    /// <summary>The stored copies without what was uploaded; null when nothing is left.</summary>
    public static Uploaded? Beyond(Uploaded uploaded, ComparisonRules rules)
    {
        if (uploaded.Stored is not { } stored)
        {
            return null;
        }

        var minutes = new UploadedMinutes(uploaded.Minutes);
        var series = uploaded.Series.Select(one => (one.Category, one.Subject, one.Start.Instant)).ToHashSet();
        var facts = uploaded.Facts.Select(fact => (fact.Category, fact.Name, fact.Value)).ToHashSet();
        var totals = uploaded.Totals.Select(total => (total.Category, total.Date, total.Name)).ToHashSet();
        var rest = new Uploaded
        {
            Exhibits = uploaded.Exhibits,
            Minutes = [.. stored.Minutes.Select(minutes.Without).OfType<MinuteDay>()],
            Occurrences = [.. stored.Occurrences.GroupBy(what => what.Category).SelectMany(group => Beyond(group, uploaded, rules))],
            Series = [.. stored.Series.Where(one => !series.Contains((one.Category, one.Subject, one.Start.Instant)))],
            Facts = [.. stored.Facts.Where(fact => IsTelling(fact) && !facts.Contains((fact.Category, fact.Name, fact.Value)))],
            Totals = [.. stored.Totals.Where(total => !totals.Contains((total.Category, total.Date, total.Name)))],
        };
        return rest is { Minutes.Count: 0, Occurrences.Count: 0, Series.Count: 0, Facts.Count: 0, Totals.Count: 0 } ? null : rest;
    }

    /// <summary>
    /// Servers answer with flags, counters and versions by the dozen, and a short value that the answer has under another name would not be
    /// found: what no text could be searched for is not held against anybody.
    /// </summary>
    private static bool IsTelling(Fact fact) => fact.Identifies || fact.Value.Length >= FactComparison.ShortestMention;

    /// <summary>The category's occurrences that pair with no uploaded one.</summary>
    private static IEnumerable<Occurrence> Beyond(IGrouping<Category, Occurrence> stored, Uploaded uploaded, ComparisonRules rules) =>
        OccurrencePairing.Pair([.. stored.Select(Place)], [.. uploaded.Occurrences.Where(what => what.Category == stored.Key).Select(Place)], rules)
            .Where(pair => pair.Disclosed is null)
            .Select(pair => pair.Uploaded!.What);

    /// <summary>Both come from the vendor's own protocol, so a bare time on both sides is the same clock.</summary>
    private static Placed Place(Occurrence what) => new(what, InstantOf(what.Start), what.End is { } end ? InstantOf(end) : null, what.Start);

    private static Instant InstantOf(Moment moment) => moment.Instant ?? moment.Local.InUtc().ToInstant();

    /// <summary>Which minutes were uploaded, by their time and category; a bit each.</summary>
    private sealed class UploadedMinutes
    {
        private readonly Dictionary<(Category Category, int Day), bool[]> _held = [];

        public UploadedMinutes(IReadOnlyList<MinuteDay> days)
        {
            foreach (var day in days)
            {
                var first = First(day);
                for (var minute = 0; minute < MinuteDay.MinutesPerDay; minute++)
                {
                    if (day.Values[minute] != MinuteDay.None)
                    {
                        Mark(day.Category, first + minute);
                    }
                }
            }
        }

        /// <summary>The day without the minutes that were uploaded; null when none is left.</summary>
        public MinuteDay? Without(MinuteDay day)
        {
            var (first, values) = (First(day), (short[])day.Values.Clone());
            for (var minute = 0; minute < MinuteDay.MinutesPerDay; minute++)
            {
                if (values[minute] != MinuteDay.None && Holds(day.Category, first + minute))
                {
                    values[minute] = MinuteDay.None;
                }
            }

            return values.AsSpan().ContainsAnyExcept(MinuteDay.None)
                ? new MinuteDay(day.Category, day.Date, day.Offset, day.Origin, values) { Device = day.Device, Unsynced = day.Unsynced, SeenAt = day.SeenAt }
                : null;
        }

        private static long First(MinuteDay day) => AnswerMinutes.First(day.Date) - ((day.Offset?.Seconds ?? 0) / 60);

        private void Mark(Category category, long minute)
        {
            var key = (category, (int)(minute / MinuteDay.MinutesPerDay));
            if (!_held.TryGetValue(key, out var held))
            {
                _held[key] = held = new bool[MinuteDay.MinutesPerDay];
            }

            held[minute % MinuteDay.MinutesPerDay] = true;
        }

        private bool Holds(Category category, long minute) =>
            _held.TryGetValue((category, (int)(minute / MinuteDay.MinutesPerDay)), out var held) && held[minute % MinuteDay.MinutesPerDay];
    }
}
