using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Core.Vendors;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>Computes a controller's clock and its reminders from the day of receipt.</summary>
public sealed class Clocks(Templates templates, Settings settings)
{
    /// <summary>
    /// The clock by the holidays of the place where the controller acts. Where it sits outside the Union the law is
    /// silent; its establishment in the Union counts, else the person's own country.
    /// </summary>
    /// <exception cref="Refusal">There is no holiday table for any place that could count.</exception>
    public Clock Of(Controller controller, Person person, LocalDate received, bool extended = false)
    {
        var tables = templates.Holidays();
        var place = new[] { controller.Establishment?.Country, controller.Country, person.Country }
            .OfType<string>().FirstOrDefault(code => tables.All.Any(table => table.Country == code)) ?? person.Country;
        var calendar = tables.For(place);
        var safe = SafeDate.For(received, tables.All.Any(table => table.Country == person.Country) ? [calendar, tables.For(person.Country)] : [calendar], extended: extended);
        var deadline = safe.Deadlines[0];
        return new Clock
        {
            Received = received,
            Country = place,
            Rule = deadline.Rule.ToString(),
            Nominal = deadline.Nominal,
            Due = deadline.Due,
            ThirtyDays = deadline.ThirtyDays,
            Safe = safe.Date,
            Extended = extended,
            Derivation = [.. deadline.Derivation, .. safe.Date == deadline.Due ? [] : safe.Derivation],
        };
    }

    /// <summary>The reminders of a clock, at the hour of the person's day that the settings say.</summary>
    public ValueList<PlannedReminder> Reminders(Clock clock)
    {
        var calendar = templates.Holidays().For(clock.Country);
        var deadline = Deadline.For(clock.Received, calendar, CountingRule.Parse(clock.Rule), clock.Extended);
        var zone = settings.Person.Zone;
        return ReminderPlan.For(deadline, clock.Safe)
            .Select(reminder => new PlannedReminder(reminder.Id, zone.AtLeniently(reminder.On.At(new LocalTime(settings.Reminders.Hour, 0))).ToInstant()))
            .ToValueList();
    }
}
