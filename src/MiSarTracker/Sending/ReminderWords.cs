using System.Globalization;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using NodaTime;
using Reminder = MiSarTracker.Core.Cases.Reminder;

namespace MiSarTracker.Sending;

/// <summary>What a reminder says: a heading, the words of the plan, and what to do next. Dates and names, never a health value.</summary>
/// <param name="Heading">For a subject or a line in a list, without the reference.</param>
/// <param name="Words">Plain sentences about the clock.</param>
/// <param name="NextStep">One sentence.</param>
/// <param name="Command">The command that does it, or null.</param>
public sealed record ReminderWords(string Heading, string Words, string NextStep, string? Command)
{
    /// <summary>The words for a stored reminder, from the clock that its controller has now.</summary>
    /// <param name="holidays">Say which law counts; the dates are those of the clock as it is stored.</param>
    public static ReminderWords Of(Case @case, Reminder reminder, HolidayTables holidays)
    {
        var words = Planned(@case, reminder, holidays);
        return reminder.Kind switch
        {
            "seven-days-before" => new("7 days until the 30th day", words, Wait(@case), Add(@case)),
            "two-days-before" => new("2 days until the 30th day", words, Wait(@case), Add(@case)),
            "thirtieth-day" => new("the 30th day", words, Wait(@case), Add(@case)),
            "extended-seven-days-before" => new("7 days until the extended period ends", words, Wait(@case), Add(@case)),
            "extended-two-days-before" => new("2 days until the extended period ends", words, Wait(@case), Add(@case)),
            "overdue" => new("the time for an answer is over", words,
                "Look at the reminder letter; it goes out only when you approve it.", $"misar letter preview {@case.Reference} --kind reminder"),
            "complaint-ready" => new("you may complain to an authority", words,
                "Look at the draft of a complaint; it goes out only when you approve it.", $"misar letter preview {@case.Reference} --kind complaint"),
            "still-draft" => new("your letter is still a draft", words,
                "Look at the letter; it goes out only when you approve it.", $"misar letter preview {@case.Reference} --kind access"),
            "authority-silent" => new("three months since your complaint", words,
                "If the authority answered, put it on the record.", $"misar case show {@case.Reference}"),
            _ => new(reminder.Kind.Replace('-', ' '), words, "Look at the case.", $"misar case show {@case.Reference}"),
        };
    }

    private static string Planned(Case @case, Reminder reminder, HolidayTables holidays)
    {
        const string nothing = "A reminder about your request is due.";
        if (reminder.Kind == "still-draft")
            return ReminderPlan.Draft(@case.OpenedAt.InUtc().Date).Words;
        if (reminder.Kind == "authority-silent")
            return @case.Complaints is [.., var complaint] ? ReminderPlan.Complaint(complaint.On, complaint.Name).Words : nothing;
        if (@case.Controller(reminder.Controller).Clock is not { } clock)
            return nothing;
        return clock.Safe >= clock.Due && ReminderPlan.For(Journey.Clocks.Dates(clock, holidays)).FirstOrDefault(planned => planned.Id == reminder.Kind)?.Words is { } words
            ? words
            : Dates(clock);
    }

    private static string Dates(Clock clock) =>
        $"By law the controller has until {Written(clock.Due)}; it is safe to call it late only after {Written(clock.Safe)}.";

    private static string Wait(Case @case) => $"There is nothing to do but to wait. If an answer came, add it to {@case.Reference}.";

    private static string Add(Case @case) => $"misar response add {@case.Reference} FILE";

    internal static string Written(LocalDate date) => date.ToString("dddd, d MMMM uuuu", CultureInfo.InvariantCulture);
}
