using System.Globalization;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Search;

namespace MiSarTracker.Core.Correlation;

/// <summary>An uploaded fact, and where the answer says it too (null: nowhere).</summary>
internal sealed record ComparedFact(Fact Fact, Origin? DisclosedAt)
{
    /// <summary>The form in which it stands there; null when it stands nowhere, or under its own name.</summary>
    public Notation? Notation { get; init; }
}

/// <summary>
/// Looks for each uploaded field and value in the answer: among its mapped facts, and anywhere in its texts and in the tables that nobody knows.
/// A value found anywhere counts as disclosed: rather miss than overclaim.
/// </summary>
internal sealed class FactComparison
{
    /// <summary>Shorter values stand in any text by chance.</summary>
    public const int ShortestMention = 6;

    private readonly HashSet<(string Name, string Value)> _named;
    private readonly Dictionary<string, Origin> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<AnswerText> _texts;
    private readonly IReadOnlyList<Origin> _members;
    private readonly IReadOnlyList<Fact> _facts;
    private readonly Dictionary<(string Name, string Value), Origin> _origins = [];

    public FactComparison(Disclosed disclosed)
    {
        _texts = disclosed.Texts;
        _facts = disclosed.Facts;
        _members = Members(disclosed);
        foreach (var fact in disclosed.Facts)
        {
            _origins.TryAdd((fact.Name, Canonical(fact.Value)), fact.Origin);
            if (fact.Value.Length >= ShortestMention)
            {
                _values.TryAdd(fact.Value, fact.Origin);
            }
        }

        _named = [.. _origins.Keys];
    }

    /// <summary>Compares all; what stands nowhere as it was sent is looked for once more in other notations, hashes among them.</summary>
    public IReadOnlyList<ComparedFact> Compare(IEnumerable<Fact> facts)
    {
        var compared = facts.Select(Compare).ToList();
        var search = new ValueSearch(compared.Where(one => one.DisclosedAt is null && !one.Fact.Value.StartsWith("sha256:", StringComparison.Ordinal)).Select(one => one.Fact.Value));
        if (search.Sought == 0)
        {
            return compared;
        }

        foreach (var text in _texts)
        {
            search.Look(text.Origin, text.Text);
        }

        foreach (var fact in _facts)
        {
            search.Look(fact.Origin, fact.Value);
        }

        var found = search.Found;
        return [.. compared.Select(one => one.DisclosedAt is null && found.TryGetValue(one.Fact.Value, out var hit) ? one with { DisclosedAt = hit.Where, Notation = hit.Notation } : one)];
    }

    private ComparedFact Compare(Fact fact)
    {
        var key = (fact.Name, Canonical(fact.Value));
        if (_named.Contains(key))
        {
            return new ComparedFact(fact, _origins[key]);
        }

        if (fact.Value.Length < ShortestMention)
        {
            return new ComparedFact(fact, null);
        }

        if (_values.TryGetValue(fact.Value, out var origin))
        {
            return new ComparedFact(fact, origin);
        }

        var text = _texts.FirstOrDefault(text => text.Text.Contains(fact.Value, StringComparison.OrdinalIgnoreCase));
        return new ComparedFact(fact, text?.Origin ?? InName(fact.Value));
    }

    /// <summary>An account's number often stands in the names of the answer's files and nowhere else.</summary>
    private Origin? InName(string value) =>
        _members.Where(member => member.Part.Contains(value, StringComparison.OrdinalIgnoreCase)).Select(member => (Origin?)member).FirstOrDefault();

    private static List<Origin> Members(Disclosed disclosed) =>
    [
        .. disclosed.Minutes.Select(day => day.Origin)
            .Concat(disclosed.Occurrences.Select(what => what.Origin))
            .Concat(disclosed.Totals.Select(total => total.Origin))
            .Concat(disclosed.Facts.Select(fact => fact.Origin))
            .Select(origin => origin with { Number = 0 })
            .Distinct(),
    ];

    /// <summary><c>178.0</c> and <c>178</c> are one value.</summary>
    private static string Canonical(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Wording.Value(number)
            : value.Trim().ToUpperInvariant();
}
