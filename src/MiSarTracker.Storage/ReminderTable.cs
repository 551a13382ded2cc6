using Microsoft.EntityFrameworkCore;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage.Model;
using NodaTime;

namespace MiSarTracker.Storage;

/// <summary>A reminder with the id that a job carries.</summary>
public sealed record StoredReminder(long Id, CaseReference Case, Reminder Reminder);

/// <summary>What became of the wish to fire a reminder.</summary>
public enum FireResult
{
    /// <summary>This call fired it.</summary>
    Fired,

    /// <summary>It was fired before, was cancelled, or its case is gone: nothing to do.</summary>
    NothingToDo,

    /// <summary>It is not due yet (it was moved, or the scheduler ran early): schedule it again.</summary>
    NotDue,
}

/// <param name="ScheduleAt">Set with <see cref="FireResult.NotDue"/>: when it is due.</param>
public sealed record FireOutcome(FireResult Result, Instant? ScheduleAt = null);

/// <summary>
/// The reminders of all cases. This table is the truth: a scheduler only says when to look, may look twice or late, and
/// is told everything anew when the service starts.
/// </summary>
public sealed class ReminderTable
{
    private readonly Database database;
    private readonly CaseStore store;

    internal ReminderTable(Database database, CaseStore store)
    {
        this.database = database;
        this.store = store;
    }

    /// <summary>What is pending, first due first; of one case only, or due at a moment only, when given.</summary>
    public Task<IReadOnlyList<StoredReminder>> Pending(CaseReference? reference = null, Instant? dueBy = null, CancellationToken cancellationToken = default) =>
        database.Read(async context =>
        {
            var rows = context.Reminders.AsNoTracking().Where(r => r.State == ReminderState.Pending);
            if (dueBy is { } moment)
                rows = rows.Where(r => r.Due <= moment);
            var joined = rows.Join(context.Cases, r => r.CaseId, c => c.Id, (r, c) => new { Reminder = r, c.Year, c.Number });
            if (reference is { } only)
                joined = joined.Where(p => p.Year == only.Year && p.Number == only.Number);
            var found = await joined.OrderBy(p => p.Reminder.Due).ThenBy(p => p.Reminder.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
            return (IReadOnlyList<StoredReminder>)[.. found.Select(p =>
                new StoredReminder(p.Reminder.Id, new CaseReference(p.Year, p.Number), CaseReading.ToReminder(p.Reminder)))];
        }, cancellationToken);

    /// <summary>One reminder with its case's reference; null when it is gone.</summary>
    public Task<StoredReminder?> Find(long id, CancellationToken cancellationToken = default) => database.Read(async context =>
    {
        var found = await context.Reminders.AsNoTracking().Where(r => r.Id == id)
            .Join(context.Cases, r => r.CaseId, c => c.Id, (r, c) => new { Reminder = r, c.Year, c.Number })
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return found is null ? null : new StoredReminder(found.Reminder.Id, new CaseReference(found.Year, found.Number), CaseReading.ToReminder(found.Reminder));
    }, cancellationToken);

    /// <summary>
    /// Fires a reminder if it is pending and due: the claim, the case, the ledger and the outbox's row in one transaction,
    /// so that of many who try one wins, and a crash in between leaves it pending.
    /// </summary>
    /// <param name="mail">Its mail, whose bytes stand in the vault already; null for a reminder without one.</param>
    public Task<FireOutcome> Fire(long id, OutgoingMail? mail, Instant now, CancellationToken cancellationToken = default) => database.Write(async writing =>
    {
        var context = writing.Context;
        var found = await context.Reminders.AsNoTracking().Where(r => r.Id == id)
            .Select(r => new { r.CaseId, r.Number, r.State, r.Due }).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (found is null)
            return new FireOutcome(FireResult.NothingToDo);

        // Loaded before the claim, to decide on the case as it was; the conditional UPDATE then says who decides.
        var row = CaseStore.Load(writing, found.CaseId);
        var won = await context.Reminders
            .Where(r => r.Id == id && r.State == ReminderState.Pending && r.Due <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, ReminderState.Fired), cancellationToken).ConfigureAwait(false);
        if (won == 0)
            return found.State == ReminderState.Pending ? new FireOutcome(FireResult.NotDue, found.Due) : new FireOutcome(FireResult.NothingToDo);
        var decision = FireReminder.Decide(CaseReading.ToCase(row), new FireReminder(found.Number, mail), now);
        store.Save(writing, row, decision, now);
        return new FireOutcome(FireResult.Fired);
    }, cancellationToken);
}
