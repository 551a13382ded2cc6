namespace MiSarTracker.Core.Letters;

/// <summary>
/// The placeholders that a template may use. Templates are checked against it when they are read, so that a misspelt
/// name is a fault with line and column and never a hole in a letter.
/// </summary>
internal static class Vocabulary
{
    /// <summary>How a name may be used.</summary>
    public enum Use
    {
        /// <summary>A text that is always there.</summary>
        Text,

        /// <summary>A text that may be missing: only within <c>{{#if …}}</c> of the same name.</summary>
        OptionalText,

        /// <summary>Only in <c>{{#if}}</c> and <c>{{#unless}}</c>.</summary>
        Condition,

        /// <summary>In <c>{{#each}}</c>, and as a condition: true when not empty.</summary>
        List,
    }

    /// <summary>Names that stand anywhere.</summary>
    public static IReadOnlyDictionary<string, Use> Letter { get; } = new Dictionary<string, Use>(StringComparer.Ordinal)
    {
        ["reference"] = Use.Text,
        ["date"] = Use.Text,
        ["twoWeeksLater"] = Use.Text,
        ["product"] = Use.Text,
        ["person.name"] = Use.Text,
        ["person.email"] = Use.OptionalText,
        ["person.address"] = Use.List,
        ["controller.name"] = Use.Text,
        ["controller.email"] = Use.OptionalText,
        ["controller.address"] = Use.List,
        ["identifiers"] = Use.List,
        ["seen"] = Use.List,
        ["prior.sent"] = Use.OptionalText,
        ["prior.received"] = Use.OptionalText,
        ["prior.due"] = Use.OptionalText,
        ["prior.answered"] = Use.OptionalText,
        ["prior.extended"] = Use.Condition,
        ["prior.notice"] = Use.Condition,
        ["deficiencies"] = Use.List,
        ["withValues"] = Use.Condition,
        ["gdpr"] = Use.Text,
        ["gdprLong"] = Use.Text,
        ["uk"] = Use.Condition,
        ["swiss"] = Use.Condition,
        ["onPaper"] = Use.Condition,
        ["recipient.name"] = Use.Text,
        ["recipient.email"] = Use.OptionalText,
        ["recipient.address"] = Use.List,
        ["residence"] = Use.Condition,
        ["workplace"] = Use.Condition,
        ["infringement"] = Use.Condition,
        ["objections"] = Use.List,
        ["faults"] = Use.List,
        ["correspondence"] = Use.List,
        ["enclosures"] = Use.List,
        ["complaintSent"] = Use.OptionalText,
    };

    /// <summary>What a point about the content of an answer says.</summary>
    private static IReadOnlyList<(string Name, Use Use)> Point =>
    [
        ("gdpr", Use.Text), ("category", Use.Text), ("count", Use.Text), ("one", Use.Condition), ("totals", Use.Condition), ("from", Use.OptionalText), ("to", Use.OptionalText),
        ("days", Use.OptionalText), ("evidence", Use.Text), ("subject", Use.OptionalText), ("fields", Use.OptionalText), ("examples", Use.OptionalText),
    ];

    /// <summary>Names that stand within the list of the key only.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, Use>> Items { get; } = new Dictionary<string, IReadOnlyDictionary<string, Use>>(StringComparer.Ordinal)
    {
        ["person.address"] = Names(("line", Use.Text)),
        ["controller.address"] = Names(("line", Use.Text)),
        ["recipient.address"] = Names(("line", Use.Text)),
        ["identifiers"] = Names(("label", Use.Text), ("value", Use.Text)),
        ["seen"] = Names(("category", Use.Text), ("samples", Use.Text), ("one", Use.Condition), ("first", Use.OptionalText), ("last", Use.OptionalText), ("hosts", Use.OptionalText)),
        ["deficiencies"] = Names([.. Point, .. Deficiency.Kinds.Select(kind => (KindName(kind), Use.Condition))]),
        ["objections"] = Names([
            ("gdpr", Use.Text), ("uk", Use.Condition), ("received", Use.Text), ("due", Use.OptionalText), ("reasons", Use.OptionalText),
            .. Objection.Kinds.Select(kind => (KindName(kind), Use.Condition))]),
        ["faults"] = Names([
            .. Point.Select(name => name.Name is "category" or "count" or "evidence" ? (name.Name, Use.OptionalText) : name),
            ("persists", Use.Condition), ("date", Use.OptionalText), .. Fault.Kinds.Select(kind => (KindName(kind), Use.Condition))]),
        ["correspondence"] = Names(("date", Use.Text), ("mine", Use.Condition), ("what", Use.Text), ("number", Use.OptionalText), ("sha256", Use.OptionalText)),
        ["enclosures"] = Names(("file", Use.Text), ("sha256", Use.Text)),
    };

    /// <summary>What each kind cannot do without, so that a template that lost it is noticed.</summary>
    public static IReadOnlyDictionary<LetterKind, IReadOnlyList<string>> Needed { get; } = new Dictionary<LetterKind, IReadOnlyList<string>>
    {
        [LetterKind.Access] = ["reference", "date", "product", "person.name", "controller.name", "identifiers", "seen"],
        [LetterKind.Reminder] = ["reference", "date", "person.name", "controller.name", "prior.sent", "prior.received", "prior.due"],
        [LetterKind.Deficiency] = ["reference", "date", "person.name", "controller.name", "prior.sent", "prior.answered", "deficiencies"],
        [LetterKind.Objection] = ["reference", "date", "person.name", "controller.name", "prior.sent", "objections"],
        [LetterKind.Complaint] = ["reference", "date", "person.name", "recipient.name", "controller.name", "prior.sent", "faults", "correspondence"],
        [LetterKind.DataAct] = ["reference", "date", "product", "person.name", "controller.name"],
        [LetterKind.Withdrawal] = ["reference", "date", "person.name", "recipient.name", "prior.sent"],
    };

    /// <summary>Facts of the earlier request that are always there in letters of this kind, because they are written for it.</summary>
    public static bool AlwaysThere(LetterKind kind, string name) =>
        name is "prior.sent" or "prior.received" or "prior.due" && kind != LetterKind.Access && kind != LetterKind.DataAct
        || (name == "prior.answered" && kind == LetterKind.Deficiency);

    /// <summary><c>not-disclosed</c> as a placeholder: <c>notDisclosed</c>.</summary>
    public static string KindName(string kind) =>
        string.Concat(kind.Split('-').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    private static Dictionary<string, Use> Names(params IReadOnlyList<(string Name, Use Use)> names) =>
        names.ToDictionary(name => name.Name, name => name.Use, StringComparer.Ordinal);
}
