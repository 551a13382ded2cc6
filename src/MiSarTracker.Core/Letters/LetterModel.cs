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
        ["recipient"] = Party(facts.Recipient),
        ["identifiers"] = facts.Identifiers.Select(identifier => Item(
            ("label", words.IdentifierLabel(identifier.Kind)), ("value", identifier.Value.Value))).ToList(),
        ["seen"] = facts.Seen.OrderBy(seen => seen.Category).Select(seen => Seen(seen, words)).ToList(),
        ["prior"] = Prior(facts.Prior, words),
        ["deficiencies"] = facts.Deficiencies.Select(deficiency => LetterPoints.Of(deficiency, facts, words)).ToList(),
        ["withValues"] = facts.Deficiencies.Any(deficiency => deficiency.Examples.Count > 0),
        ["gdpr"] = words.Gdpr(facts.Regime),
        ["gdprLong"] = words.GdprLong(facts.Regime),
        ["uk"] = facts.Regime == LetterRegime.Uk,
        ["swiss"] = facts.Regime == LetterRegime.Swiss,
        ["onPaper"] = facts.OnPaper,
        ["residence"] = facts.Authority?.Ground == "residence",
        ["workplace"] = facts.Authority?.Ground == "workplace",
        ["infringement"] = facts.Authority?.Ground == "infringement",
        ["objections"] = facts.Objections.Select(objection => LetterPoints.Of(objection, facts, words)).ToList(),
        ["faults"] = facts.Faults.Select(fault => LetterPoints.Of(fault, facts, words)).ToList(),
        ["correspondence"] = facts.Correspondence.Select(message => LetterPoints.Of(message, words)).ToList(),
        ["enclosures"] = facts.Enclosures.Select(file => Item(("file", file.FileName.Value), ("sha256", file.Sha256.Value))).ToList(),
        ["complaintSent"] = Written(facts.WithdrawnComplaint, words),
    };

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
            ("answered", Written(prior.Answered, words)),
            ("extended", prior.Extended),
            ("notice", prior.Extended || prior.HasNotice));

    private static Dictionary<string, object?> Seen(SeenUpload seen, LetterWords words) => Item(
        ("category", words.Label(seen.Category)),
        ("samples", words.Number(seen.Samples)),
        ("one", seen.Samples == 1),
        ("first", Written(seen.First, words)),
        ("last", seen.Last == seen.First ? null : Written(seen.Last, words)),
        ("hosts", seen.Hosts.Count == 0 ? null : words.List(seen.Hosts.Select(host => host.Value))));

    public static string? Written(LocalDate? date, LetterWords words) => date is { } day ? words.Date(day) : null;

    public static Dictionary<string, object?> Item(params (string Name, object? Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
}
