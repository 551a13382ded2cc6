using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;

namespace MiSarTracker.Core.Inbox;

/// <summary>A rule by which a sentence shows what a mail is.</summary>
/// <param name="Strong">It decides against all other kinds: a note of absence stays one, whatever else it says.</param>
public sealed record ReplyRule(MailKind Kind, Cue Cue, bool Strong);

/// <summary>The rules of one language: templates/replies holds a file for each.</summary>
/// <param name="Marks">The little words by which the language is known.</param>
/// <param name="Until">A day that an extension names.</param>
/// <param name="Reasons">Words with which a reason begins.</param>
public sealed record ReplyRules(string Language, TextPattern Marks, IReadOnlyList<ReplyRule> Rules, TextPattern Until, TextPattern Reasons)
{
    private static readonly string[] Properties = ["language", "sources", "marks", "words", "until", "reasons", "kinds"];

    private static readonly string[] RuleProperties = ["id", "all", "not", "because", "source", "strong"];

    private static readonly MailKind[] Kinds =
    [
        MailKind.Acknowledgement, MailKind.Answer, MailKind.Partial, MailKind.Extension, MailKind.Identity, MailKind.Clarification,
        MailKind.Refusal, MailKind.Fee, MailKind.NotController, MailKind.Bounce, MailKind.Automatic,
    ];

    /// <summary>Reads the text of one file (templates/replies/README.md describes the form) and refuses what it does not understand.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="BadInput">Not a file of rules; says where (JSON path) and why.</exception>
    public static ReplyRules Read(string json, string file)
    {
        var root = JsonPlace.Root(json, file);
        root.Only(Properties);
        var language = root.Required("language").Text();
        var sources = root.Required("sources").Properties().Where(source => source.Value.Text().Length > 0).Select(source => source.Name).ToHashSet(StringComparer.Ordinal);
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in root.Required("words").Properties())
            words[name] = new PatternText(words).Expand(value);
        var text = new PatternText(words);
        var kinds = root.Required("kinds");
        kinds.Only([.. Kinds.Select(ContractName.Of)]);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var rules = Kinds.SelectMany(kind => kinds.Required(ContractName.Of(kind)).Items().Select(place => Rule(place, kind, language, text, sources, ids))).ToList();
        return new ReplyRules(language, text.AnyOf(root.Required("marks"), whole: false), rules, text.AnyOf(root.Required("until"), whole: false), text.AnyOf(root.Required("reasons"), whole: false));
    }

    private static ReplyRule Rule(JsonPlace place, MailKind kind, string language, PatternText text, HashSet<string> sources, HashSet<string> ids)
    {
        place.Only(RuleProperties);
        var id = place.Required("id");
        if (!id.Text().StartsWith($"{language}-{ContractName.Of(kind)}-", StringComparison.Ordinal) || !ids.Add(id.Text()))
            throw id.Fault($"must begin with \"{language}-{ContractName.Of(kind)}-\" and be used once");
        var source = place.Required("source");
        if (!sources.Contains(source.Text()))
            throw source.Fault($"\"{source.Text()}\" is none of the file's sources");
        var all = place.Required("all");
        if (all.Items().Count == 0)
            throw all.Fault("is empty; it would match everything");
        var cue = new Cue(id.Text(), [.. all.Items().Select(text.Pattern)], [.. (place.Optional("not")?.Items() ?? []).Select(text.Pattern)], place.Required("because").Text(), source.Text());
        return new ReplyRule(kind, cue, place.Optional("strong") is { Element.ValueKind: System.Text.Json.JsonValueKind.True });
    }
}
