namespace MiSarTracker.Core.Article15;

/// <summary>Cuts a paragraph into sentences, without falling for “Art. 15”, “z. B.” and “Co., Ltd.”.</summary>
internal static class Sentences
{
    /// <summary>Longer ones are cut at a blank, so that every rule has a bounded text before it.</summary>
    public const int Longest = 1_500;

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "art", "arts", "no", "nr", "abs", "lit", "ziff", "s", "p", "pp", "al", "par", "para", "sec", "e.g", "i.e", "eg", "ie", "etc", "z", "b", "z.b", "u.a", "u", "a", "d.h", "d", "h",
        "bzw", "ca", "vgl", "ggf", "gem", "usw", "inkl", "ex", "p.ex", "cf", "mr", "mrs", "ms", "dr", "m", "mme", "co", "ltd", "inc", "corp", "b.v", "bv", "n.v", "s.a", "st", "str", "tel",
        "approx", "incl", "vs", "resp", "evtl", "sog", "std", "max", "min",
    };

    public static IEnumerable<string> Of(string paragraph)
    {
        var start = 0;
        for (var i = 0; i < paragraph.Length; i++)
        {
            if (i - start >= Longest)
            {
                var blank = paragraph.LastIndexOf(' ', i, i - start);
                var cut = blank > start ? blank : i;
                yield return paragraph[start..cut].Trim();
                start = i = cut;
            }
            else if (paragraph[i] is '.' or '!' or '?' && Ends(paragraph, i, start))
            {
                yield return paragraph[start..(i + 1)].Trim();
                start = i + 1;
            }
        }

        if (paragraph.AsSpan(start).Trim() is { Length: > 0 } rest)
        {
            yield return rest.ToString();
        }
    }

    private static bool Ends(string text, int at, int start)
    {
        var next = at + 1;
        while (next < text.Length && text[next] is ')' or '"' or '”' or '“' or '»' or '\'')
        {
            next++;
        }

        if (next >= text.Length)
        {
            return true;
        }

        if (text[next] != ' ')
        {
            return false;
        }

        if (text[at] != '.')
        {
            return true;
        }

        next++;
        var begins = next < text.Length && (char.IsUpper(text[next]) || char.IsDigit(text[next]) || text[next] is '"' or '“' or '„' or '«' or '(' or '-');
        return begins && !IsAbbreviation(text, at, start, text[next]);
    }

    private static bool IsAbbreviation(string text, int at, int start, char next)
    {
        var from = at;
        while (from > start && (char.IsLetterOrDigit(text[from - 1]) || text[from - 1] == '.'))
        {
            from--;
        }

        var word = text[from..at];
        if (word.Length == 1 && char.IsUpper(word[0]))
        {
            return true;
        }

        // “1. Mai”, “am 3. März”: a number before a capital letter may be a date; before anything else it is a point of a list.
        return Abbreviations.Contains(word) && !(word is "etc" or "co" or "ltd" or "inc" or "Ltd" or "Inc" or "usw" && char.IsUpper(next));
    }
}
