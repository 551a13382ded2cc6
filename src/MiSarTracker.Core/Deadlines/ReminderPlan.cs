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
    public static IReadOnlyList<Reminder> For(Deadline deadline, LocalDate safeDate) => For(new PlanDates(
        deadline.Due, deadline.ThirtyDays, safeDate, deadline.Extended, deadline.Rule == deadline.Calendar.Table.Regime.Rule ? "by law" : $"by the rule {deadline.Rule}"));

    /// <summary>The same from the dates of a clock.</summary>
    public static IReadOnlyList<Reminder> For(PlanDates dates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dates.Safe, dates.Due, nameof(dates));
        var plan = dates.Extended ? Extended(dates) : Ordinary(dates, dates.Safe);
        return [.. plan.Concat(Late(dates, dates.Safe)).OrderBy(reminder => reminder.On).ThenBy(reminder => reminder.Kind)];
    }

    /// <summary>A letter that still is a draft is asked about once, a week after the case was opened.</summary>
    public static Reminder Draft(LocalDate opened) => new(
        ReminderKind.StillDraft, opened.PlusDays(7), $"You opened this case on {EnglishDate.WithWeekday(opened)}; the letter is still a draft, and no clock runs before the request has arrived.");

    /// <summary>An authority that says nothing about a complaint for three months can be sued (Art. 78(2) GDPR).</summary>
    /// <param name="complained">The day on which the complaint was lodged.</param>
    public static Reminder Complaint(LocalDate complained, string authority) => new(
        ReminderKind.AuthoritySilent,
        complained.PlusMonths(3).PlusDays(1),
        $"You complained to {authority} on {EnglishDate.WithWeekday(complained)}; three months have passed. If it has neither handled the complaint nor told you of its progress, you may go to court against it (Art. 78(2) GDPR). Ask it first; that costs nothing.");

    private static IEnumerable<Reminder> Ordinary(PlanDates deadline, LocalDate safeDate)
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

    private static IEnumerable<Reminder> Extended(PlanDates deadline)
    {
        var due = EnglishDate.WithWeekday(deadline.Due);
        yield return new(ReminderKind.ExtendedSevenDaysBefore, deadline.Due.PlusDays(-7), $"In 7 days, on {due}, the extended period ends. The controller is not late.");
        yield return new(ReminderKind.ExtendedTwoDaysBefore, deadline.Due.PlusDays(-2), $"In 2 days, on {due}, the extended period ends. The controller is not late.");
    }

    private static IEnumerable<Reminder> Late(PlanDates deadline, LocalDate safeDate)
    {
        var ended = deadline.Due == safeDate
            ? $"The last day to answer your request was {EnglishDate.WithWeekday(safeDate)}"
            : $"The last day to answer your request was {EnglishDate.WithWeekday(deadline.Due)}, or {EnglishDate.WithWeekday(safeDate)} on the most generous reading of the holidays";
        yield return new(ReminderKind.Overdue, safeDate.PlusDays(1), $"{ended}; unless an answer came that is not recorded here, it is overdue. A reminder letter is ready for you to look at.");
        yield return new(ReminderKind.ComplaintReady, safeDate.PlusDays(1 + DaysUntilComplaint), $"{ended}, and two weeks have passed since. Two weeks is custom, not law: you may wait longer, or complain to an authority (Art. 77 GDPR).");
    }

    private static string UntilWhen(PlanDates deadline, LocalDate safeDate)
    {
        var until = $"Thirty days are a rule of thumb; {deadline.Measure} the controller has until {EnglishDate.WithWeekday(deadline.Due)}";
        return deadline.Due == safeDate ? until + "." : $"{until}, and it is safe to call it late only after {EnglishDate.WithWeekday(safeDate)}.";
    }

    private static string OnThirtieth(PlanDates deadline, LocalDate safeDate) =>
        deadline.ThirtyDays > safeDate
            ? $"The period {deadline.Measure} was shorter than 30 days and ended on {EnglishDate.WithWeekday(deadline.Due)}."
            : $"The controller is not late. {UntilWhen(deadline, safeDate)}";
}

/// <summary>The dates of a clock that reminders are planned by.</summary>
/// <param name="Safe">Never before <paramref name="Due"/>.</param>
/// <param name="Measure">What says how long the period is: <c>by law</c>, <c>by the rule days:30</c>.</param>
public sealed record PlanDates(LocalDate Due, LocalDate ThirtyDays, LocalDate Safe, bool Extended, string Measure);

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
        ReminderKind.StillDraft => "still-draft",
        ReminderKind.AuthoritySilent => "authority-silent",
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
    StillDraft,
    AuthoritySilent,
}
