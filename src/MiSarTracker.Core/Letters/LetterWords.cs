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

    private readonly IReadOnlyList<string> _months;
    private readonly string _datePattern;
    private readonly string _thousands;
    private readonly string _separator;
    private readonly Dictionary<string, string> _categories;
    private readonly Dictionary<string, string> _identifiers;

    private LetterWords(JsonPlace root)
    {
        root.Only("language", "months", "date", "thousands", "separator", "categories", "identifiers");
        Language = root.Required("language").Text();
        _months = [.. root.Required("months").Items().Select(Line)];
        if (_months.Count != 12)
            throw root.Required("months").Fault("must be twelve names");
        _datePattern = DatePattern(root.Required("date"));
        _thousands = root.Required("thousands").Text(mayBeBlank: true);
        _separator = root.Required("separator").Text(mayBeBlank: true);
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
        .Replace("{day}", date.Day.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{month}", _months[date.Month - 1], StringComparison.Ordinal)
        .Replace("{year}", date.Year.ToString("D4", CultureInfo.InvariantCulture), StringComparison.Ordinal);

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

    private static string DatePattern(JsonPlace place)
    {
        var pattern = Line(place);
        return DateParts.All(part => pattern.Contains(part, StringComparison.Ordinal))
            ? pattern
            : throw place.Fault("must hold {day}, {month} and {year}");
    }

    private static Dictionary<string, string> Labels(JsonPlace place) =>
        place.Properties().ToDictionary(label => label.Name, label => Line(label.Value), StringComparer.Ordinal);
}
