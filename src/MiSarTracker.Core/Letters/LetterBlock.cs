namespace MiSarTracker.Core.Letters;

/// <summary>A stretch of text.</summary>
public sealed record LetterRun(string Text, bool Strong);

/// <summary>A paragraph, heading or list item: lines that a line break separates, each made of runs.</summary>
public sealed record LetterBlock(LetterBlockKind Kind, IReadOnlyList<IReadOnlyList<LetterRun>> Lines)
{
    /// <summary>A paragraph of strong text only: the letter's subject.</summary>
    public bool IsStrong => Kind == LetterBlockKind.Paragraph && Lines.All(line => line.All(run => run.Strong));
}

public enum LetterBlockKind
{
    Paragraph,
    Heading,
    Bullet,
    Numbered,
}
