namespace MiSarTracker.Core.Article15;

/// <summary>The sentence that decided, at a length that a table can hold.</summary>
internal static class Quote
{
    public const int Longest = 280;

    /// <summary>The sentence; of a long one the stretch around what matched, cut at blanks, with … where something is left out.</summary>
    public static string Of(Passage passage, Cue? cue)
    {
        var text = passage.Text.Replace('\t', ' ');
        if (text.Length <= Longest)
        {
            return text;
        }

        // Folded and clean text have nearly the same length; the place is good to a few letters.
        var match = cue?.All.Select(pattern => pattern.IndexIn(passage.Folded)).Where(found => found >= 0).DefaultIfEmpty(0).Min() ?? 0;
        var at = (int)((long)match * text.Length / Math.Max(1, passage.Folded.Length));
        var start = Math.Clamp(at - (Longest / 4), 0, text.Length - Longest);
        if (start > 0)
        {
            start = text.IndexOf(' ', start) is var blank and > 0 && blank < at ? blank + 1 : start;
        }

        var end = Math.Min(text.Length, start + Longest);
        if (end < text.Length)
        {
            end = text.LastIndexOf(' ', end - 1, end - start - 1) is var blank and > 0 ? blank : end;
        }

        // Never half of a pair.
        end -= char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        start += char.IsLowSurrogate(text[start]) ? 1 : 0;
        return $"{(start > 0 ? "…" : "")}{text[start..end]}{(end < text.Length ? "…" : "")}";
    }
}
