using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>
/// The last day on which a request may be answered in time, and how it was found. All dates are local to the
/// controller's country.
/// </summary>
public sealed record Deadline
{
    private Deadline()
    {
    }

    /// <summary>The day on which the request reached the controller; not counted itself.</summary>
    public required LocalDate Received { get; init; }

    /// <summary>How the first period is counted; an extended period is counted by <see cref="CountingRule.Extended"/> of it.</summary>
    public required CountingRule Rule { get; init; }

    /// <summary>Whether the controller took the two further months of Art. 12(3) GDPR.</summary>
    public required bool Extended { get; init; }

    /// <summary>The last day before weekends and holidays are looked at.</summary>
    public required LocalDate Nominal { get; init; }

    /// <summary>The last day by law; always a working day, never before <see cref="Nominal"/>.</summary>
    public required LocalDate Due { get; init; }

    /// <summary>The latest day on any reading of the country's holidays (regional ones, doubtful ones); never before <see cref="Due"/>.</summary>
    public LocalDate Latest => LatestFrom(Calendar, Nominal);

    /// <summary>The last day on which a notice of extension is in time: the end of the first period, extended or not.</summary>
    public required LocalDate NoticeBy { get; init; }

    /// <summary>Receipt plus 30 days: the rule of thumb, shown beside the law's date.</summary>
    public required LocalDate ThirtyDays { get; init; }

    /// <summary>The days between <see cref="Nominal"/> and <see cref="Due"/> that no one has to work on, in order.</summary>
    public required IReadOnlyList<SkippedDay> Skipped { get; init; }

    /// <summary>Whose working days were counted.</summary>
    public required HolidayCalendar Calendar { get; init; }

    /// <summary>How the date was found, step by step, in plain English sentences.</summary>
    public IReadOnlyList<string> Derivation => Deadlines.Derivation.Of(this, DerivationWords.English);

    /// <summary>The same in another language.</summary>
    public IReadOnlyList<string> DerivationIn(DerivationWords words) => Deadlines.Derivation.Of(this, words);

    /// <summary>
    /// Counts by Regulation (EEC, Euratom) No 1182/71: the day of receipt is not counted (Art. 3(1)); a period in months ends
    /// on the day with the same number, or on the last day of the month (Art. 3(2)(c)); Saturday, Sunday and public
    /// holiday at its end are passed over (Art. 3(4)). An extended period is counted from receipt too.
    /// </summary>
    /// <param name="calendar">The place where the controller has to act.</param>
    /// <param name="rule">Null for the one of the place's law: <see cref="CountingRule.OneMonth"/>, in Switzerland 30 days.</param>
    /// <exception cref="Refusal">A day lies outside the years that the calendar's table covers, or the place's law knows no two further months.</exception>
    public static Deadline For(LocalDate received, HolidayCalendar calendar, CountingRule? rule = null, bool extended = false)
    {
        var regime = calendar.Table.Regime;
        rule ??= regime.Rule;
        if (extended && !regime.KnowsFurtherMonths)
        {
            throw new Refusal(
                $"The law {DerivationWords.English.In(calendar)} knows no two further months: a controller that needs longer names the day itself (Art. 18(2) of the Swiss Data Protection Ordinance).",
                "Record its notice with the day that it named: misar response record REF --kind extension --until DATE.");
        }

        var nominal = Add(calendar.Covered(received), extended ? rule.Extended() : rule);
        var due = calendar.WorkingDayFrom(nominal);
        return new Deadline
        {
            Received = received,
            Rule = rule,
            Extended = extended,
            Nominal = nominal,
            Due = due,
            NoticeBy = calendar.WorkingDayFrom(Add(received, rule)),
            ThirtyDays = received.PlusDays(30),
            Skipped = Skip(nominal, due, calendar),
            Calendar = calendar,
        };
    }

    /// <summary>The first day from <paramref name="nominal"/> on that is a working day on every reading of the country's holidays.</summary>
    internal static LocalDate LatestFrom(HolidayCalendar calendar, LocalDate nominal) =>
        Places(calendar).Append(calendar).Max(place => place.CertainWorkingDayFrom(nominal));

    /// <summary>The regions whose holidays may matter because none was named; empty when one was.</summary>
    internal static IReadOnlyCollection<HolidayCalendar> Places(HolidayCalendar calendar) =>
        calendar.Region == calendar.Table.DefaultRegion ? calendar.Table.RegionalCalendars : [];

    private static LocalDate Add(LocalDate received, CountingRule rule) =>
        rule.InMonths ? received.PlusMonths(rule.Count) : received.PlusDays(rule.Count);

    private static List<SkippedDay> Skip(LocalDate nominal, LocalDate due, HolidayCalendar calendar)
    {
        var skipped = new List<SkippedDay>();
        for (var date = nominal; date < due; date = date.PlusDays(1))
            skipped.Add(new SkippedDay(date, calendar.HolidaysOn(date)));
        return skipped;
    }
}

/// <summary>A day that a period cannot end on.</summary>
/// <param name="Holidays">Its public holidays; empty for an ordinary Saturday or Sunday.</param>
public sealed record SkippedDay(LocalDate Date, IReadOnlyList<Holiday> Holidays);
