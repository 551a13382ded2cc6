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

    private readonly Dictionary<string, List<Evidence>> _byItem = [];

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

        var asks = languages.Any(language => Any(language.Asks, passage.Folded) || (passage.Intro.Length > 0 && Any(language.Asks, passage.Intro)));
        foreach (var language in languages)
        {
            if (!passage.Quoted)
            {
                Remarks(language, passage, asks);
            }

            if (!asks && (passage.Heading.Count > 0 || language.AnyTopic.IsMatch(passage.Folded) || (passage.Before.Length > 0 && language.AnyTopic.IsMatch(passage.Before))))
            {
                Items(language, passage);
            }
        }
    }

    private void Remarks(LanguagePatterns language, Passage passage, bool asks)
    {
        Holding ??= First(language.Holding, passage);
        if (!asks)
        {
            Enclosure ??= First(language.Enclosures, passage);
        }

        IsInline |= First(language.Inline, passage) is not null;
    }

    private void Items(LanguagePatterns language, Passage passage)
    {
        // A line that only announces something has not said it yet.
        var announces = passage.Folded.EndsWith(':');
        var pointer = language.Pointers.FirstOrDefault(cue => cue.Matches(passage.Folded));
        var refusal = language.Refusals.FirstOrDefault(cue => cue.Matches(passage.Folded));
        foreach (var item in language.Items)
        {
            var under = passage.Heading.Contains(item.Item);
            var touched = item.Topics.IsMatch(passage.Folded);
            var near = !touched && passage.Before.Length > 0 && item.Topics.IsMatch(passage.Before);
            if (!under && !touched && !near)
            {
                continue;
            }

            var evasion = pointer ?? refusal;
            var found = announces ? [] : item.Cues.Where(cue => Counts(cue, passage, under, touched || under, near)).ToList();
            foreach (var cue in found)
            {
                // What points elsewhere may still say something; how much is for a person to judge.
                Add(evasion is null || cue.Specific
                    ? new Evidence(item.Item, cue.Gives, passage, cue.Cue, cue.Part)
                    : new Evidence(item.Item, ItemStatus.Unclear, passage, cue.Cue, null));
            }

            if (found.Count == 0 && (touched || under))
            {
                Add(evasion is null ? Evidence.Touched(item.Item, passage) : new Evidence(item.Item, ItemStatus.Missing, passage, evasion, null));
            }
        }
    }

    private static bool Counts(AnswerCue cue, Passage passage, bool under, bool itself, bool near) => (under || !cue.Under)
        && ((itself && cue.Cue.Matches(passage.Folded))
            || (cue.Near && (near || itself) && passage.Before.Length > 0 && cue.Cue.Matches($"{passage.Before} {passage.Folded}")));

    private void Add(Evidence evidence)
    {
        if (!_byItem.TryGetValue(evidence.Item, out var list))
        {
            _byItem[evidence.Item] = list = [];
        }

        if (list.Count < MostPerItem || evidence.Status > ItemStatus.Unclear)
        {
            list.Add(evidence);
        }
    }

    private static (Passage, Cue)? First(IReadOnlyList<Cue> cues, Passage passage) =>
        cues.FirstOrDefault(cue => cue.Matches(passage.Folded)) is { } cue ? (passage, cue) : null;

    private static bool Any(IReadOnlyList<Cue> cues, string folded) => cues.Any(cue => cue.Matches(folded));
}
