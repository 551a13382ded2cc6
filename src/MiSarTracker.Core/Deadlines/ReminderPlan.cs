using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>
/// When a person is told what about the clock of one request. Planned against the safe date; the 30th day has its own
/// reminder, a heads-up and never an accusation. Nothing says "late" while a delay may be lawful.
/// </summary>
public static class ReminderPlan
{
    /// <summary>How long after the safe date a complaint is offered: custom, not law.</summary>
    private const int DaysUntilComplaint = 14;

    /// <summary>The reminders of one deadline, in order of date; two may share a day.</summary>
    /// <param name="deadline">The controller's deadline, extended or not.</param>
    /// <param name="safeDate">See <see cref="SafeDate"/>; never before the deadline's last day.</param>
    public static IReadOnlyList<Reminder> For(Deadline deadline, LocalDate safeDate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(safeDate, deadline.Due);
        var plan = deadline.Extended ? Extended(deadline) : Ordinary(deadline, safeDate);
        return [.. plan.Concat(Late(deadline, safeDate)).OrderBy(reminder => reminder.On).ThenBy(reminder => reminder.Kind)];
    }

    private static IEnumerable<Reminder> Ordinary(Deadline deadline, LocalDate safeDate)
    {
        var thirtieth = EnglishDate.WithWeekday(deadline.ThirtyDays);
        foreach (var (kind, days) in new[] { (ReminderKind.SevenDaysBefore, 7), (ReminderKind.TwoDaysBefore, 2) })
        {
            // A profile's rule may be shorter than 30 days; once its period is over there is nothing to look ahead to.
            var on = deadline.ThirtyDays.PlusDays(-days);
            if (on <= safeDate)
                yield return new(kind, on, $"In {days} days, on {thirtieth}, 30 days will have passed since the controller received your request. {UntilWhen(deadline, safeDate)}");
        }

        yield return new(ReminderKind.ThirtiethDay, deadline.ThirtyDays, $"Today is the 30th day since the controller received your request. {OnThirtieth(deadline, safeDate)}");
    }

    private static IEnumerable<Reminder> Extended(Deadline deadline)
    {
        var due = EnglishDate.WithWeekday(deadline.Due);
        yield return new(ReminderKind.ExtendedSevenDaysBefore, deadline.Due.PlusDays(-7), $"In 7 days, on {due}, the extended period ends. The controller is not late.");
        yield return new(ReminderKind.ExtendedTwoDaysBefore, deadline.Due.PlusDays(-2), $"In 2 days, on {due}, the extended period ends. The controller is not late.");
    }

    private static IEnumerable<Reminder> Late(Deadline deadline, LocalDate safeDate)
    {
        var ended = deadline.Due == safeDate
            ? $"The last day to answer your request was {EnglishDate.WithWeekday(safeDate)}"
            : $"The last day to answer your request was {EnglishDate.WithWeekday(deadline.Due)}, or {EnglishDate.WithWeekday(safeDate)} on the most generous reading of the holidays";
        yield return new(ReminderKind.Overdue, safeDate.PlusDays(1), $"{ended}; unless an answer came that is not recorded here, it is overdue. A reminder letter is ready for you to look at.");
        yield return new(ReminderKind.ComplaintReady, safeDate.PlusDays(1 + DaysUntilComplaint), $"{ended}, and two weeks have passed since. Two weeks is custom, not law: you may wait longer, or complain to an authority (Art. 77 GDPR).");
    }

    private static string UntilWhen(Deadline deadline, LocalDate safeDate)
    {
        var until = $"Thirty days are a rule of thumb; {Measure(deadline)} the controller has until {EnglishDate.WithWeekday(deadline.Due)}";
        return deadline.Due == safeDate ? until + "." : $"{until}, and it is safe to call it late only after {EnglishDate.WithWeekday(safeDate)}.";
    }

    private static string OnThirtieth(Deadline deadline, LocalDate safeDate) =>
        deadline.ThirtyDays > safeDate
            ? $"The period {Measure(deadline)} was shorter than 30 days and ended on {EnglishDate.WithWeekday(deadline.Due)}."
            : $"The controller is not late. {UntilWhen(deadline, safeDate)}";

    private static string Measure(Deadline deadline) => deadline.Rule == CountingRule.OneMonth ? "by law" : $"by the rule {deadline.Rule}";
}

/// <summary>One planned reminder.</summary>
/// <param name="On">The day, local to the person.</param>
/// <param name="Words">What it says, in plain English.</param>
public sealed record Reminder(ReminderKind Kind, LocalDate On, string Words)
{
    /// <summary>Stable within a deadline: stored, and used to fire each reminder once (<c>thirtieth-day</c>).</summary>
    public string Id => Kind switch
    {
        ReminderKind.SevenDaysBefore => "seven-days-before",
        ReminderKind.TwoDaysBefore => "two-days-before",
        ReminderKind.ThirtiethDay => "thirtieth-day",
        ReminderKind.ExtendedSevenDaysBefore => "extended-seven-days-before",
        ReminderKind.ExtendedTwoDaysBefore => "extended-two-days-before",
        ReminderKind.Overdue => "overdue",
        ReminderKind.ComplaintReady => "complaint-ready",
        _ => throw new InvalidOperationException($"A reminder of no kind ({Kind})."),
    };
}

/// <summary>What a reminder is for, in the order of a case's course.</summary>
public enum ReminderKind
{
    SevenDaysBefore,
    TwoDaysBefore,
    ThirtiethDay,
    ExtendedSevenDaysBefore,
    ExtendedTwoDaysBefore,
    Overdue,
    ComplaintReady,
}
