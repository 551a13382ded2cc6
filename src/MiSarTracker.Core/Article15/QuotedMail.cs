namespace MiSarTracker.Core.Article15;

/// <summary>
/// Tells which lines of a text are a copy of somebody else's mail: lines with <c>&gt;</c>, and all that follows “On … wrote:” or the
/// head of a mail in the middle of a text. Replies carry the request that they answer, and the request's words answer nothing.
/// A forwarded mail is no such copy: its words are the answer's.
/// </summary>
internal sealed class QuotedMail(IReadOnlyList<LanguagePatterns> languages)
{
    /// <summary>How many lines “On …, … wrote:” is broken into at most.</summary>
    private const int LongestAttribution = 3;

    /// <summary>Within how many lines the second line of a mail's head follows.</summary>
    private const int HeadLines = 4;

    private const int LongestLine = 400;

    /// <summary>The lines without those of mails' heads; quoted ones are marked.</summary>
    public List<TextLine> Mark(IReadOnlyList<string> clean)
    {
        var lines = new List<TextLine>(clean.Count);
        var toTheEnd = false;
        var hasWords = false;
        var forwardedAt = -100;
        for (var i = 0; i < clean.Count; i++)
        {
            var line = clean[i];
            if (line.StartsWith('>'))
            {
                lines.Add(TextLine.Of(i + 1, line.TrimStart('>', ' '), quoted: true));
                continue;
            }

            if (line.Length is > 0 and < LongestLine && !toTheEnd)
            {
                var folded = Folding.Fold(line);
                if (languages.Any(language => language.Forwarded.IsMatch(folded)))
                {
                    forwardedAt = i;
                    continue;
                }

                if (Attribution(clean, i, folded) is var length and > 0)
                {
                    i += length - 1;
                    toTheEnd = !NextIsMarked(clean, i + 1);
                    continue;
                }

                if (Head(clean, i, folded) is var last and > 0)
                {
                    toTheEnd = hasWords && i - forwardedAt > HeadLines;
                    i = last;
                    continue;
                }
            }

            hasWords |= line.Length > 0;
            lines.Add(TextLine.Of(i + 1, line, toTheEnd));
        }

        return lines;
    }

    /// <summary>How many lines the attribution takes, 0 when there is none.</summary>
    private int Attribution(IReadOnlyList<string> clean, int at, string folded)
    {
        if (!IsQuoteStart(folded[0]))
        {
            return 0;
        }

        for (var length = 1; length <= LongestAttribution; length++)
        {
            if (languages.Any(language => language.QuoteLines.IsMatch(folded)))
            {
                return length;
            }

            if (at + length >= clean.Count || clean[at + length].Length == 0)
            {
                return 0;
            }

            folded = $"{folded} {Folding.Fold(clean[at + length])}";
        }

        return 0;
    }

    // Attributions begin with a letter, a rule of dashes or a number; most lines need no closer look.
    private static bool IsQuoteStart(char first) => char.IsAsciiLetterOrDigit(first) || first is '-' or '_' or '"' or '<';

    /// <summary>The last line of a mail's head that begins here, 0 when none does.</summary>
    private int Head(IReadOnlyList<string> clean, int at, string folded)
    {
        foreach (var language in languages.Where(language => language.HeadFirst.IsMatch(folded)))
        {
            var last = 0;
            for (var next = at + 1; next < clean.Count && next <= at + HeadLines + (last - at > 0 ? 2 : 0); next++)
            {
                if (clean[next].Length is > 0 and < LongestLine && language.HeadNext.IsMatch(Folding.Fold(clean[next])))
                {
                    last = next;
                }
            }

            if (last > 0)
            {
                return last;
            }
        }

        return 0;
    }

    private static bool NextIsMarked(IReadOnlyList<string> clean, int at)
    {
        while (at < clean.Count && clean[at].Length == 0)
        {
            at++;
        }

        return at < clean.Count && clean[at].StartsWith('>');
    }
}
