using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Storage;

public sealed class ReminderTableTests : TempFolder
{
    [Fact]
    public async Task AReminderFiresOnceWithItsMailAndALedgerEntry()
    {
        using var workspace = await Init();
        var (reference, id) = await Planned(workspace, At(2026, 4, 8));
        var mail = Stored(workspace, MailOf("n1"));
        Assert.Equal(new FireOutcome(FireResult.Fired), await workspace.Reminders.Fire(id, mail, At(2026, 4, 8), Token));
        Assert.Equal(new FireOutcome(FireResult.NothingToDo), await workspace.Reminders.Fire(id, mail, At(2026, 4, 9), Token));
        var @case = workspace.Cases.Get(reference);
        Assert.Equal((ReminderState.Fired, SendState.Planned, mail), (@case.Reminders[0].State, @case.Reminders[0].MailState, @case.Reminders[0].Mail));
        Assert.Equal(mail.MessageId, Assert.Single(await workspace.Outbox.List(false, Token)).MessageId);
        Assert.Single(workspace.Ledger.History(reference), h => h.Kind == "reminder-fired");
        Assert.True((workspace.Verify(cancellationToken: Token)).IsIntact);
    }

    [Fact]
    public async Task OneThatIsAskedTooEarlySaysWhenToAskAgain()
    {
        using var workspace = await Init();
        var (_, id) = await Planned(workspace, At(2026, 4, 8));
        Assert.Equal(new FireOutcome(FireResult.NotDue, At(2026, 4, 8)), await workspace.Reminders.Fire(id, null, At(2026, 4, 8) - Duration.FromMilliseconds(1), Token));
        Assert.Equal(FireResult.Fired, (await workspace.Reminders.Fire(id, null, At(2026, 4, 8), Token)).Result);
        Assert.Empty(await workspace.Outbox.List(true, Token));
    }

    [Fact]
    public async Task AMovedReminderFollowsItsRowAndACancelledOneIsSilent()
    {
        using var workspace = await Init();
        var (reference, id) = await Planned(workspace, At(2026, 4, 8));
        await workspace.Apply(reference, new PlanReminders(Xiaomi, [new PlannedReminder("overdue", At(2026, 6, 6))]), Now, Token);
        Assert.Equal(new FireOutcome(FireResult.NotDue, At(2026, 6, 6)), await workspace.Reminders.Fire(id, null, At(2026, 4, 9), Token));
        await workspace.Apply(reference, new CloseCase(CaseOutcome.Satisfied), Now, Token);
        Assert.Equal(FireResult.NothingToDo, (await workspace.Reminders.Fire(id, null, At(2026, 7, 1), Token)).Result);
        Assert.Equal(FireResult.NothingToDo, (await workspace.Reminders.Fire(999, null, At(2026, 7, 1), Token)).Result);
        Assert.Empty(await workspace.Reminders.Pending(cancellationToken: Token));
    }

    [Fact]
    public async Task PendingOnesComeInTheOrderOfTheirMoments()
    {
        using var workspace = await Init();
        var (late, _) = await Planned(workspace, At(2026, 4, 8));
        var (early, _) = await Planned(workspace, At(2026, 4, 1));
        Assert.Equal([early, late], (await workspace.Reminders.Pending(cancellationToken: Token)).Select(r => r.Case));
        Assert.Equal([early], (await workspace.Reminders.Pending(dueBy: At(2026, 4, 1), cancellationToken: Token)).Select(r => r.Case));
        Assert.Equal([late], (await workspace.Reminders.Pending(late, cancellationToken: Token)).Select(r => r.Case));
        var found = await workspace.Reminders.Find((await workspace.Reminders.Pending(late, cancellationToken: Token))[0].Id, Token);
        Assert.Equal((late, "N-001"), (found!.Case, found.Reminder.Number));
    }

    [Fact]
    public async Task ManyThreadsOnSeveralWorkspacesFireEachOnce()
    {
        const int count = 12;
        using var workspace = await Init();
        var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
        await workspace.Apply(reference, new PlanReminders(Xiaomi, Enumerable.Range(0, count).Select(i => new PlannedReminder("kind-" + i, Now)).ToValueList()), Now, Token);
        var ids = (await workspace.Reminders.Pending(cancellationToken: Token)).Select(r => r.Id).ToList();
        var mail = Stored(workspace, MailOf("n"));
        var fired = await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            using var own = await Open();
            var mine = 0;
            foreach (var id in worker % 2 == 0 ? ids : Enumerable.Reverse(ids))
                mine += (await own.Reminders.Fire(id, mail, Now, Token)).Result == FireResult.Fired ? 1 : 0;
            return mine;
        }, Token)));
        Assert.Equal(count, fired.Sum());
        Assert.Equal(count, (await workspace.Outbox.List(false, Token)).Count);
        Assert.True((workspace.Verify(cancellationToken: Token)).IsIntact);
    }

    private static async Task<(CaseReference Reference, long Id)> Planned(Workspace workspace, Instant due)
    {
        var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
        await workspace.Apply(reference, new PlanReminders(Xiaomi, [new PlannedReminder("overdue", due)]), Now, Token);
        return (reference, (await workspace.Reminders.Pending(reference, cancellationToken: Token))[0].Id);
    }
}
