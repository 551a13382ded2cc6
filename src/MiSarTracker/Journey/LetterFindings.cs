using System.Text.Json;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Observations;
using MiSarTracker.Storage;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Journey;

/// <summary>
/// What the last comparison of a case found, as a letter tells it: one point for each kind of fault and category, with its days,
/// its count and where the evidence stands. Remarks (severity <c>info</c>) are no faults.
/// </summary>
public sealed class LetterFindings
{
    private const int MostPlaces = 3;
    private const int MostExamples = 3;

    private readonly List<JsonElement> _findings;
    private readonly JsonElement _root;

    private LetterFindings(string number, JsonElement root)
    {
        (Comparison, _root) = (number, root);
        _findings = [.. root.GetProperty("findings").EnumerateArray().Where(finding =>
            finding.GetProperty("severity").GetString() != "info" && Deficiency.Kinds.Contains(Text(finding, "kind")))];
    }

    /// <summary>The number of the comparison, <c>C-001</c>.</summary>
    public string Comparison { get; }

    /// <summary>The last comparison of a case, or null when none was made.</summary>
    /// <exception cref="Refusal">An answer was added since: what it lacks is not known.</exception>
    /// <exception cref="Corrupt">The vault's file is gone, changed, or no comparison.</exception>
    public static LetterFindings? Latest(Case @case, Vault vault)
    {
        if (@case.Comparisons is not [.., var run])
            return null;
        if (@case.Exhibits.FirstOrDefault(exhibit => exhibit.Kind == ExhibitKind.Response && !run.Exhibits.Contains(exhibit.Number)) is { } newer)
            throw new Refusal($"{newer.Number} was added after the last comparison ({run.Number}): it may hold what was missing.", $"Compare again first: misar compare {@case.Reference}");
        try
        {
            using var document = JsonDocument.Parse(vault.ReadChecked(run.Sha256));
            return new LetterFindings(run.Number, document.RootElement.Clone());
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException)
        {
            throw new Corrupt($"The comparison {run.Number} of {@case.Reference} cannot be read: {fault.Message}", $"Make it again: misar compare {@case.Reference}", fault);
        }
    }

    /// <param name="words">The language in which places in the evidence are written.</param>
    /// <param name="withValues">True: each point has examples with values.</param>
    public IReadOnlyList<Deficiency> Deficiencies(LetterWords words, bool withValues) =>
        [.. _findings.GroupBy(finding => (Kind: Text(finding, "kind"), Category: Text(finding, "category"), Subject: SubjectOf(finding), Totals: finding.GetProperty("aggregate").GetBoolean()))
            .Select(group => Point(group.Key.Kind, group.Key.Category, group.Key.Subject, group.Key.Totals, [.. group], words, withValues))];

    /// <summary>What an answer lacked or had wrong and a later one put right: one per category, with the day of that answer.</summary>
    public IReadOnlyList<Fault> Resolved()
    {
        if (!_root.TryGetProperty("rounds", out var rounds))
            return [];
        return [.. rounds.EnumerateArray().SelectMany(round => round.GetProperty("categories").EnumerateArray()
            .Where(category => category.GetProperty("fixed").GetInt64() > 0)
            .Select(category => new Fault(
                "not-disclosed",
                Persists: false,
                LocalDatePattern.Iso.Parse(Text(round, "received")).Value,
                new Deficiency(
                    "not-disclosed",
                    CategoryOf(Text(category, "category")),
                    null,
                    null,
                    category.GetProperty("fixed").GetInt64(),
                    Line(string.Join(", ", round.GetProperty("exhibits").EnumerateArray().Select(exhibit => exhibit.GetString()!)))))))];
    }

    private static Deficiency Point(string kind, string category, string subject, bool totals, List<JsonElement> group, LetterWords words, bool withValues)
    {
        var stretches = Stretches(group);
        return new Deficiency(
            kind,
            CategoryOf(category),
            stretches.Count == 0 ? null : stretches.Min(stretch => stretch.From),
            stretches.Count == 0 ? null : stretches.Max(stretch => stretch.To),
            group.Sum(finding => finding.GetProperty("count").GetInt64()),
            Line(Places(group, words)),
            subject.Length == 0 ? null : Line(subject))
        {
            Stretches = stretches,
            Totals = totals,
            Fields = stretches.Count == 0 && kind is ("not-disclosed" or "altered")
                ? Line(string.Join(", ", group.SelectMany(finding => Text(finding, "subject").Split(", ")).Distinct(StringComparer.Ordinal)))
                : null,
            Examples = withValues ? [.. group.SelectMany(Examples).Take(MostExamples)] : [],
        };
    }

    /// <summary>What tells points of a kind and category apart: the host, the identifier, the item of Article 15.</summary>
    private static string SubjectOf(JsonElement finding) =>
        Text(finding, "kind") is "recipient-not-named" or "identifier-not-disclosed" or "article15-missing" ? Text(finding, "subject") : "";

    /// <summary>The days of the findings, days that touch or overlap joined.</summary>
    private static List<(LocalDate From, LocalDate To)> Stretches(List<JsonElement> group)
    {
        var joined = new List<(LocalDate From, LocalDate To)>();
        foreach (var (from, to) in group.Select(finding => (From: Day(finding, "from"), To: Day(finding, "to"))).Where(days => days is { From: not null, To: not null })
            .Select(days => (days.From!.Value, days.To!.Value)).Order())
        {
            if (joined.Count > 0 && from <= joined[^1].To.PlusDays(1))
                joined[^1] = (joined[^1].From, LocalDate.Max(joined[^1].To, to));
            else
                joined.Add((from, to));
        }

        return joined;
    }

    private static string Places(List<JsonElement> group, LetterWords words)
    {
        var places = group.SelectMany(finding => finding.GetProperty("evidence").EnumerateArray().Select(origin => words.Exchange(Text(origin, "exhibit"), origin.GetProperty("exchange").GetInt64()))
            .DefaultIfEmpty(string.Join(", ", finding.GetProperty("response").EnumerateArray().Select(origin => Text(origin, "exhibit")).Distinct(StringComparer.Ordinal))))
            .Where(place => place.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return places.Count == 0 ? "–" : string.Join("; ", places.Take(MostPlaces)) + (places.Count > MostPlaces ? "; …" : "");
    }

    private static IEnumerable<DeficiencyExample> Examples(JsonElement finding) => finding.GetProperty("examples").EnumerateArray()
        .Where(example => Text(example, "uploaded").Length > 0)
        .Select(example => new DeficiencyExample(
            Text(example, "at") is { Length: > 0 } at ? Line(at.Replace('T', ' ')) : null,
            Line(Text(example, "uploaded")),
            Text(example, "disclosed") is { Length: > 0 } disclosed ? Line(disclosed) : null));

    /// <summary>The local day of a time that starts with it.</summary>
    private static LocalDate? Day(JsonElement of, string name) =>
        Text(of, name) is { Length: >= 10 } time ? LocalDatePattern.Iso.Parse(time[..10]).Value : null;

    private static Category CategoryOf(string name) => Category.TryParse(name, out var category) ? category : Category.Account;

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

    private static SingleLine Line(string text) => SingleLine.Parse(text, "the comparison");
}
