using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>The public holidays of one country as its file in templates/holidays states them.</summary>
public sealed class HolidayTable
{
    private readonly Lazy<HolidayCalendar> _whole;
    private readonly Lazy<IReadOnlyDictionary<string, HolidayCalendar>> _regional;

    internal HolidayTable(HolidayTableContent content)
    {
        Content = content;
        _whole = new(() => new HolidayCalendar(this, content.DefaultRegion));
        _regional = new(() => content.Regions.Keys.ToDictionary(code => code, code => new HolidayCalendar(this, code), StringComparer.Ordinal));
    }

    /// <summary>ISO 3166-1 alpha-2: <c>NL</c>.</summary>
    public string Country => Content.Country;

    /// <summary>English name as it stands in a sentence: <c>the Netherlands</c>.</summary>
    public string Name => Content.Name;

    /// <summary>Other codes that people write for it: <c>UK</c>.</summary>
    public IReadOnlyList<string> Aliases => Content.Aliases;

    public Regime Regime => Content.Regime;

    /// <summary>IANA time zone of the country's capital: a receipt date is local to it.</summary>
    public string Zone => Content.Zone;

    /// <summary>First year that the table covers, inclusive.</summary>
    public int FirstYear => Content.FirstYear;

    /// <summary>Last year that the table covers, inclusive.</summary>
    public int LastYear => Content.LastYear;

    /// <summary>The day whose law the table states, as far as its authors knew it.</summary>
    public LocalDate AsOf => Content.AsOf;

    /// <summary>ISO 3166-2 code to English name; empty when every holiday is national.</summary>
    public IReadOnlyDictionary<string, string> Regions => Content.Regions;

    /// <summary>The region that is meant when none is named, or null for "the national holidays".</summary>
    public string? DefaultRegion => Content.DefaultRegion;

    public IReadOnlyList<HolidayRow> Rows => Content.Rows;

    /// <summary>A person's own changes to it, or null for none.</summary>
    public OwnHolidays? Own { get; private init; }

    /// <summary>The same table with a person's own days.</summary>
    public HolidayTable With(OwnHolidays own) => new(Content) { Own = own };

    private HolidayTableContent Content { get; }

    /// <summary>The country's calendar when no region is named: its national holidays, or those of its default region.</summary>
    public HolidayCalendar Calendar() => _whole.Value;

    /// <summary>The calendar of one region.</summary>
    /// <param name="region">ISO 3166-2 code: <c>DE-BY</c>, <c>GB-SCT</c>.</param>
    /// <exception cref="Refusal">Unknown; lists the known ones.</exception>
    public HolidayCalendar Calendar(string region) =>
        _regional.Value.TryGetValue(region.ToUpperInvariant(), out var calendar)
            ? calendar
            : throw new Refusal(
                $"The holiday table for {Name} knows no region \"{region}\".",
                Regions.Count == 0 ? $"It holds national holidays only; write {Country}." : $"Known regions: {string.Join(", ", Regions.Select(r => $"{r.Key} ({r.Value})"))}.");

    /// <summary>The calendars of all regions, in the table's order.</summary>
    public IReadOnlyCollection<HolidayCalendar> RegionalCalendars => Regions.Keys.Select(Calendar).ToList();
}

/// <summary>What the reader found in a file, before anything is computed from it.</summary>
internal sealed record HolidayTableContent
{
    public required string Country { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required Regime Regime { get; init; }

    public required string Zone { get; init; }

    public required int FirstYear { get; init; }

    public required int LastYear { get; init; }

    public required LocalDate AsOf { get; init; }

    public required IReadOnlyDictionary<string, string> Regions { get; init; }

    public required string? DefaultRegion { get; init; }

    public required IReadOnlyList<HolidayRow> Rows { get; init; }
}
