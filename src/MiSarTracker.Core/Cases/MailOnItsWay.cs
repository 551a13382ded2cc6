using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>A letter's or a reminder's mail, whichever the item names: both go the same way through the outbox.</summary>
internal sealed record MailOnItsWay(Case Case, Letter? Letter, Reminder? Reminder)
{
    public OutgoingMail Mail => Letter?.Mail ?? Reminder!.Mail!;

    public SendState State => Letter?.State ?? Reminder!.MailState!.Value;

    public static MailOnItsWay Of(Case @case, string item)
    {
        if (@case.Reminders.FirstOrDefault(r => r.Number == item) is not { } reminder)
            return new MailOnItsWay(@case, @case.Letter(item), null);
        if (reminder.Mail is null)
            throw new Refusal($"The reminder {item} went out without a mail.");
        return new MailOnItsWay(@case, null, reminder);
    }

    public Case Becomes(SendState state, string? reply, Instant? outcomeAt) => Letter is not null
        ? Case.With(Letter with { State = state, ServerReply = reply, OutcomeAt = outcomeAt })
        : Case.With(Reminder! with { MailState = state, ServerReply = reply });
}
