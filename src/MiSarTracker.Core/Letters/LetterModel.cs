using NodaTime;

namespace MiSarTracker.Core.Letters;

/// <summary>The facts of a letter under the names of <see cref="Vocabulary"/>, written in the letter's language.</summary>
internal static class LetterModel
{
    private const int TwoWeeks = 14;

    public static Dictionary<string, object?> Of(LetterFacts facts, LetterWords words) => new()
    {
        ["reference"] = facts.Reference.Value,
        ["date"] = words.Date(facts.Date),
        ["twoWeeksLater"] = words.Date(facts.Date.PlusDays(TwoWeeks)),
        ["product"] = facts.Product.Value,
        ["person"] = Party(facts.Person),
        ["controller"] = Party(facts.Controller),
        ["identifiers"] = facts.Identifiers.Select(identifier => Item(
            ("label", words.IdentifierLabel(identifier.Kind)), ("value", identifier.Value.Value))).ToList(),
        ["seen"] = facts.Seen.OrderBy(seen => seen.Category).Select(seen => Seen(seen, words)).ToList(),
        ["prior"] = Prior(facts.Prior, words),
        ["deficiencies"] = facts.Deficiencies.Select(deficiency => Deficient(deficiency, words)).ToList(),
    };

    /// <exception cref="Refusal">The letter would have nothing to speak of.</exception>
    public static void RefuseIncomplete(LetterFacts facts, LetterKind kind)
    {
        var followsUp = kind == LetterKind.Reminder || kind == LetterKind.Deficiency || kind == LetterKind.Objection;
        if (followsUp && facts.Prior is null)
            throw new Refusal($"A letter of the kind {kind} follows up a request, and none was sent in {facts.Reference}.", "Send the access request first.");
        if (kind == LetterKind.Reminder && facts.Prior!.Due >= facts.Date)
            throw new Refusal($"The controller has until {Deadlines.IsoDate.Text(facts.Prior.Due)} to answer; a reminder of {Deadlines.IsoDate.Text(facts.Date)} would be too early.");
        if (kind != LetterKind.Deficiency)
            return;
        if (facts.Prior!.Answered is null)
            throw new Refusal($"No answer is recorded in {facts.Reference}, so nothing in it can be incomplete.", "Add the answer, or write a reminder.");
        if (facts.Deficiencies.Count == 0)
            throw new Refusal($"The comparison of {facts.Reference} found nothing to hold against the answer.");
        if (facts.Deficiencies.FirstOrDefault(deficiency => !Deficiency.Kinds.Contains(deficiency.Kind)) is { } other)
            throw new Refusal($"A finding of the kind \"{other.Kind}\" is no fault of an answer.", $"Possible kinds: {string.Join(", ", Deficiency.Kinds)}.");
    }

    private static Dictionary<string, object?> Party(Party party) => Item(
        ("name", party.Name.Value),
        ("email", party.Email?.Value),
        ("address", party.PostalAddress.Select(line => Item(("line", line.Value))).ToList()));

    private static Dictionary<string, object?> Prior(PriorRequest? prior, LetterWords words) => prior is null
        ? []
        : Item(
            ("sent", words.Date(prior.Sent)),
            ("received", words.Date(prior.Received)),
            ("due", words.Date(prior.Due)),
            ("answered", Written(prior.Answered, words)));

    private static Dictionary<string, object?> Seen(SeenUpload seen, LetterWords words) => Item(
        ("category", words.Label(seen.Category)),
        ("samples", words.Number(seen.Samples)),
        ("one", seen.Samples == 1),
        ("first", Written(seen.First, words)),
        ("last", seen.Last == seen.First ? null : Written(seen.Last, words)),
        ("hosts", seen.Hosts.Count == 0 ? null : words.List(seen.Hosts.Select(host => host.Value))));

    private static Dictionary<string, object?> Deficient(Deficiency deficiency, LetterWords words)
    {
        var item = Item(
            ("category", words.Label(deficiency.Category)),
            ("count", words.Number(deficiency.Count)),
            ("one", deficiency.Count == 1),
            ("from", Written(deficiency.From, words)),
            ("to", deficiency.To == deficiency.From ? null : Written(deficiency.To, words)),
            ("evidence", deficiency.Evidence.Value),
            ("subject", deficiency.Subject?.Value));
        foreach (var kind in Deficiency.Kinds)
            item[Vocabulary.KindName(kind)] = kind == deficiency.Kind;
        return item;
    }

    private static string? Written(LocalDate? date, LetterWords words) => date is { } day ? words.Date(day) : null;

    private static Dictionary<string, object?> Item(params (string Name, object? Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
}
