namespace MiSarTracker.Core.Article15;

/// <summary>One sentence that says something of one item.</summary>
/// <param name="Part">The part of the item that it names, or null.</param>
internal sealed record Evidence(string Item, ItemStatus Status, Passage Passage, Cue? Cue, string? Part)
{
    /// <summary>A topic that no pattern answers.</summary>
    public static Evidence Touched(string item, Passage passage) => new(item, ItemStatus.Unclear, passage, null, null);
}

/// <summary>Holds every sentence of an answer against the patterns.</summary>
internal sealed class EvidenceSearch(IReadOnlyList<LanguagePatterns> languages)
{
    /// <summary>More sentences of one item than this say nothing new.</summary>
    private const int MostPerItem = 500;

    /// <summary>What a mail says of itself stands near its beginning.</summary>
    private const int MostRemarks = 2_000;

    /// <summary>Shorter ones may be cells of a table, or headings.</summary>
    private const int WordsOfASentence = 8;

    private readonly Dictionary<string, List<Evidence>> _byItem = [];
    private readonly HashSet<string> _answered = [];
    private bool[] _touchedBefore = [];
    private int _passages;

    /// <summary>The first sentence that says that the data are attached, or null.</summary>
    public (Passage Passage, Cue Cue)? Enclosure { get; private set; }

    /// <summary>The first sentence of an acknowledgement, an extension or a question, or null.</summary>
    public (Passage Passage, Cue Cue)? Holding { get; private set; }

    /// <summary>Whether the answers are said to stand inside the quoted request.</summary>
    public bool IsInline { get; private set; }

    public long Words { get; private set; }

    public IReadOnlyList<Evidence> Of(string item) => _byItem.GetValueOrDefault(item) ?? [];

    public void Look(Passage passage)
    {
        if (!passage.Quoted)
        {
            Words += passage.Folded.AsSpan().Count(' ') + 1;
        }

        var touches = languages.Select(language => passage.Heading.Count > 0 || (language.AnyTopic.MayMatch(passage.Folded) && MayBe(language, passage.Folded))).ToArray();
        var remarks = !passage.Quoted && _passages++ < MostRemarks;
        var asks = (remarks || touches.Contains(true) || _touchedBefore.Contains(true))
            && languages.Any(language => Any(language.Asks, passage.Folded) || (passage.Intro.Length > 0 && Any(language.Asks, passage.Intro)));
        if (remarks)
        {
            foreach (var language in languages)
            {
                Remarks(language, passage, asks);
            }
        }

        if (!asks)
        {
            Items(passage, [.. languages.Where((_, i) => touches[i] || (passage.Before.Length > 0 && i < _touchedBefore.Length && _touchedBefore[i]))]);
        }

        _touchedBefore = touches;
    }

    /// <summary>
    /// “Art. 46” stands in texts of every language. A sentence that is long enough to have small words and has none of the language's is in another one,
    /// which nobody here can read: its items stay unclear or missing, and are not answered by chance.
    /// </summary>
    private static bool MayBe(LanguagePatterns language, string folded) => folded.AsSpan().Count(' ') + 1 < WordsOfASentence || language.FunctionWords.IsMatch(folded);

    private void Remarks(LanguagePatterns language, Passage passage, bool asks)
    {
        Holding ??= First(language.Holding, passage);
        if (!asks)
        {
            Enclosure ??= First(language.Enclosures, passage);
        }

        IsInline |= First(language.Inline, passage) is not null;
    }

    private void Items(Passage passage, IReadOnlyList<LanguagePatterns> spoken)
    {
        // A line that only announces something has not said it yet; that it is there to be announced, it has.
        var announces = passage.Folded.EndsWith(':');
        var evasion = spoken.Select(language => First(language.Pointers, passage) ?? First(language.Refusals, passage)).FirstOrDefault(found => found is not null)?.Cue;
        foreach (var known in Checklist.Items)
        {
            var item = known.Id;
            if (_answered.Contains(item))
            {
                // Of sentences of the same weight the first one counts.
                continue;
            }

            var found = new List<Evidence>();
            var isTouched = passage.Heading.Contains(item);
            foreach (var patterns in spoken.SelectMany(language => language.Items).Where(patterns => patterns.Item == item))
            {
                var under = passage.Heading.Contains(item);
                var touched = patterns.Topics.IsMatch(passage.Folded);
                var near = !touched && passage.Before.Length > 0 && patterns.Topics.IsMatch(passage.Before);
                isTouched |= touched;
                if ((under || touched || near) && !(announces && item != Checklist.Confirmation))
                {
                    found.AddRange(patterns.Cues.Where(cue => Counts(cue, passage, under, touched || under, near)).Select(cue => Found(item, cue, passage, evasion)));
                }
            }

            if (found.Count == 0 && isTouched)
            {
                found.Add(evasion is null ? Evidence.Touched(item, passage) : new Evidence(item, ItemStatus.Missing, passage, evasion, null));
            }

            found.ForEach(Add);
        }
    }

    /// <summary>What points elsewhere may still say something; how much is for a person to judge.</summary>
    private static Evidence Found(string item, AnswerCue cue, Passage passage, Cue? evasion) => evasion is null || cue.Specific
        ? new Evidence(item, cue.Gives, passage, cue.Cue, cue.Part)
        : new Evidence(item, ItemStatus.Unclear, passage, cue.Cue, null);

    private static bool Counts(AnswerCue cue, Passage passage, bool under, bool itself, bool near) => (under || !cue.Under)
        && ((itself && cue.Cue.Matches(passage.Folded))
            || (cue.Near && (near || itself) && passage.Before.Length > 0 && cue.Cue.Matches($"{passage.Before} {passage.Folded}")));

    private void Add(Evidence evidence)
    {
        if (evidence is { Status: ItemStatus.Answered, Passage.Quoted: false })
        {
            _ = _answered.Add(evidence.Item);
        }

        if (!_byItem.TryGetValue(evidence.Item, out var list))
        {
            _byItem[evidence.Item] = list = [];
        }

        if (list.Count < MostPerItem || evidence.Status > ItemStatus.Unclear)
        {
            list.Add(evidence);
        }
    }

    private static (Passage Passage, Cue Cue)? First(IReadOnlyList<Cue> cues, Passage passage) =>
        cues.FirstOrDefault(cue => cue.Matches(passage.Folded)) is { } cue ? (passage, cue) : null;

    private static bool Any(IReadOnlyList<Cue> cues, string folded) => cues.Any(cue => cue.Matches(folded));
}
