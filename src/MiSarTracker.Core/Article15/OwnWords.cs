namespace MiSarTracker.Core.Article15;

/// <summary>An answer's own words: without the mails that it quotes, unless it says that its answers stand inside them.</summary>
public static class OwnWords
{
    /// <summary>The text without quoted lines, one line each.</summary>
    public static string Of(string text, IReadOnlyList<LanguagePatterns> languages)
    {
        var clean = new List<string>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            clean.Add(Folding.Clean(line));
        }

        var lines = new QuotedMail(languages).Mark(clean);
        if (!lines.Exists(line => line.Quoted))
        {
            return text;
        }

        var own = lines.Where(line => !line.Quoted).ToList();
        var isInline = own.Exists(line => !line.IsBlank && languages.Any(language => language.Inline.Any(cue => cue.Matches(line.Folded))));
        return isInline ? text : string.Join('\n', own.Select(line => line.Text));
    }
}
