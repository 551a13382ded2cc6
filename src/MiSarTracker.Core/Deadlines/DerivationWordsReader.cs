using System.Text.RegularExpressions;

namespace MiSarTracker.Core.Deadlines;

/// <summary>Reads the words of a language and holds them against the English ones: the same phrases, no other placeholders.</summary>
public static partial class DerivationWordsReader
{
    private static readonly string[] Known =
        ["language", "months", "weekdays", "date", "weekdayDate", "firstDay", "and", "periods", "law", "inPlace", "reason", "phrases", "places", "holidays"];

    private static readonly string[] LawNames = ["period", "counting", "corresponding", "rolling", "holiday", "holidays"];

    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="BadInput">A phrase is missing, unknown, or asks for what the English one does not; says where.</exception>
    public static DerivationWords Read(string json, string file)
    {
        var root = JsonPlace.Root(json, file);
        var content = Content(root);
        HoldAgainst(EnglishContent(), content, root);
        return new DerivationWords(content);
    }

    internal static DerivationWords ReadEnglish() => new(EnglishContent());

    private static DerivationWordsContent EnglishContent()
    {
        using var stream = typeof(DerivationWordsReader).Assembly.GetManifestResourceStream("deadlines.words.en.json")!;
        using var reader = new StreamReader(stream);
        return Content(JsonPlace.Root(reader.ReadToEnd(), "words.en.json"));
    }

    private static DerivationWordsContent Content(JsonPlace root)
    {
        root.Only(Known);
        return new DerivationWordsContent
        {
            Language = root.Required("language").Text(),
            Months = Exactly(root.Required("months"), 12),
            Weekdays = Exactly(root.Required("weekdays"), 7),
            Date = root.Required("date").Text(),
            WeekdayDate = root.Required("weekdayDate").Text(),
            FirstDay = root.Optional("firstDay")?.Text(),
            And = root.Required("and").Text(),
            Periods = Texts(root.Required("periods")),
            Law = Regime.All.ToDictionary(regime => regime.Code, IReadOnlyDictionary<string, string> (regime) => Law(root.Required("law").Required(regime.Code))),
            InPlace = root.Required("inPlace").Text(),
            Reason = root.Required("reason").Text(),
            Phrases = Texts(root.Required("phrases")),
            Places = root.Required("places").Properties().ToDictionary(place => place.Name, place => Place(place.Value)),
            Holidays = Texts(root.Required("holidays")),
        };
    }

    private static void HoldAgainst(DerivationWordsContent english, DerivationWordsContent words, JsonPlace root)
    {
        var phrases = root.Required("phrases");
        if (english.Phrases.Keys.FirstOrDefault(name => !words.Phrases.ContainsKey(name)) is { } missing)
            throw phrases.Fault($"has no \"{missing}\"");
        foreach (var (name, text) in words.Phrases)
        {
            var place = phrases.Required(name);
            if (!english.Phrases.TryGetValue(name, out var model))
                throw place.Fault("is unknown here");
            if (Placeholders(text).Except(Placeholders(model)).FirstOrDefault() is { } foreign)
                throw place.Fault($"asks for {foreign}; known here are {string.Join(", ", Placeholders(model))}");
        }
    }

    private static Dictionary<string, string> Law(JsonPlace place)
    {
        place.Only(LawNames);
        return LawNames.ToDictionary(name => name, name => place.Required(name).Text());
    }

    private static (string Name, string In) Place(JsonPlace place) =>
        place.Items() is [var name, var within] ? (name.Text(), within.Text()) : throw place.Fault("must be the name and the name with its preposition");

    private static Dictionary<string, string> Texts(JsonPlace place) => place.Properties().ToDictionary(item => item.Name, item => item.Value.Text());

    private static List<string> Exactly(JsonPlace place, int count)
    {
        var texts = place.Items().Select(item => item.Text()).ToList();
        return texts.Count == count ? texts : throw place.Fault($"must be {count} texts");
    }

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{[a-zA-Z0-9]+\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
