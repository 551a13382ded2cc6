using System.Globalization;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Article15;

/// <summary>
/// Judges an answer's words item by item: always by a sentence with its place, never by a mere link, and <c>unclear</c> when in
/// doubt. A pure function of the texts and the patterns; the order in which the texts come does not matter.
/// </summary>
public static class Grader
{
    /// <summary>Of one text so many characters are read; what is beyond counts as not read.</summary>
    public const int LongestText = 8 << 20;

    /// <param name="words">What the answer holds.</param>
    /// <param name="hasData">Whether data were found in its tables.</param>
    /// <param name="languages">The patterns; all of them are tried, for answers mix languages.</param>
    public static AnswerJudgement Judge(AnswerWords words, bool hasData, IReadOnlyList<LanguagePatterns> languages, CancellationToken cancellationToken = default)
    {
        var search = new EvidenceSearch(languages);
        var passages = new Passages(languages);
        var prose = words.Prose.Select(text => text.Origin).ToHashSet();
        var spoken = 0;
        var cut = new List<AnswerPart>();
        foreach (var text in words.Readable.OrderBy(text => text.Origin, ObservationOrder.Origins).ThenBy(text => text.Text, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isCut = text.Text.Length > LongestText;
            if (isCut)
            {
                cut.Add(new AnswerPart(text.Origin.Exhibit, text.Origin.Part, "text", text.Text.Length, 0));
            }

            var isProse = prose.Contains(text.Origin);
            foreach (var passage in passages.Of(isCut ? text with { Text = text.Text[..LongestText] } : text))
            {
                search.Look(passage);
                spoken += !passage.Quoted && isProse ? 1 : 0;
            }
        }

        IReadOnlyList<AnswerPart> unread = [.. words.Unread, .. cut];
        var judged = new ItemRules(search, hasData, words, unread).All();
        var isHolding = search.Holding is not null && !hasData && judged.All(item => item.Item == Checklist.Copy || (item.Status < ItemStatus.Partly && item is not { Status: ItemStatus.Missing, Pattern: not null }));
        if (isHolding)
        {
            judged = [.. judged.Select(item => NoAnswer(item, search.Holding!.Value))];
        }

        return new AnswerJudgement(judged, spoken > 0 && !isHolding, Read(words, search.Words), unread);
    }

    private static ItemJudgement NoAnswer(ItemJudgement item, (Passage Passage, Cue Cue) holding) => item with
    {
        Status = ItemStatus.Unclear,
        Quote = Quote.Of(holding.Passage, holding.Cue),
        Where = holding.Passage.Origin,
        Because = $"What was added looks like a mail before the answer: {holding.Cue.Because}",
        Pattern = holding.Cue.Id,
    };

    private static string Read(AnswerWords words, long count)
    {
        var texts = words.Prose.Select(text => text.Origin).Distinct().Count();
        var what = texts == 0
            ? "no text was among what was added"
            : string.Create(CultureInfo.InvariantCulture, $"{texts} {(texts == 1 ? "text" : "texts")} of {string.Join(", ", words.Prose.Select(text => text.Origin.Exhibit).Distinct().Order(StringComparer.Ordinal))} ({count:N0} words) {(texts == 1 ? "was" : "were")} read");
        return words.Rows == 0 ? what : string.Create(CultureInfo.InvariantCulture, $"{what}, beside {words.Rows:N0} rows of data");
    }
}
