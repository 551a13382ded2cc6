using MiSarTracker.Core.Deadlines;

namespace MiSarTracker.Core.Article15;

/// <summary>Reads a language's patterns (templates/article15/README.md describes the form) and refuses what it does not understand.</summary>
public static class LanguagePatternsReader
{
    private static readonly string[] Properties =
        ["language", "sources", "functionWords", "words", "quoteLines", "headFirst", "headNext", "forwarded", "closings", "asks", "pointers", "refusals", "holding", "inline", "enclosures", "items"];

    private static readonly string[] CueProperties = ["id", "all", "not", "because", "source"];

    private static readonly string[] AnswerProperties = [.. CueProperties, "gives", "part", "under", "specific", "near"];

    /// <summary>Reads the text of one file.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="BadInput">Not a file of patterns; says where (JSON path) and why.</exception>
    public static LanguagePatterns Read(string json, string file)
    {
        var root = JsonPlace.Root(json, file);
        root.Only(Properties);
        var language = root.Required("language").Text();
        if (language.Length != 2 || !language.All(char.IsAsciiLetterLower))
        {
            throw root.Required("language").Fault($"\"{language}\" is no language code of two small letters");
        }

        return new Reading(language, Sources(root), Words(root)).Of(root);
    }

    private static HashSet<string> Sources(JsonPlace root) =>
        [.. root.Required("sources").Properties().Where(source => source.Value.Text().Length > 0).Select(source => source.Name)];

    private static PatternText Words(JsonPlace root)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in root.Required("words").Properties())
        {
            words[name] = new PatternText(words).Expand(value);
        }

        return new PatternText(words);
    }

    private sealed class Reading(string language, HashSet<string> sources, PatternText text)
    {
        private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

        public LanguagePatterns Of(JsonPlace root)
        {
            var items = Items(root.Required("items"));
            return new LanguagePatterns
            {
                Language = language,
                FunctionWords = text.AnyOf(root.Required("functionWords"), whole: false),
                QuoteLines = text.AnyOf(root.Required("quoteLines"), whole: true),
                HeadFirst = text.AnyOf(root.Required("headFirst"), whole: false),
                HeadNext = text.AnyOf(root.Required("headNext"), whole: false),
                Forwarded = text.AnyOf(root.Required("forwarded"), whole: false),
                Closings = text.AnyOf(root.Required("closings"), whole: false),
                Asks = Cues(root.Required("asks")),
                Pointers = Cues(root.Required("pointers")),
                Refusals = Cues(root.Required("refusals")),
                Holding = Cues(root.Required("holding")),
                Inline = Cues(root.Required("inline")),
                Enclosures = Cues(root.Required("enclosures")),
                Items = [.. items.Select(item => item.Patterns)],
                AnyTopic = TextPattern.Of(string.Join('|', items.Select(item => item.Topics))),
            };
        }

        private List<(ItemPatterns Patterns, string Topics)> Items(JsonPlace place)
        {
            place.Only([.. Checklist.Items.Select(item => item.Id)]);
            var items = new List<(ItemPatterns, string)>();
            foreach (var item in Checklist.Items)
            {
                var one = place.Required(item.Id);
                one.Only("headings", "topics", "patterns");
                var topics = text.Alternatives(one.Required("topics"));
                var cues = one.Required("patterns").Items().Select(cue => Answer(cue, item)).ToList();
                items.Add((new ItemPatterns(item.Id, text.AnyOf(one.Required("headings"), whole: true), PatternText.Compile(topics, one.Required("topics")), cues), topics));
            }

            return items;
        }

        private List<Cue> Cues(JsonPlace list) => [.. list.Items().Select(place =>
        {
            place.Only(CueProperties);
            return CueOf(place);
        })];

        private AnswerCue Answer(JsonPlace place, ChecklistItem item)
        {
            place.Only(AnswerProperties);
            var gives = place.Required("gives");
            var part = place.Optional("part");
            if (part is { } named && !item.Parts.Contains(named.Text()))
            {
                throw named.Fault($"is no part of {item.Id}; known are {string.Join(", ", item.Parts)}");
            }

            return new AnswerCue(CueOf(place), gives.Text() switch
            {
                "answered" when part is null => ItemStatus.Answered,
                "partly" => ItemStatus.Partly,
                "answered" => throw gives.Fault("a part alone makes an item \"partly\""),
                _ => throw gives.Fault("must be \"answered\" or \"partly\""),
            })
            {
                Part = part?.Text(),
                Under = Flag(place, "under"),
                Specific = Flag(place, "specific"),
                Near = Flag(place, "near"),
            };
        }

        private Cue CueOf(JsonPlace place)
        {
            var id = place.Required("id");
            if (!id.Text().StartsWith(language + "-", StringComparison.Ordinal) || !_ids.Add(id.Text()))
            {
                throw id.Fault($"must begin with \"{language}-\" and be used once");
            }

            var source = place.Required("source");
            if (!sources.Contains(source.Text()))
            {
                throw source.Fault($"\"{source.Text()}\" is none of the file's sources");
            }

            var all = place.Required("all");
            var needed = all.Items();
            return new Cue(
                id.Text(),
                needed.Count > 0 ? [.. needed.Select(text.Pattern)] : throw all.Fault("is empty; it would match everything"),
                [.. (place.Optional("not")?.Items() ?? []).Select(text.Pattern)],
                place.Required("because").Text(),
                source.Text());
        }

        private static bool Flag(JsonPlace place, string name) => place.Optional(name) is { } flag
            && (flag.Element.ValueKind == System.Text.Json.JsonValueKind.True ? true : throw flag.Fault("is true, or left out"));
    }
}
