namespace MiSarTracker.Core.Letters;

/// <summary>A letter as it would be sent, before it becomes a mail or a page.</summary>
/// <param name="Subject">One line; holds the case reference in brackets, <c>[SAR-2026-0001]</c>.</param>
/// <param name="Text">Plain text, lines ended by LF and at most <see cref="PlainText.Width"/> characters long unless one word is longer; ends with one LF.</param>
/// <param name="Html">The same words as a whole HTML document (UTF-8, no script, no picture, nothing loaded from anywhere).</param>
/// <param name="Kind">What the letter is for.</param>
/// <param name="Language">BCP 47 language tag of its words, for example <c>en</c>.</param>
public sealed record Letter(SingleLine Subject, string Text, string Html, LetterKind Kind, string Language)
{
    /// <summary>The same letter for paper.</summary>
    public required LetterSheet Sheet { get; init; }
}

/// <summary>What a printed letter needs beside its words: who stands where on the first page, and its text as blocks.</summary>
/// <param name="Sender">Name, postal address and e-mail of the person.</param>
/// <param name="Recipient">Stands in the window of the envelope.</param>
/// <param name="Date">As written in the letter.</param>
/// <param name="Reference">The case's.</param>
/// <param name="PageNumbers">Pattern with {page} and {pages}.</param>
/// <param name="Filled">The text of the template, filled, values marked; see <see cref="Blocks"/>.</param>
public sealed record LetterSheet(Party Sender, Party Recipient, string Date, SingleLine Reference, string PageNumbers, string Filled)
{
    /// <summary>The whole letter as blocks, with its head.</summary>
    public IReadOnlyList<LetterBlock> Blocks() => LetterMarkup.Blocks(Filled);

    /// <summary>
    /// The letter without its head (sender, recipient, date), which has places of its own on paper: what stands before the first
    /// paragraph that is strong as a whole. A template without such a paragraph is printed whole.
    /// </summary>
    public IReadOnlyList<LetterBlock> BlocksWithoutHead()
    {
        var blocks = Blocks();
        var subject = blocks.TakeWhile(block => !block.IsStrong).Count();
        return subject == blocks.Count ? blocks : [.. blocks.Skip(subject)];
    }
}
