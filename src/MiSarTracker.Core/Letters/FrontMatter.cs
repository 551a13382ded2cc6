namespace MiSarTracker.Core.Letters;

/// <summary>The head of a template between two lines of three hyphens: <c>key: value</c>, and a list under <c>sources:</c>.</summary>
/// <param name="Subject">The subject with its placeholders.</param>
/// <param name="SubjectPlace">The line and column in the file where the subject starts.</param>
/// <param name="BodyLine">The first line of the body, from 1.</param>
internal sealed record FrontMatter(
    LetterKind Kind, string Language, string Subject, (int Line, int Column) SubjectPlace, IReadOnlyList<string> Sources, int BodyLine)
{
    private static readonly string[] Keys = ["kind", "language", "subject", "sources"];

    /// <summary>Reads the head; <paramref name="lines"/> is the whole file.</summary>
    /// <exception cref="BadInput">A fault, with its line.</exception>
    public static FrontMatter Read(IReadOnlyList<string> lines, string file)
    {
        if (lines[0] != "---")
            throw new BadInput(file, "line 1, column 1", "a template starts with a line of three hyphens, then kind, language, subject and sources");
        var (values, sources) = (new Dictionary<string, (string Text, int Line)>(StringComparer.Ordinal), new List<string>());
        var i = 1;
        for (; i < lines.Count && lines[i] != "---"; i++)
        {
            if (lines[i].StartsWith("  - ", StringComparison.Ordinal) && values.ContainsKey("sources"))
                sources.Add(lines[i][4..].Trim());
            else
                Property(lines[i], i + 1, file, values);
        }

        if (i == lines.Count)
            throw new BadInput(file, "line 1, column 1", "the head is not closed by a line of three hyphens");
        foreach (var key in Keys.Where(key => !values.ContainsKey(key)))
            throw new BadInput(file, $"line {i + 1}, column 1", $"the head has no \"{key}\"");
        if (sources.Count == 0)
            throw new BadInput(file, $"line {values["sources"].Line}, column 1", "names no source; a letter says what it rests on");

        var (kind, subject) = (values["kind"], values["subject"]);
        return new FrontMatter(
            LetterKind.All.FirstOrDefault(known => known.Name == kind.Text) ?? throw new BadInput(file, $"line {kind.Line}, column 1", $"\"{kind.Text}\" is no kind of letter; known are {string.Join(", ", LetterKind.All)}"),
            values["language"].Text,
            subject.Text,
            (subject.Line, "subject: ".Length + 1),
            sources,
            i + 2);
    }

    private static void Property(string line, int number, string file, Dictionary<string, (string Text, int Line)> values)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var key = colon > 0 ? line[..colon] : "";
        var text = colon > 0 ? line[(colon + 1)..].Trim() : "";
        if (!Keys.Contains(key))
            throw new BadInput(file, $"line {number}, column 1", $"\"key: value\" is expected, with one of the keys {string.Join(", ", Keys)}");
        if (text.Length == 0 != (key == "sources"))
            throw new BadInput(file, $"line {number}, column 1", key == "sources" ? "the sources follow as lines that start with \"  - \"" : $"\"{key}\" is empty");
        if (!values.TryAdd(key, (text, number)))
            throw new BadInput(file, $"line {number}, column 1", $"\"{key}\" stands twice");
    }
}
