using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// Holds each round of answers against those before it, sample by sample. A sample was right when any answer before had it right:
/// who disclosed something once has disclosed it.
/// </summary>
internal static class RoundComparison
{
    /// <param name="rounds">Each round's own answers with its own comparison, in the order of arrival.</param>
    public static IReadOnlyList<Round> Of(IReadOnlyList<(Disclosed Answers, Comparison Comparison)> rounds)
    {
        var best = new Dictionary<(Category, string), MinuteState[]>();
        var told = new List<Round>();
        foreach (var (answers, comparison) in rounds)
        {
            told.Add(new Round(
                told.Count + 1,
                answers.Exhibits.Select(exhibit => exhibit.Received).Min(),
                [.. answers.Exhibits.Select(exhibit => exhibit.Exhibit)],
                Categories(comparison, best)));
        }

        return told;
    }

    private static List<RoundCategory> Categories(Comparison comparison, Dictionary<(Category, string), MinuteState[]> best)
    {
        var speaks = comparison.Categories.Where(category => category.Matched + category.Altered > 0).Select(category => category.Category).ToHashSet();
        var changes = new SortedDictionary<Category, Change>();
        foreach (var (category, key, states) in Samples(comparison))
        {
            if (!changes.TryGetValue(category, out var change))
            {
                changes[category] = change = new Change();
            }

            if (best.TryGetValue((category, key), out var before))
            {
                change.Add(before, states, speaks.Contains(category));
            }
            else
            {
                best[(category, key)] = [.. states];
            }
        }

        return
        [
            .. comparison.Categories.Where(category => category.Uploaded > 0).Select(category =>
            {
                var change = changes.GetValueOrDefault(category.Category) ?? new Change();
                return new RoundCategory(
                    category.Category, category.Matched, category.Missing, category.Altered, change.Fixed, change.StillMissing, change.NewlyMissing, change.NewlyAltered);
            }),
        ];
    }

    private static IEnumerable<(Category Category, string Key, IReadOnlyList<MinuteState> States)> Samples(Comparison comparison) =>
        comparison.Days.Select(map => (map.Category, map.Date.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture), (IReadOnlyList<MinuteState>)map.Minutes))
            .Concat(comparison.Items.GroupBy(item => (item.Category, item.Key)).SelectMany(same => same.Select((item, at) => (item.Category, $"{item.Key}#{at}", item.States))));

    private sealed class Change
    {
        public long Fixed { get; private set; }

        public long StillMissing { get; private set; }

        public long NewlyMissing { get; private set; }

        public long NewlyAltered { get; private set; }

        /// <param name="before">The best state so far; becomes the best with this round.</param>
        /// <param name="speaks">Whether this round holds anything of the category.</param>
        public void Add(MinuteState[] before, IReadOnlyList<MinuteState> now, bool speaks)
        {
            for (var i = 0; i < before.Length; i++)
            {
                switch (before[i], now[i])
                {
                    case (MinuteState.Missing or MinuteState.Altered, MinuteState.Matched):
                        Fixed++;
                        break;
                    case (MinuteState.Missing or MinuteState.Altered, MinuteState.Missing or MinuteState.Altered):
                        StillMissing++;
                        break;
                    case (MinuteState.Matched, MinuteState.Missing) when speaks:
                        NewlyMissing++;
                        break;
                    case (MinuteState.Matched, MinuteState.Altered):
                        NewlyAltered++;
                        break;
                }

                before[i] = Better(before[i], now[i]);
            }
        }

        private static bool IsWrong(MinuteState state) => state is MinuteState.Missing or MinuteState.Altered;

        private static MinuteState Better(MinuteState one, MinuteState other) =>
            one == MinuteState.Matched || other == MinuteState.Matched ? MinuteState.Matched
            : IsWrong(one) ? one
            : other;
    }
}
