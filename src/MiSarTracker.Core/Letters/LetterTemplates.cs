namespace MiSarTracker.Core.Letters;

/// <summary>Every template and words file that was loaded.</summary>
public sealed class LetterTemplates
{
    private readonly Dictionary<(string Kind, string Language), LetterTemplate> _templates = [];
    private readonly Dictionary<string, LetterWords> _words = new(StringComparer.Ordinal);

    /// <exception cref="BadInput">Two templates for the same letter, or a template without words in its language.</exception>
    public LetterTemplates(IEnumerable<LetterTemplate> templates, IEnumerable<LetterWords> words)
    {
        foreach (var language in words)
            _words[language.Language] = language;
        foreach (var template in templates)
        {
            if (!_words.ContainsKey(template.Language))
                throw new BadInput(template.File, null, $"is in \"{template.Language}\", for which there is no words file");
            if (!_templates.TryAdd((template.Kind.Name, template.Language), template))
                throw new BadInput(template.File, null, $"is a second template for {template.Kind} in {template.Language}");
        }
    }

    /// <summary>The kinds and languages that can be written, in order.</summary>
    public IReadOnlyList<(string Kind, string Language)> Known => [.. _templates.Keys.Order()];

    /// <summary>The words of a language.</summary>
    /// <exception cref="Refusal">There are none; the remedy lists the languages that there are.</exception>
    public LetterWords Words(string language) => _words.TryGetValue(language, out var words)
        ? words
        : throw new Refusal($"There are no letters in the language \"{language}\".", $"There are: {string.Join(", ", _words.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>Writes a letter; pure.</summary>
    /// <exception cref="Refusal">There is no such template, or the facts lack what this kind of letter is about.</exception>
    public Letter Write(LetterKind kind, string language, LetterFacts facts) => Template(kind, language).Write(facts, _words[language]);

    /// <exception cref="Refusal">There is no such template; the remedy lists the languages that this kind has.</exception>
    public LetterTemplate Template(LetterKind kind, string language)
    {
        if (_templates.TryGetValue((kind.Name, language), out var template))
            return template;
        var languages = _templates.Keys.Where(known => known.Kind == kind.Name).Select(known => known.Language).Order(StringComparer.Ordinal).ToList();
        throw new Refusal(
            $"There is no letter of the kind \"{kind}\" in the language \"{language}\".",
            languages.Count == 0
                ? $"There is none of this kind at all; a template is one file, letters/{kind}.{language}.md in the workspace."
                : $"There is {kind} in: {string.Join(", ", languages)}. Choose one with --language; a template of your own is one file, letters/{kind}.{language}.md in the workspace.");
    }
}
