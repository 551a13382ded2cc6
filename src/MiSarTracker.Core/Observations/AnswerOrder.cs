namespace MiSarTracker.Core.Observations;

/// <summary>
/// Which of several statements of the same thing counts: what the answer that arrived last says, for a vendor may correct itself;
/// among answers of one day the first by exhibit, member and line.
/// </summary>
/// <param name="exhibits">The answers; one that is not among them comes last.</param>
internal sealed class AnswerOrder(IEnumerable<AnswerExhibit> exhibits) : IComparer<Origin>
{
    private readonly Dictionary<string, int> _ranks = exhibits
        .GroupBy(exhibit => exhibit.Received).OrderByDescending(round => round.Key)
        .SelectMany((round, rank) => round.Select(exhibit => (exhibit.Exhibit, Rank: rank)))
        .GroupBy(one => one.Exhibit, StringComparer.Ordinal)
        .ToDictionary(one => one.Key, one => one.First().Rank, StringComparer.Ordinal);

    public int Compare(Origin x, Origin y) => CompareExhibits(x.Exhibit, y.Exhibit) is var byExhibit and not 0 ? byExhibit : ObservationOrder.Compare(x, y);

    public int CompareExhibits(string one, string other)
    {
        var byRank = _ranks.GetValueOrDefault(one, int.MaxValue).CompareTo(_ranks.GetValueOrDefault(other, int.MaxValue));
        return byRank != 0 ? byRank : string.CompareOrdinal(one, other);
    }
}
