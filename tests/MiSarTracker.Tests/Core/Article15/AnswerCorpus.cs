using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Observations;
using MiSarTracker.Tests.Formats.Answers;

namespace MiSarTracker.Tests.Core.Article15;

/// <summary>
/// An answer of tests/corpus/article15 with the grades that were written down before it was run: a line <c>expect:</c> with
/// A(nswered), P(artly), U(nclear), M(issing) per item; what it does not name is missing.
/// </summary>
internal sealed record AnswerSample(string Name, string Format, string Text, IReadOnlyDictionary<string, ItemStatus> Expected)
{
    public string Language => Name[..2];

    /// <summary>Through the answer reader, as a file of an answer would be.</summary>
    public AnswerWords Words()
    {
        var file = $"answer.{Format}";
        var read = CollectedAnswer.Of(Text, file);
        return new AnswerWords(
            [.. read.Texts.Select(text => new AnswerText(Origin.InAnswer("R-001", text.Member.Name, 0), text.Text))],
            [.. read.Members.Select(member => new AnswerPart("R-001", member.Name, member.Format, member.Size, 0))]);
    }
}

internal static class AnswerCorpus
{
    private static readonly Lazy<IReadOnlyList<LanguagePatterns>> Shipped = new(() => MiSarTracker.Templates.Shipped.Article15());

    public static IReadOnlyList<LanguagePatterns> Patterns => Shipped.Value;

    /// <summary>The texts with which the patterns were made.</summary>
    public static IReadOnlyList<AnswerSample> MadeWith { get; } = Read("made-with");

    /// <summary>Texts that were written when the patterns were done, and to which no pattern was fitted.</summary>
    public static IReadOnlyList<AnswerSample> HeldOut { get; } = Read("held-out");

    public static AnswerJudgement Judge(AnswerWords words, bool hasData = false) => Grader.Judge(words, hasData, Patterns, Xunit.TestContext.Current.CancellationToken);

    public static AnswerJudgement Judge(string text) => Judge(Words(text));

    public static AnswerWords Words(params string[] texts) => new(
        [.. texts.Select((text, i) => new AnswerText(Origin.InAnswer($"R-{i + 1:000}", "mail.eml", 0), text))],
        [.. texts.Select((text, i) => new AnswerPart($"R-{i + 1:000}", "mail.eml", "eml", text.Length, 0))]);

    public static string Grades(AnswerJudgement judgement) => string.Join(' ', judgement.Items.Select(item => $"{Short(item.Item)}={item.Status.ToString()[0]}"));

    public static string Grades(IReadOnlyDictionary<string, ItemStatus> expected) => string.Join(' ', Checklist.Items.Select(item => $"{Short(item.Id)}={expected[item.Id].ToString()[0]}"));

    public static string Short(string item) => item.Length > 5 ? item[^2..^1] : item[3..^1];

    private static List<AnswerSample> Read(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "corpus", "article15", folder), "*.txt").Order(StringComparer.Ordinal).Select(path => Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))];

    private static AnswerSample Parse(string name, string file)
    {
        var cut = file.IndexOf("---\n", StringComparison.Ordinal);
        var head = file[..cut].Split('\n').Where(line => line.Contains(':', StringComparison.Ordinal)).ToDictionary(line => line.Split(':')[0], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        var given = head["expect"].Split(' ').ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1] switch
        {
            "A" => ItemStatus.Answered,
            "P" => ItemStatus.Partly,
            "U" => ItemStatus.Unclear,
            "M" => ItemStatus.Missing,
            var other => throw new FormatException($"{name}: {other}"),
        });
        var expected = Checklist.Items.ToDictionary(item => item.Id, item => given.Remove(Short(item.Id), out var status) ? status : ItemStatus.Missing);
        return given.Count == 0
            ? new AnswerSample(name, head.GetValueOrDefault("format") ?? "txt", file[(cut + 4)..], expected)
            : throw new FormatException($"{name}: {string.Join(", ", given.Keys)} is no item");
    }
}
