using HandlebarsDotNet;

namespace MiSarTracker.Core.Letters;

/// <summary>
/// A letter with placeholders, read from templates/letters/KIND.LANG.md and checked as a whole before it is used once.
/// </summary>
public sealed class LetterTemplate
{
    private readonly Lazy<HandlebarsTemplate<object, object>> _subject;
    private readonly Lazy<HandlebarsTemplate<object, object>> _body;

    private LetterTemplate(FrontMatter head, string body, string file)
    {
        (Kind, Language, Sources, File) = (head.Kind, head.Language, head.Sources, file);
        // Compiling takes far longer than checking, and of all letters one is written.
        _subject = new(() => Compile(head.Subject, new PlainValues()));
        _body = new(() => Compile(body, new MarkedValues()));
    }

    public LetterKind Kind { get; }

    /// <summary>BCP 47 tag: <c>en</c>.</summary>
    public string Language { get; }

    /// <summary>What the letter's statements of law rest on.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Where it came from, for messages.</summary>
    public string File { get; }

    /// <summary>Reads and checks a template.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="BadInput">A fault in the head, an unknown or missing placeholder, a block that does not match; with line and column.</exception>
    public static LetterTemplate Parse(string text, string file)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        RefuseControlCharacters(lines, file);
        var head = FrontMatter.Read(lines, file);
        var body = string.Join('\n', lines.Skip(head.BodyLine - 1));

        var subjectCheck = new TemplateCheck(file, head.Kind);
        subjectCheck.Run(head.Subject, head.SubjectPlace.Line, head.SubjectPlace.Column);
        if (!head.Subject.Contains("[{{reference}}]", StringComparison.Ordinal))
            throw new BadInput(file, FormattableString.Invariant($"line {head.SubjectPlace.Line}, column {head.SubjectPlace.Column}"), "the subject must hold [{{reference}}], by which the answer is recognised");

        var bodyCheck = new TemplateCheck(file, head.Kind);
        bodyCheck.Run(body, head.BodyLine);
        LetterMarkup.Check(body, head.BodyLine, file);
        var needed = Vocabulary.Needed.TryGetValue(head.Kind, out var names) ? names : ["reference", "date", "person.name", "controller.name"];
        if (needed.FirstOrDefault(name => !bodyCheck.Used.Contains(name)) is { } missing)
            throw new BadInput(file, $"line {head.BodyLine}, column 1", $"the text never uses the placeholder \"{missing}\", which a letter of the kind {head.Kind} cannot do without");
        return new LetterTemplate(head, body, file);
    }

    /// <summary>Fills the template; pure.</summary>
    /// <param name="facts">What the letter says of the case.</param>
    /// <param name="words">Dates, numbers and labels of the template's language.</param>
    /// <exception cref="Refusal">The facts lack what this kind of letter is about.</exception>
    public Letter Write(LetterFacts facts, LetterWords words)
    {
        if (words.Language != Language)
            throw new Refusal($"The template {File} is in \"{Language}\", the words are in \"{words.Language}\".");
        LetterReadiness.Require(facts, Kind);
        var model = LetterModel.Of(facts, words);
        var subject = SingleLine.Parse(_subject.Value(model).Replace('\u00A0', ' '), "the subject");
        var filled = _body.Value(model);
        var blocks = LetterMarkup.Blocks(filled);
        return new Letter(subject, PlainTextWriter.Write(blocks), HtmlWriter.Write(blocks, subject, Language), Kind, Language)
        {
            Sheet = new LetterSheet(facts.Person, facts.Recipient, words.Date(facts.Date), facts.Reference, words.PageNumbers, filled),
        };
    }

    private static void RefuseControlCharacters(string[] lines, string file)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var at = lines[i].AsSpan().IndexOfAnyInRange('\0', '\u001f');
            if (at >= 0)
                throw new BadInput(file, FormattableString.Invariant($"line {i + 1}, column {at + 1}"), "a control character (a tab?) must not stand in a template");
        }
    }

    private static HandlebarsTemplate<object, object> Compile(string text, ITextEncoder encoder) =>
        Handlebars.Create(new HandlebarsConfiguration { TextEncoder = encoder }).Compile(text);
}
