using Hangfire;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Sending;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Service;

/// <summary>
/// Fires one reminder. The mail's bytes go into the vault first; then the claim, the history and the outbox's row are
/// one transaction, so that a crash anywhere leaves either a pending reminder or a queued mail.
/// </summary>
public sealed class ReminderJob(ServiceParts parts, IReminderScheduler scheduler, OutboxJob outbox, ILogger<ReminderJob> log)
{
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [10, 60, 300, 900, 3600], OnAttemptsExceeded = AttemptsExceededAction.Fail)]
    public async Task Run(long id, CancellationToken cancellationToken)
    {
        if (!parts.Settings.Reminders.Enabled)
            return;
        var outcome = await Fire(id, cancellationToken).ConfigureAwait(false);
        if (outcome is { Result: FireResult.NotDue, ScheduleAt: { } due })
            scheduler.Schedule(id, due);
        if (outcome.Result == FireResult.Fired)
            await outbox.Run(cancellationToken).ConfigureAwait(false);
    }

    private async Task<FireOutcome> Fire(long id, CancellationToken cancellationToken)
    {
        var workspace = parts.Workspace;
        var now = parts.Clock.GetCurrentInstant();
        if (await workspace.Reminders.Find(id, cancellationToken).ConfigureAwait(false) is not { } stored || stored.Reminder.State != ReminderState.Pending)
            return new FireOutcome(FireResult.NothingToDo);
        if (stored.Reminder.Due > now)
            return new FireOutcome(FireResult.NotDue, stored.Reminder.Due);
        var @case = workspace.Cases.Get(stored.Case);
        if (@case.State is CaseState.Closed or CaseState.Erased || (stored.Reminder.Kind == "still-draft" && (@case.State != CaseState.Draft || SweepJob.IsOnItsWay(@case))))
            return new FireOutcome(FireResult.NothingToDo);
        return await workspace.Reminders.Fire(id, Store(@case, stored.Reminder, now), now, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Null when no mail can be sent: the reminder then stands in the history and on the pages.</returns>
    private OutgoingMail? Store(Case @case, Reminder reminder, Instant now)
    {
        if (!parts.SendsMail)
            return null;
        var words = ReminderWords.Of(@case, reminder, parts.Templates.Holidays());
        try
        {
            var mail = ReminderMail.Compose(@case, reminder, words, now, parts.Settings.Person.Zone);
            parts.Workspace.Vault.Store(mail.Bytes);
            return ReminderMail.Outgoing(mail, @case, words);
        }
        catch (BadInput fault)
        {
            Messages.NoReminderMail(log, @case.Reference.ToString(), reminder.Number, fault.Message);
            return null;
        }
    }
}
