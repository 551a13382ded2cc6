namespace MiSarTracker.Core.Article15;

/// <summary>A line of a text, looked at once.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Clean, without the mark of a list or heading in front of it.</param>
/// <param name="Folded">The same, folded.</param>
/// <param name="Mark">What stood in front.</param>
/// <param name="Quoted">Whether the line belongs to a quoted mail.</param>
internal readonly record struct TextLine(int Number, string Text, string Folded, LineMark Mark, bool Quoted)
{
    public bool IsBlank => Text.Length == 0;

    /// <summary>Takes the mark in front of a line off.</summary>
    public static TextLine Of(int number, string clean, bool quoted)
    {
        var folded = Folding.Fold(clean);
        var (length, mark) = MarkOf(folded);
        if (length > 0)
        {
            // What is in front of the text is of the same length in both forms, or the mark is left on.
            var rest = folded[length..].TrimStart();
            var text = length <= clean.Length ? clean[length..].TrimStart() : clean;
            return new TextLine(number, text.Trim('*', '#', '_', ' '), rest.Trim('*', '#', '_', ' '), mark, quoted);
        }

        return new TextLine(number, clean, folded, LineMark.None, quoted);
    }

    private static (int Length, LineMark Mark) MarkOf(string folded)
    {
        if (folded.Length == 0)
        {
            return (0, LineMark.None);
        }

        if (folded[0] == '#' || folded.StartsWith("**", StringComparison.Ordinal) || folded.StartsWith("__", StringComparison.Ordinal))
        {
            return (folded.Length - folded.TrimStart('#', '*', '_').Length, LineMark.Heading);
        }

        if (folded[0] is '-' or '*' or 'o' && folded.Length > 2 && folded[1] is ' ' or '\t')
        {
            return (1, LineMark.Bullet);
        }

        var at = folded[0] == '(' ? 1 : 0;
        var start = at;
        while (at < folded.Length && at - start < 4 && (char.IsAsciiDigit(folded[at]) || (folded[at] == '.' && at > start && at + 1 < folded.Length && char.IsAsciiDigit(folded[at + 1]))))
        {
            at++;
        }

        if (at == start && at < folded.Length && char.IsAsciiLetterLower(folded[at]))
        {
            at++;
        }

        var closed = at > start && at + 1 < folded.Length && folded[at] is ')' or '.' && folded[at + 1] is ' ' or '\t';
        return closed && (folded[at] == ')' || start == 0) ? (at + 1, LineMark.Number) : (0, LineMark.None);
    }
}

/// <summary>What stands in front of a line.</summary>
internal enum LineMark
{
    None,
    Bullet,

    /// <summary><c>1.</c>, <c>(a)</c>, <c>2.1)</c></summary>
    Number,

    /// <summary>Marks of a plain-text heading: <c>#</c>, <c>**</c>.</summary>
    Heading,
}
