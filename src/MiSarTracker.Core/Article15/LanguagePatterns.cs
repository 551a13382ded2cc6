namespace MiSarTracker.Core.Article15;

/// <summary>
/// A rule over one sentence in folded form: all of <paramref name="All"/> are found in it, in any order, and none of
/// <paramref name="Not"/>. The engine is linear in the sentence's length, whatever the pattern.
/// </summary>
/// <param name="Id">Unique over all languages: <c>en-d-period</c>.</param>
/// <param name="Because">Why such a sentence means what it is taken for.</param>
/// <param name="Source">The provision, judgment or guideline behind it.</param>
public sealed record Cue(string Id, IReadOnlyList<TextPattern> All, IReadOnlyList<TextPattern> Not, string Because, string Source)
{
    public bool Matches(string folded)
    {
        foreach (var needed in All)
        {
            if (!needed.IsMatch(folded))
            {
                return false;
            }
        }

        foreach (var unwanted in Not)
        {
            if (unwanted.IsMatch(folded))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A cue that says how far an item is answered.</summary>
/// <param name="Gives">What a sentence of this kind makes of the item.</param>
public sealed record AnswerCue(Cue Cue, ItemStatus Gives)
{
    /// <summary>The part of the item that is named, where the item has parts.</summary>
    public string? Part { get; init; }

    /// <summary>Only for what stands under the item's own heading.</summary>
    public bool Under { get; init; }

    /// <summary>Also counts when the sentence points elsewhere as well: what it says is said.</summary>
    public bool Specific { get; init; }

    /// <summary>May also be found in this sentence and the one before it together.</summary>
    public bool Near { get; init; }
}

/// <summary>One item in one language.</summary>
/// <param name="Headings">Whole headings or labels that open the item's section.</param>
/// <param name="Topics">Words that show that a sentence is about the item.</param>
public sealed record ItemPatterns(string Item, TextPattern Headings, TextPattern Topics, IReadOnlyList<AnswerCue> Cues);

/// <summary>What is known of one language: templates/article15 holds a file for each.</summary>
public sealed record LanguagePatterns
{
    /// <summary>ISO 639.</summary>
    public required string Language { get; init; }

    /// <summary>Small words that stand in nearly every sentence of the language and in hardly any of another.</summary>
    public required TextPattern FunctionWords { get; init; }

    /// <summary>Lines behind which somebody else's words begin: “On … wrote:”.</summary>
    public required TextPattern QuoteLines { get; init; }

    /// <summary>The first and a later line of a mail's head inside a text: “From:”, then “Sent:”.</summary>
    public required TextPattern HeadFirst { get; init; }

    public required TextPattern HeadNext { get; init; }

    /// <summary>A line that announces a forwarded mail, whose words count.</summary>
    public required TextPattern Forwarded { get; init; }

    /// <summary>Lines that end a letter.</summary>
    public required TextPattern Closings { get; init; }

    /// <summary>Sentences that ask, promise or repeat the question: they answer nothing.</summary>
    public required IReadOnlyList<Cue> Asks { get; init; }

    /// <summary>Sentences that point to another document.</summary>
    public required IReadOnlyList<Cue> Pointers { get; init; }

    /// <summary>Sentences that decline to say.</summary>
    public required IReadOnlyList<Cue> Refusals { get; init; }

    /// <summary>Sentences of a mail that is no answer: an acknowledgement, an extension, a question about identity.</summary>
    public required IReadOnlyList<Cue> Holding { get; init; }

    /// <summary>Sentences that say that the answers stand inside the quoted request.</summary>
    public required IReadOnlyList<Cue> Inline { get; init; }

    /// <summary>Sentences that say that the data are attached or can be fetched.</summary>
    public required IReadOnlyList<Cue> Enclosures { get; init; }

    public required IReadOnlyList<ItemPatterns> Items { get; init; }

    /// <summary>Any topic of any item: what may not match it needs no closer look.</summary>
    public required TextPattern AnyTopic { get; init; }

    /// <summary>Every cue with the group or item it belongs to.</summary>
    public IEnumerable<Cue> Cues() =>
        Asks.Concat(Pointers).Concat(Refusals).Concat(Holding).Concat(Inline).Concat(Enclosures).Concat(Items.SelectMany(item => item.Cues.Select(cue => cue.Cue)));
}
