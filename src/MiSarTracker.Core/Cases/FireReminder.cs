using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// Fires a reminder that is due, once. With a mail (its bytes in the vault already) that mail is queued in the same
/// transaction; without one the reminder only stands in the history and on the pages.
/// </summary>
public sealed record FireReminder(string Number, OutgoingMail? Mail) : IVerb<FireReminder>
{
    public static Decision Decide(Case @case, FireReminder command, Instant now)
    {
        var reminder = @case.Reminders.FirstOrDefault(r => r.Number == command.Number)
            ?? throw Steps.Refuse(@case, $"{@case.Reference} has no reminder {command.Number}.");
        if (reminder.State != ReminderState.Pending)
            return Decision.Nothing(@case);
        if (reminder.Due > now)
            throw Steps.Refuse(@case, $"{reminder.Number} is due at {Payload.Text(reminder.Due)}, not before.");

        var fired = reminder with
        {
            State = ReminderState.Fired,
            FiredAt = now,
            Mail = command.Mail,
            MailState = command.Mail is null ? null : SendState.Planned,
        };
        var decision = Decision.Of(@case.With(fired), "reminder-fired", $"Reminder {fired.Number} ({fired.Kind}) for {fired.Controller} fired.", Payload.Of(
            ("reminder", fired.Number),
            ("kind", fired.Kind),
            ("due", Payload.Text(fired.Due)),
            ("mail", command.Mail is null ? null : Payload.Of(command.Mail))));
        return command.Mail is { } mail ? decision.Sending(fired.Number, mail) : decision;
    }
}
