using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>
/// The day before whose end nobody is called late: the latest last day over every place whose holidays might count
/// (the controller's country, the person's country; the source is silent where the controller sits outside the EU).
/// </summary>
/// <param name="Date">The safe date.</param>
/// <param name="Deadlines">One per place, in the order given, the controller's first.</param>
/// <param name="Derivation">How it was chosen, in plain English sentences.</param>
public sealed record SafeDate(LocalDate Date, IReadOnlyList<Deadline> Deadlines, IReadOnlyList<string> Derivation)
{
    /// <summary>Counts for each place; a place that is named twice counts once.</summary>
    /// <param name="calendars">The controller's first, then the person's; at least one.</param>
    /// <exception cref="Refusal">A day lies outside the years that a table covers.</exception>
    public static SafeDate For(
        LocalDate received, IReadOnlyList<HolidayCalendar> calendars, CountingRule? rule = null, bool extended = false, DerivationWords? words = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(calendars.Count);
        var deadlines = calendars.DistinctBy(calendar => calendar.Code).Select(calendar => Deadline.For(received, calendar, rule, extended)).ToList();
        var date = deadlines.Max(deadline => deadline.Latest);
        words ??= DerivationWords.English;
        return new SafeDate(date, deadlines, [.. deadlines.SelectMany(deadline => Told(deadline, words)), Chosen(date, deadlines, words)]);
    }

    private static IEnumerable<string> Told(Deadline deadline, DerivationWords words)
    {
        yield return words.Say("safe-place", ("place", words.Name(deadline.Calendar)), ("due", words.WithWeekday(deadline.Due)));
        if (deadline.Latest > deadline.Due)
            yield return words.Say("safe-other", ("latest", words.WithWeekday(deadline.Latest)));
    }

    private static string Chosen(LocalDate date, List<Deadline> deadlines, DerivationWords words) =>
        deadlines.All(deadline => deadline.Due == date && deadline.Latest == date)
            ? words.Say("safe-same", ("safe", words.Date(date)))
            : words.Say("safe-latest", ("safe", words.Date(date)));
}
