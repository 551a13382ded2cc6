namespace MiSarTracker.Core.Letters;

/// <summary>The points of follow-ups (what is missing, what is objected to, what is complained of) under the names of <see cref="Vocabulary"/>.</summary>
internal static class LetterPoints
{
    /// <summary>More stretches than this are told as the range that they span.</summary>
    private const int MostStretches = 12;

    public static Dictionary<string, object?> Of(Deficiency deficiency, LetterFacts facts, LetterWords words)
    {
        var item = Content(deficiency, facts, words);
        foreach (var kind in Deficiency.Kinds)
            item[Vocabulary.KindName(kind)] = kind == deficiency.Kind;
        return item;
    }

    public static Dictionary<string, object?> Of(Objection objection, LetterFacts facts, LetterWords words)
    {
        var item = LetterModel.Item(
            ("gdpr", words.Gdpr(facts.Regime)),
            ("uk", facts.Regime == LetterRegime.Uk),
            ("received", words.Date(objection.Received)),
            ("due", LetterModel.Written(objection.Due, words)),
            ("reasons", objection.Reasons?.Value));
        foreach (var kind in Objection.Kinds)
            item[Vocabulary.KindName(kind)] = kind == objection.Kind;
        return item;
    }

    public static Dictionary<string, object?> Of(Fault fault, LetterFacts facts, LetterWords words)
    {
        var item = fault.Data is { } data ? Content(data, facts, words) : LetterModel.Item(("gdpr", words.Gdpr(facts.Regime)));
        item["persists"] = fault.Persists;
        item["date"] = LetterModel.Written(fault.Date, words);
        foreach (var kind in Fault.Kinds)
            item[Vocabulary.KindName(kind)] = kind == fault.Kind;
        return item;
    }

    public static Dictionary<string, object?> Of(Correspondence message, LetterWords words) => LetterModel.Item(
        ("date", words.Date(message.Date)),
        ("mine", message.Mine),
        ("what", words.MessageLabel(message.Kind, message.Mine)),
        ("number", message.Number?.Value),
        ("sha256", message.Sha256?.Value));

    private static Dictionary<string, object?> Content(Deficiency deficiency, LetterFacts facts, LetterWords words) => LetterModel.Item(
        ("gdpr", words.Gdpr(facts.Regime)),
        ("category", words.Label(deficiency.Category)),
        ("count", words.Number(deficiency.Count)),
        ("one", deficiency.Count == 1),
        ("totals", deficiency.Totals),
        ("from", LetterModel.Written(deficiency.From, words)),
        ("to", deficiency.To == deficiency.From ? null : LetterModel.Written(deficiency.To, words)),
        ("days", Days(deficiency, words)),
        ("evidence", deficiency.Evidence.Value),
        ("subject", Subject(deficiency, words)),
        ("fields", deficiency.Fields?.Value),
        ("examples", deficiency.Examples.Count == 0 ? null : string.Join("; ", deficiency.Examples.Select(words.Example))));

    private static string? Days(Deficiency deficiency, LetterWords words)
    {
        if (deficiency.From is not { } from)
            return null;
        return deficiency.Stretches.Count is > 1 and <= MostStretches
            ? words.List(deficiency.Stretches.Select(stretch => words.Range(stretch.From, stretch.To)))
            : words.Range(from, deficiency.To ?? from);
    }

    private static string? Subject(Deficiency deficiency, LetterWords words) => deficiency.Subject is not { Value: var subject }
        ? null
        : deficiency.Kind switch
        {
            "article15-missing" => words.Article(subject),
            "identifier-not-disclosed" => words.IdentifierLabel(subject),
            _ => subject,
        };
}
