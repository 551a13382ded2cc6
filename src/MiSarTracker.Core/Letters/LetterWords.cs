using System.Globalization;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Letters;

/// <summary>
/// What letters of one language need beside their templates: how dates and numbers are written, what categories and
/// identifiers are called. Read from templates/letters/words.LANG.json.
/// </summary>
public sealed class LetterWords
{
    private static readonly string[] DateParts = ["{day}", "{month}", "{year}"];

    private static readonly string[] Replies =
        ["extension", "identity", "clarification", "refusal", "fee", "not-controller", "acknowledgement", "answer", "partial-answer", "mail", "file"];

    private readonly IReadOnlyList<string> _months;
    private readonly string _datePattern;
    private readonly string _thousands;
    private readonly string _separator;
    private readonly string _firstDay;
    private readonly string _range;
    private readonly string _exchange;
    private readonly Dictionary<string, string> _gdpr;
    private readonly Dictionary<string, string> _article;
    private readonly Dictionary<string, string> _example;
    private readonly Dictionary<string, string> _letters;
    private readonly Dictionary<string, string> _replies;
    private readonly Dictionary<string, string> _categories;
    private readonly Dictionary<string, string> _identifiers;

    private LetterWords(JsonPlace root)
    {
        root.Only(
            "language", "months", "date", "firstDay", "range", "thousands", "separator", "pages", "gdpr", "article", "exchange", "example", "letters", "replies", "categories", "identifiers");
        Language = root.Required("language").Text();
        _months = [.. root.Required("months").Items().Select(Line)];
        if (_months.Count != 12)
            throw root.Required("months").Fault("must be twelve names");
        _datePattern = Pattern(root.Required("date"), DateParts);
        _thousands = root.Required("thousands").Text(mayBeBlank: true);
        _separator = root.Required("separator").Text(mayBeBlank: true);
        _firstDay = root.Optional("firstDay") is { } firstDay ? Line(firstDay) : "1";
        _range = Pattern(root.Required("range"), "{from}", "{to}");
        PageNumbers = Pattern(root.Required("pages"), "{page}", "{pages}");
        _gdpr = Named(root.Required("gdpr"), "short", "long", "ukShort", "ukLong");
        _article = Named(root.Required("article"), "paragraph", "point");
        _exchange = Pattern(root.Required("exchange"), "{exhibit}", "{number}");
        _example = Named(root.Required("example"), "sent", "both");
        _letters = Named(root.Required("letters"), [.. LetterKind.All.Select(kind => kind.Name)]);
        _replies = Named(root.Required("replies"), [.. Replies]);
        _categories = Labels(root.Required("categories"));
        _identifiers = Labels(root.Required("identifiers"));
        if (Category.Named.FirstOrDefault(category => !_categories.ContainsKey(category.Name)) is { Name: { } missing })
            throw root.Required("categories").Fault($"has no \"{missing}\"");
    }

    /// <summary>BCP 47 tag: <c>en</c>.</summary>
    public string Language { get; }

    /// <summary>Reads the text of one file.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="BadInput">Not a words file; says where (JSON path) and why.</exception>
    public static LetterWords Read(string json, string file) => new(JsonPlace.Root(json, file));

    /// <summary>A written date: <c>5 April 2026</c>, its blanks not to be broken at (U+00A0).</summary>
    public string Date(LocalDate date) => _datePattern.Replace(' ', '\u00A0')
        .Replace("{day}", date.Day == 1 ? _firstDay : date.Day.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{month}", _months[date.Month - 1], StringComparison.Ordinal)
        .Replace("{year}", date.Year.ToString("D4", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The days from one to another, both included: <c>5 April 2026 to 7 April 2026</c>; one day by itself.</summary>
    public string Range(LocalDate from, LocalDate to) => from == to
        ? Date(from)
        : _range.Replace("{from}", Date(from), StringComparison.Ordinal).Replace("{to}", Date(to), StringComparison.Ordinal);

    /// <summary>Pattern of a page number with {page} and {pages}.</summary>
    public string PageNumbers { get; }

    /// <summary>What the Regulation is called for short: <c>GDPR</c>, <c>UK GDPR</c>.</summary>
    public string Gdpr(LetterRegime regime) => _gdpr[regime == LetterRegime.Uk ? "ukShort" : "short"];

    /// <summary>The Regulation by its name, as it follows an article's number.</summary>
    public string GdprLong(LetterRegime regime) => _gdpr[regime == LetterRegime.Uk ? "ukLong" : "long"];

    /// <summary>An item of the checklist as the language cites it: <c>15(1)(d)</c> → <c>Article 15(1)(d)</c>; anything else as it is.</summary>
    public string Article(string item)
    {
        var parts = item.Split('(', ')').Where(part => part.Length > 0).ToList();
        if (parts.Count is < 2 or > 3)
            return item;
        return _article[parts.Count == 2 ? "paragraph" : "point"]
            .Replace("{article}", parts[0], StringComparison.Ordinal)
            .Replace("{paragraph}", parts[1], StringComparison.Ordinal)
            .Replace("{point}", parts[^1], StringComparison.Ordinal)
            .Replace(' ', '\u00A0');
    }

    /// <summary>A place in the person's evidence: <c>E-001, exchange 14</c>.</summary>
    public string Exchange(string exhibit, long number) => _exchange
        .Replace("{number}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{exhibit}", exhibit, StringComparison.Ordinal);

    /// <summary>One sample with its values.</summary>
    public string Example(DeficiencyExample example)
    {
        var text = _example[example.Disclosed is null ? "sent" : "both"]
            .Replace("{sent}", example.Uploaded.Value, StringComparison.Ordinal)
            .Replace("{answer}", example.Disclosed?.Value, StringComparison.Ordinal);
        return example.At is { } at ? $"{at}: {text}" : text;
    }

    /// <summary>What a letter or a reply is called in the list of all messages.</summary>
    public string MessageLabel(string kind, bool mine) =>
        mine ? _letters.GetValueOrDefault(kind, OwnName(kind)) : _replies.GetValueOrDefault(kind, OwnName(kind));

    /// <summary>A whole number: <c>27,663</c>.</summary>
    public string Number(long number) =>
        number.ToString("N0", CultureInfo.InvariantCulture).Replace(",", _thousands, StringComparison.Ordinal);

    /// <summary>Items one after the other: <c>a, b</c>.</summary>
    public string List(IEnumerable<string> items) => string.Join(_separator, items);

    /// <summary>What a category is called; one that the contract has no name for is called by its own.</summary>
    public string Label(Category category) => _categories.TryGetValue(category.Name, out var label) ? label : OwnName(category.Name);

    /// <summary>What a kind of identifier is called.</summary>
    public string IdentifierLabel(string kind) => _identifiers.TryGetValue(kind, out var label) ? label : OwnName(kind);

    /// <summary>A contract name without its prefix, hyphens as blanks; anything else as it is.</summary>
    private static string OwnName(string name)
    {
        const string Prefix = "other:";
        var own = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        var formed = own.Split('-').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
        return SingleLine.Parse(formed ? own.Replace('-', ' ') : own, "the name of a category or identifier").Value;
    }

    private static string Line(JsonPlace place) => SingleLine.Parse(place.Text(), $"{place.File}, {place.Path}").Value;

    private static string Pattern(JsonPlace place, params string[] parts)
    {
        var pattern = Line(place);
        return Array.TrueForAll(parts, part => pattern.Contains(part, StringComparison.Ordinal))
            ? pattern
            : throw place.Fault($"must hold {string.Join(" and ", parts)}");
    }

    private static Dictionary<string, string> Named(JsonPlace place, params string[] names)
    {
        place.Only(names);
        return names.ToDictionary(name => name, name => Line(place.Required(name)), StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Labels(JsonPlace place) =>
        place.Properties().ToDictionary(label => label.Name, label => Line(label.Value), StringComparer.Ordinal);
}
