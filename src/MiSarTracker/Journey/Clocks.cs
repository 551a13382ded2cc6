using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Core.Vendors;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>Computes a controller's clock and its reminders from the day of receipt.</summary>
public sealed class Clocks(Templates templates, Settings settings)
{
    private readonly Lazy<HolidayTables> _tables = new(templates.Holidays);

    /// <summary>
    /// The clock by the holidays of the place where the controller acts. Where it sits outside the Union the law is
    /// silent; its establishment in the Union counts, else the person's own country.
    /// </summary>
    /// <exception cref="Refusal">There is no holiday table for any place that could count.</exception>
    public Clock Of(Controller controller, Person person, LocalDate received, bool extended = false) =>
        Of(controller, person, "en", new ClockFacts(received, extended));

    /// <inheritdoc cref="Of(Controller, Person, LocalDate, bool)"/>
    /// <param name="language">Of the derivation: the case's.</param>
    public Clock Of(Controller controller, Person person, string language, ClockFacts facts)
    {
        var (tables, words) = (_tables.Value, templates.DerivationWords(language));
        var place = new[] { controller.Establishment?.Country, controller.Country, person.Country }
            .OfType<string>().FirstOrDefault(code => tables.All.Any(table => table.Country == code)) ?? person.Country;
        var calendar = tables.For(place);
        var named = facts.Extended && !calendar.Table.Regime.KnowsFurtherMonths;
        IReadOnlyList<HolidayCalendar> calendars =
            tables.All.Any(table => table.Country == person.Country && (table.Regime.KnowsFurtherMonths || !facts.Extended || named)) ? [calendar, tables.For(person.Country)] : [calendar];
        var safe = SafeDate.For(facts.Received, calendars, facts.Rule, facts.Extended && !named, words);
        var lawful = facts.Rule is null ? safe : SafeDate.For(facts.Received, calendars, null, facts.Extended && !named, words);
        var deadline = safe.Deadlines[0];
        var clock = new Clock
        {
            Received = facts.Received,
            Country = place,
            Rule = deadline.Rule.ToString(),
            Nominal = deadline.Nominal,
            Due = deadline.Due,
            ThirtyDays = deadline.ThirtyDays,
            Safe = LocalDate.Max(safe.Date, lawful.Date),
            Extended = facts.Extended,
            Derivation =
            [
                .. deadline.DerivationIn(words),
                .. safe.Date == deadline.Due ? [] : safe.Derivation,
                .. lawful.Date > safe.Date ? lawful.Deadlines[0].DerivationIn(words).Concat(lawful.Derivation) : [],
            ],
        };
        clock = named ? Named(clock, facts.Until, words) : clock;
        return facts.Pauses.Count == 0 || named ? clock : Paused(clock, Suspension.Of(lawful.Date > safe.Date ? lawful : safe, facts.Pauses, words), deadline.Due);
    }

    /// <summary>The reminders of a clock, at the hour of the person's day that the settings say.</summary>
    public ValueList<PlannedReminder> Reminders(Clock clock) => Planned(ReminderPlan.For(Dates(clock, _tables.Value)));

    /// <summary>The one reminder about a letter that still is a draft.</summary>
    public ValueList<PlannedReminder> DraftReminder(Instant opened) => Planned([ReminderPlan.Draft(opened.InZone(settings.Person.Zone).Date)]);

    /// <summary>The one reminder about a complaint.</summary>
    public ValueList<PlannedReminder> ComplaintReminder(LocalDate complained, string authority) => Planned([ReminderPlan.Complaint(complained, authority)]);

    /// <summary>What a plan of reminders needs to know of a clock.</summary>
    public static PlanDates Dates(Clock clock, HolidayTables tables)
    {
        var isLaw = tables.All.FirstOrDefault(table => table.Country == clock.Country.Split('-')[0])?.Regime.Rule.Name is { } law ? law == clock.Rule : clock.Rule == CountingRule.OneMonth.Name;
        return new PlanDates(clock.Due, clock.ThirtyDays, clock.Safe, clock.Extended, isLaw ? "by law" : $"by the rule {clock.Rule}");
    }

    /// <param name="due">The last day without a pause, by the rule that the profile chose.</param>
    private static Clock Paused(Clock clock, Suspension suspension, LocalDate due) => clock with
    {
        Due = suspension.Due == suspension.Without ? due : suspension.Due,
        Safe = LocalDate.Max(clock.Safe, suspension.Safe),
        WithoutPause = suspension.Without == suspension.Due ? due : suspension.Without,
        WithPause = suspension.With,
        Derivation = [.. clock.Derivation, .. suspension.Derivation],
    };

    /// <summary>Swiss law sets no end to an extension: the controller names the day.</summary>
    private static Clock Named(Clock clock, LocalDate? until, DerivationWords words)
    {
        if (until is not { } day)
            throw new Refusal("By Swiss law a controller that needs longer names the day of its answer (Art. 18(2) of the Data Protection Ordinance).", "Add that day with --until.");
        return day < clock.Due
            ? throw new Refusal($"{IsoDate.Text(day)} lies before {IsoDate.Text(clock.Due)}, the last day without an extension.")
            : clock with { Due = day, Safe = LocalDate.Max(day, clock.Safe), Derivation = [.. clock.Derivation, words.Say("named", ("until", words.WithWeekday(day)))] };
    }

    private ValueList<PlannedReminder> Planned(IEnumerable<Core.Deadlines.Reminder> plan)
    {
        var zone = settings.Person.Zone;
        return plan
            .Select(reminder => new PlannedReminder(reminder.Id, zone.AtLeniently(reminder.On.At(new LocalTime(settings.Reminders.Hour, 0))).ToInstant()))
            .ToValueList();
    }
}

/// <summary>What a clock is computed from, beside the places.</summary>
/// <param name="Until">The day that the controller named for an extension; only Swiss law asks for it.</param>
public sealed record ClockFacts(LocalDate Received, bool Extended, LocalDate? Until = null)
{
    public ValueList<Pause> Pauses { get; init; }

    /// <summary>The rule that the vendor's profile chooses; null for the law of the place.</summary>
    public CountingRule? Rule { get; init; }

    /// <summary>The same with the rule of a profile.</summary>
    public ClockFacts By(VendorProfile profile) => this with { Rule = CountingRule.TryParse(profile.Rule) };
}
