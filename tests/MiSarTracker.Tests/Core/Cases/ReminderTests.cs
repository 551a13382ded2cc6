using FsCheck;
using FsCheck.Fluent;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Core.Cases;

public sealed class ReminderTests
{
    private static PlanReminders Plan(params (string Kind, Instant Due)[] wanted) => new(Xiaomi, wanted.Select(w => new PlannedReminder(w.Kind, w.Due)).ToValueList());

    [Fact]
    public void APlanSaidTwiceChangesNothingAndAMovedOneMoves()
    {
        var first = PlanReminders.Decide(Waiting(), Plan(("thirty-days", At(2026, 4, 4)), ("overdue", At(2026, 4, 8))), Start).Case;
        Assert.Equal(["N-001", "N-002"], first.Reminders.Select(r => r.Number));
        Assert.Empty(PlanReminders.Decide(first, Plan(("overdue", At(2026, 4, 8)), ("thirty-days", At(2026, 4, 4))), Start).Events);

        var moved = PlanReminders.Decide(first, Plan(("overdue", At(2026, 6, 6))), Start).Case;
        Assert.Equal([ReminderState.Cancelled, ReminderState.Pending], moved.Reminders.Select(r => r.State));
        Assert.Equal(At(2026, 6, 6), moved.Reminders[1].Due);
        Assert.Equal(2, moved.Reminders.Count);
    }

    [Fact]
    public void AFiredReminderComesAgainOnlyForALaterMoment()
    {
        var planned = PlanReminders.Decide(Waiting(), Plan(("overdue", At(2026, 4, 8))), Start).Case;
        var fired = FireReminder.Decide(planned, new FireReminder("N-001", null), At(2026, 4, 8)).Case;
        Assert.Empty(PlanReminders.Decide(fired, Plan(("overdue", At(2026, 4, 8))), Start).Events);
        var later = PlanReminders.Decide(fired, Plan(("overdue", At(2026, 6, 6))), Start).Case;
        Assert.Equal([ReminderState.Fired, ReminderState.Pending], later.Reminders.Select(r => r.State));
    }

    [Fact]
    public void AReminderFiresOnceAndNotBeforeItIsDue()
    {
        var planned = PlanReminders.Decide(Waiting(), Plan(("overdue", At(2026, 4, 8))), Start).Case;
        Assert.Throws<Refusal>(() => FireReminder.Decide(planned, new FireReminder("N-001", null), At(2026, 4, 8) - Duration.FromMilliseconds(1)));
        var fired = FireReminder.Decide(planned, new FireReminder("N-001", MailOf("n1")), At(2026, 4, 8));
        Assert.Equal(new Dispatch("N-001", MailOf("n1")), Assert.Single(fired.Dispatches));
        Assert.Empty(FireReminder.Decide(fired.Case, new FireReminder("N-001", MailOf("n2")), At(2026, 4, 9)).Events);
    }

    [Fact]
    public void ItsMailGoesTheSameWayAsALetter()
    {
        var planned = PlanReminders.Decide(Waiting(), Plan(("overdue", At(2026, 4, 8))), Start).Case;
        var fired = FireReminder.Decide(planned, new FireReminder("N-001", MailOf("n1")), At(2026, 4, 8)).Case;
        var sent = RecordSendOutcome.Decide(HandMail.Decide(fired, new HandMail("N-001"), Start).Case, new RecordSendOutcome("N-001", SendState.Accepted, "250"), Start).Case;
        Assert.Equal(SendState.Accepted, sent.Reminders[0].MailState);
        Assert.Equal(CaseState.Waiting, sent.State);
    }

    [Fact]
    public void WhateverIsPlannedOneAfterAnotherThePendingOnesAreTheLastPlan()
    {
        var plans = Gen.Choose(0, 5).SelectMany(count => Gen.Choose(0, 200).ArrayOf(count))
            .Select(days => days.Select((day, kind) => new PlannedReminder("kind-" + (day % 4), Start + Duration.FromDays(day) + Duration.FromHours(kind)))
                .DistinctBy(p => p.Kind).ToValueList())
            .ArrayOf(4);
        Prop.ForAll(plans.ToArbitrary(), sequence =>
        {
            var @case = sequence.Aggregate(Waiting(), (c, plan) => PlanReminders.Decide(c, new PlanReminders(Xiaomi, plan), Start).Case);
            var pending = @case.Reminders.Where(r => r.State == ReminderState.Pending).Select(r => (r.Kind, r.Due)).Order();
            Assert.Equal(sequence[^1].Select(p => (p.Kind, p.Due)).Order(), pending);
        }).QuickCheckThrowOnFailure();
    }
}
