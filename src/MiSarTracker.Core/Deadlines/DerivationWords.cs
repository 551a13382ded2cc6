using System.Globalization;
using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>
/// The sentences of derivations in one language, as a file of templates/deadlines states them. English stands in the
/// assembly too, so that a deadline explains itself without any file.
/// </summary>
public sealed class DerivationWords
{
    private readonly DerivationWordsContent _content;

    internal DerivationWords(DerivationWordsContent content) => _content = content;

    /// <summary>ISO 639 code.</summary>
    public string Language => _content.Language;

    /// <summary>The words that every other language is held against.</summary>
    public static DerivationWords English { get; } = DerivationWordsReader.ReadEnglish();

    /// <summary><c>5 April 2026</c></summary>
    public string Date(LocalDate date) => Fill(_content.Date, ("day", date.Day == 1 ? _content.FirstDay ?? "1" : Number(date.Day)), ("month", Month(date)), ("year", Number(date.Year)));

    /// <summary><c>Sunday, 5 April 2026</c></summary>
    public string WithWeekday(LocalDate date) => Fill(_content.WeekdayDate, ("weekday", Weekday(date)), ("date", Date(date)));

    public string Weekday(LocalDate date) => _content.Weekdays[(int)date.DayOfWeek - 1];

    /// <summary>The month's name as it stands within a date.</summary>
    public string Month(LocalDate date) => _content.Months[date.Month - 1];

    /// <summary><c>a, b and c</c></summary>
    public string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} {_content.And} {items[^1]}",
    };

    /// <summary>How a period of months is called.</summary>
    public string Months(int count) =>
        _content.Periods.TryGetValue(Number(count), out var known) ? known : Fill(_content.Periods["other"], ("count", Number(count)));

    /// <summary>The name of a rule or an act in a law: <c>period</c>, <c>counting</c>, <c>holiday</c>.</summary>
    public string Law(Regime regime, string name) => _content.Law[regime.Code][name];

    /// <summary>The place within a sentence, with its preposition: <c>in the Netherlands</c>.</summary>
    public string In(HolidayCalendar place) =>
        _content.Places.TryGetValue(place.Region ?? place.Table.Country, out var known) ? known.In : Fill(_content.InPlace, ("place", Name(place)));

    /// <summary>The place by its name, else by its English one.</summary>
    public string Name(HolidayCalendar place) =>
        _content.Places.TryGetValue(place.Region ?? place.Table.Country, out var known) ? known.Name : place.Name;

    /// <summary>A region by its name.</summary>
    public string Region(HolidayTable table, string region) => _content.Places.TryGetValue(region, out var known) ? known.Name : table.Regions[region];

    /// <summary>A holiday's name: in English as the table has it; else translated, and untranslated in its own language.</summary>
    public string Name(Holiday holiday) => Language == "en" ? holiday.Name
        : holiday.SubstituteFor is { } named ? Say("substitute", ("name", _content.Holidays.GetValueOrDefault(named, holiday.LocalName)))
        : _content.Holidays.GetValueOrDefault(holiday.Name, holiday.LocalName);

    /// <summary>A reason that stands in a table in English, marked so where the language is another.</summary>
    public string Reason(string text) => Fill(_content.Reason, ("reason", text));

    /// <summary>A sentence with its placeholders filled.</summary>
    public string Say(string phrase, params ReadOnlySpan<(string Name, string Value)> values) => Fill(_content.Phrases[phrase], values);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Fill(string text, params ReadOnlySpan<(string Name, string Value)> values)
    {
        // One pass over the text: a value is never looked at for placeholders.
        var result = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
                return result.Append(text, at, text.Length - at).ToString();
            var close = text.IndexOf('}', open);
            result.Append(text, at, open - at).Append(Value(text[(open + 1)..close], values));
            at = close + 1;
        }

        return result.ToString();
    }

    private static string Value(string name, ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (known, value) in values)
        {
            if (known == name)
                return value;
        }

        throw new ArgumentException($"No value for {{{name}}} was given.", nameof(name));
    }
}

/// <summary>What the reader found in a file.</summary>
internal sealed record DerivationWordsContent
{
    public required string Language { get; init; }

    public required IReadOnlyList<string> Months { get; init; }

    public required IReadOnlyList<string> Weekdays { get; init; }

    public required string Date { get; init; }

    public required string WeekdayDate { get; init; }

    /// <summary>The first day of a month where it is written otherwise (<c>1er</c>); null where it is not.</summary>
    public string? FirstDay { get; init; }

    public required string And { get; init; }

    public required IReadOnlyDictionary<string, string> Periods { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Law { get; init; }

    public required string InPlace { get; init; }

    public required string Reason { get; init; }

    public required IReadOnlyDictionary<string, string> Phrases { get; init; }

    public required IReadOnlyDictionary<string, (string Name, string In)> Places { get; init; }

    public required IReadOnlyDictionary<string, string> Holidays { get; init; }
}
