using System.CommandLine;
using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Letters;

namespace MiSarTracker.Commands;

/// <summary><c>misar letter check</c></summary>
internal static class LetterCheckCommand
{
    public static Command Create(Wiring wiring)
    {
        var paths = new Argument<string[]>("FOLDER|FILE") { Description = "Your own templates; without any, every letter that is used.", Arity = ArgumentArity.ZeroOrMore };
        return CommandLine.Describe("check", "Renders every kind of letter in every language for a sample case; each fault with file, line and column.", "misar letter check letters/access.en.md")
            .With(paths)
            .Doing(wiring, (result, session, _) =>
            {
                var check = new LetterCheck();
                var given = result.GetValue(paths) ?? [];
                if (given.Length == 0)
                {
                    check.Run(session.Templates.LetterFiles(), []);
                    check.RequireEveryKind();
                }
                else
                {
                    check.Run([.. given.SelectMany(Files)], session.Templates.LetterFiles());
                }

                Print(session.Screen, check);
                return Task.FromResult(check.Faults.Count == 0 ? 0 : 3);
            });
    }

    private static string[] Files(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*.*.md").Concat(Directory.EnumerateFiles(path, "words.*.json")).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new BadInput(path, null, "holds no letter (KIND.LANG.md) and no words (words.LANG.json)");
    }

    private static void Print(Screen screen, LetterCheck check)
    {
        screen.AsJson(json =>
        {
            json.WriteBoolean("valid", check.Faults.Count == 0);
            json.WriteStartArray("letters");
            foreach (var letter in check.Rendered)
            {
                json.WriteStartObject();
                json.WriteString("kind", letter.Kind);
                json.WriteString("language", letter.Language);
                json.WriteString("file", letter.File);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("faults");
            foreach (var fault in check.Faults)
            {
                json.WriteStartObject();
                json.WriteString("file", fault.InputName);
                json.WriteString("at", fault.Where);
                json.WriteString("reason", fault.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        foreach (var language in check.Rendered.GroupBy(letter => letter.Language).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            screen.Line($"{language.Key}  {string.Join(", ", language.Select(letter => letter.Kind).Distinct())}");
        }

        foreach (var fault in check.Faults)
        {
            screen.Line($"{fault.InputName}{(fault.Where is null ? "" : $", {fault.Where}")}: {fault.Reason}");
        }

        screen.Line(check.Faults.Count == 0
            ? $"{Screen.Number(check.Rendered.Count)} letters are good."
            : $"{Screen.Number(check.Rendered.Count)} letters are good, {Screen.Number(check.Faults.Count)} faults.");
    }
}

/// <summary>Reads and renders letters, and gathers what is wrong instead of stopping at the first fault.</summary>
internal sealed class LetterCheck
{
    private readonly List<BadInput> _faults = [];
    private readonly List<(string Kind, string Language, string File)> _rendered = [];

    public IReadOnlyList<BadInput> Faults => _faults;

    /// <summary>What could be rendered for every sample, in order.</summary>
    public IReadOnlyList<(string Kind, string Language, string File)> Rendered => _rendered;

    /// <param name="files">The files to be checked.</param>
    /// <param name="others">Where the words of a language come from when they are not among them.</param>
    public void Run(IReadOnlyList<string> files, IReadOnlyList<string> others)
    {
        var words = new Dictionary<string, LetterWords>(StringComparer.Ordinal);
        foreach (var file in others.Where(IsWords))
        {
            Try(() => LetterWords.Read(Text(file), file), read => words[read.Language] = read);
        }

        foreach (var file in files.Where(IsWords))
        {
            Try(() => LetterWords.Read(Text(file), file), read => words[read.Language] = read);
        }

        foreach (var file in files.Where(file => !IsWords(file)))
        {
            Try(() => Render(LetterTemplate.Parse(Text(file), file), words), template => _rendered.Add((template.Kind.Name, template.Language, file)));
        }
    }

    /// <summary>Every language that has words has every kind.</summary>
    public void RequireEveryKind()
    {
        foreach (var language in _rendered.Select(letter => letter.Language).Distinct().ToList())
        {
            foreach (var kind in LetterKind.All.Where(kind => !_rendered.Exists(letter => letter.Kind == kind.Name && letter.Language == language) && !_faults.Exists(fault => fault.InputName.EndsWith($"{kind}.{language}.md", StringComparison.Ordinal))))
            {
                _faults.Add(new BadInput($"{kind}.{language}.md", null, $"there is no letter of the kind {kind} in \"{language}\""));
            }
        }
    }

    private static LetterTemplate Render(LetterTemplate template, Dictionary<string, LetterWords> words)
    {
        if (!words.TryGetValue(template.Language, out var own))
        {
            throw new BadInput(template.File, "line 3, column 1", $"is in \"{template.Language}\", for which there is no words file");
        }

        foreach (var sample in LetterSamples.Of(template.Kind))
        {
            var letter = template.Write(sample.Facts, own);
            if (letter.Text.Contains("{{", StringComparison.Ordinal) || letter.Text.Contains("**", StringComparison.Ordinal))
            {
                throw new BadInput(template.File, null, $"the letter for the sample \"{sample.Name}\" shows marks of the template");
            }
        }

        return template;
    }

    private void Try<T>(Func<T> read, Action<T> keep)
    {
        try
        {
            keep(read());
        }
        catch (BadInput fault)
        {
            _faults.Add(fault);
        }
    }

    private static bool IsWords(string file) => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static string Text(string file) => Encoding.UTF8.GetString(InputFile.ReadAll(file));
}
