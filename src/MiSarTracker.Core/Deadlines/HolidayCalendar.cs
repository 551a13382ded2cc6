using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>
/// The working days of one place: a country's national holidays, or a region's. Immutable; all its years are computed
/// when it is made (a few hundred days).
/// </summary>
public sealed class HolidayCalendar
{
    private readonly ILookup<LocalDate, Holiday> _certain;
    private readonly ILookup<LocalDate, Holiday> _doubtful;

    internal HolidayCalendar(HolidayTable table, string? region)
    {
        Table = table;
        Region = region;
        var kept = table.Rows.Where(row => row.AppliesIn(region)).SelectMany(DaysOf).ToList();
        var certain = kept.Where(day => day.Row.Doubt is null).OrderBy(day => day.Date).ToList();
        var doubtful = kept.Where(day => day.Row.Doubt is not null).OrderBy(day => day.Date).ToList();
        var taken = certain.Select(day => day.Date).ToHashSet();
        _certain = WithOwn(certain.Select(AsHoliday).Concat(Substitutes(certain, taken)), table.Own).ToLookup(holiday => holiday.Date);
        _doubtful = Without(doubtful.Select(AsHoliday).Concat(Substitutes(doubtful, taken)), table.Own).ToLookup(holiday => holiday.Date);
    }

    /// <summary>The table that it comes from.</summary>
    public HolidayTable Table { get; }

    /// <summary>The region whose holidays are counted beside the national ones, or null for none.</summary>
    public string? Region { get; }

    /// <summary><c>NL</c>, <c>DE-BY</c>, or <c>GB</c> for the default region of the country.</summary>
    public string Code => Region is null || Region == Table.DefaultRegion ? Table.Country : Region;

    /// <summary>The place as it stands in a sentence: <c>the Netherlands</c>, <c>Bavaria</c>, <c>England and Wales</c>.</summary>
    public string Name => Region is null ? Table.Name : Table.Regions[Region];

    /// <summary>Whether people are expected to work: no Saturday, no Sunday, no public holiday.</summary>
    /// <exception cref="Refusal">The day lies outside the years that the table covers.</exception>
    public bool IsWorkingDay(LocalDate date) => !IsWeekend(Covered(date)) && !_certain.Contains(date);

    /// <summary>The public holidays of that day, whatever the weekday; none for most days.</summary>
    /// <exception cref="Refusal">The day lies outside the years that the table covers.</exception>
    public IReadOnlyList<Holiday> HolidaysOn(LocalDate date) => [.. _certain[Covered(date)]];

    /// <summary>Days off that may or may not count as public holidays; see <see cref="HolidayRow.Doubt"/>.</summary>
    /// <exception cref="Refusal">The day lies outside the years that the table covers.</exception>
    public IReadOnlyList<Holiday> DoubtfulOn(LocalDate date) => [.. _doubtful[Covered(date)]];

    /// <summary>The first working day on or after <paramref name="date"/>.</summary>
    /// <exception cref="Refusal">It lies outside the years that the table covers.</exception>
    public LocalDate WorkingDayFrom(LocalDate date)
    {
        while (!IsWorkingDay(date))
            date = date.PlusDays(1);
        return date;
    }

    /// <summary>As <see cref="WorkingDayFrom"/>, but doubtful days are skipped as well.</summary>
    /// <exception cref="Refusal">It lies outside the years that the table covers.</exception>
    public LocalDate CertainWorkingDayFrom(LocalDate date)
    {
        while (!IsWorkingDay(date) || _doubtful.Contains(date))
            date = date.PlusDays(1);
        return date;
    }

    /// <summary>Saturday or Sunday: no working day anywhere (Regulation 1182/71, Art. 2(2)).</summary>
    public static bool IsWeekend(LocalDate date) => date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    public override string ToString() => Code;

    private IEnumerable<(HolidayRow Row, LocalDate Date)> DaysOf(HolidayRow row) =>
        from year in Enumerable.Range(Table.FirstYear, Table.LastYear - Table.FirstYear + 1)
        let date = row.In(year)
        where date is not null
        select (row, date.Value);

    /// <param name="days">In order of date, so that of two holidays on one weekend the first gets the first free day.</param>
    /// <param name="taken">Days that are holidays already; grows by the substitutes.</param>
    private static List<Holiday> Substitutes(IReadOnlyList<(HolidayRow Row, LocalDate Date)> days, HashSet<LocalDate> taken)
    {
        var substitutes = new List<Holiday>();
        foreach (var (row, date) in days.Where(day => day.Row.SubstitutedOn.Contains(day.Date.DayOfWeek)))
        {
            var substitute = date.PlusDays(1);
            while (IsWeekend(substitute) || taken.Contains(substitute))
                substitute = substitute.PlusDays(1);
            taken.Add(substitute);
            substitutes.Add(new Holiday(substitute, $"the substitute day for {row.Name}", row.LocalName, row.Source, row.Doubt) { SubstituteFor = row.Name });
        }

        return substitutes;
    }

    private static IEnumerable<Holiday> WithOwn(IEnumerable<Holiday> holidays, OwnHolidays? own) =>
        Without(holidays, own).Concat(own?.Added.Select(day => new Holiday(day.Date, day.Name, day.Name, $"your own list: {day.Reason}", null)) ?? []);

    private static IEnumerable<Holiday> Without(IEnumerable<Holiday> holidays, OwnHolidays? own) =>
        own is null ? holidays : holidays.Where(holiday => own.Removed.All(day => day.Date != holiday.Date));

    private static Holiday AsHoliday((HolidayRow Row, LocalDate Date) day) =>
        new(day.Date, day.Row.Name, day.Row.LocalName, day.Row.Source, day.Row.Doubt);

    /// <summary>The day itself.</summary>
    /// <exception cref="Refusal">It lies outside the years that the table covers.</exception>
    internal LocalDate Covered(LocalDate date) =>
        date.Year >= Table.FirstYear && date.Year <= Table.LastYear
            ? date
            : throw new Refusal(
                $"The holiday table for {Table.Name} covers the years {Table.FirstYear} to {Table.LastYear}; {IsoDate.Text(date)} lies outside, so no deadline can be computed.",
                "Check the date. If it is right, extend the table in templates/holidays.");
}
