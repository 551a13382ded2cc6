using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Core.Cases;

public sealed class RecordResponseTests
{
    private static readonly Instant Later = At(2026, 12, 1);

    [Fact]
    public void AnExtensionInTimeMovesTheClockOnce()
    {
        var notice = Reply(ReplyKind.Extension, new LocalDate(2026, 4, 7)) with { Reasons = "many requests", ExtendedClock = Clock(extended: true) };
        var extended = RecordResponse.Decide(Waiting(), notice, Later).Case;
        Assert.Equal(CaseState.Extended, extended.State);
        Assert.Equal(new LocalDate(2026, 6, 5), extended.NextDue!.Clock!.Due);
        Assert.Empty(extended.Controllers[0].Replies[0].Faults);

        var second = RecordResponse.Decide(extended, notice with { Received = new LocalDate(2026, 5, 1) }, Later).Case;
        Assert.Equal(extended.Controllers[0].Clock, second.Controllers[0].Clock);
        Assert.Contains("second extension", Assert.Single(second.Controllers[0].Replies[1].Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void AnExtensionAfterTheMonthMovesNothingAndSaysWhy()
    {
        var notice = Reply(ReplyKind.Extension, new LocalDate(2026, 4, 8)) with { Reasons = "many requests", ExtendedClock = Clock(extended: true) };
        var after = RecordResponse.Decide(Waiting(), notice, Later).Case;
        Assert.Equal(Clock(), after.Controllers[0].Clock);
        Assert.Equal(CaseState.Waiting, Waiting().State);
        Assert.NotEqual(CaseState.Extended, after.State);
        var reply = after.Controllers[0].Replies[0];
        Assert.True(reply.Late);
        Assert.False(reply.MovedClock);
        Assert.Contains("2026-04-07", Assert.Single(reply.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void AnExtensionWithoutReasonsIsMarkedButStillMovesTheClock()
    {
        var notice = Reply(ReplyKind.Extension, new LocalDate(2026, 4, 1)) with { ExtendedClock = Clock(extended: true), Until = new LocalDate(2026, 9, 1) };
        var reply = RecordResponse.Decide(Waiting(), notice, Later).Case.Controllers[0].Replies[0];
        Assert.True(reply.MovedClock);
        Assert.Equal(2, reply.Faults.Count);
    }

    [Theory]
    [InlineData(ReplyKind.Identity, CaseState.Paused)]
    [InlineData(ReplyKind.Clarification, CaseState.Paused)]
    [InlineData(ReplyKind.Fee, CaseState.Received)]
    [InlineData(ReplyKind.Acknowledgement, CaseState.Received)]
    public void AQuestionOrAReceiptMovesNoClock(ReplyKind kind, CaseState state)
    {
        var after = RecordResponse.Decide(Waiting(), Reply(kind, new LocalDate(2026, 3, 20)), Later).Case;
        Assert.Equal(Clock(), after.Controllers[0].Clock);
        Assert.Equal(state, after.State);
    }

    [Fact]
    public void AnAcknowledgementStartsAClockThatDidNotRunYet()
    {
        var acknowledgement = Reply(ReplyKind.Acknowledgement, new LocalDate(2026, 3, 9));
        Assert.Throws<Refusal>(() => RecordResponse.Decide(Sent(), acknowledgement, Later));
        var after = RecordResponse.Decide(Sent(), acknowledgement with { ReceiptClock = Clock() }, Later).Case;
        Assert.Equal(Clock(), after.Controllers[0].Clock);
        Assert.Contains("acknowledgement", after.Controllers[0].ReceiptBasis, StringComparison.Ordinal);
    }

    [Fact]
    public void OneControllerThatSaysItIsNoneLeavesTheOtherWaiting()
    {
        var after = RecordResponse.Decide(Waiting(Xiaomi, Huami), Reply(ReplyKind.NotController, new LocalDate(2026, 3, 20)), Later).Case;
        Assert.Equal(CaseState.Waiting, after.State);
        Assert.Equal(Huami, after.NextDue!.Id);
        var both = RecordResponse.Decide(after, Reply(ReplyKind.NotController, new LocalDate(2026, 3, 20)) with { Controller = Huami }, Later).Case;
        Assert.Equal(CaseState.Answered, both.State);
        Assert.Null(both.NextDue);
    }

    [Fact]
    public void AnAnswerEndsTheWaitingAndCancelsWhatWasPlanned()
    {
        var planned = PlanReminders.Decide(Waiting(), new PlanReminders(Xiaomi, [new PlannedReminder("overdue", At(2026, 4, 8))]), Start).Case;
        var decision = RecordResponse.Decide(planned, Reply(ReplyKind.Answer, new LocalDate(2026, 4, 9)), Later);
        Assert.Equal(CaseState.Answered, decision.Case.State);
        Assert.Equal(ReminderState.Cancelled, decision.Case.Reminders[0].State);
        Assert.True(decision.Case.Controllers[0].Replies[0].Late);
        Assert.Equal(["response-recorded", "reminders-planned"], decision.Events.Select(e => e.Kind));
        Assert.False(decision.Case.IsOverdue(new LocalDate(2026, 12, 1)));
    }

    [Fact]
    public void WhatCannotBeIsRefusedWithThePossibleSteps()
    {
        var answer = Reply(ReplyKind.Answer, new LocalDate(2026, 3, 20));
        Assert.Contains("send the access letter", Assert.Throws<Refusal>(() => RecordResponse.Decide(Draft(), answer, Later)).Remedy, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => RecordResponse.Decide(Waiting(), answer with { Received = new LocalDate(2026, 3, 4) }, Later));
        Assert.Throws<Refusal>(() => RecordResponse.Decide(Waiting(), answer with { Received = new LocalDate(2026, 12, 4) }, Later));
        Assert.Throws<Refusal>(() => RecordResponse.Decide(Waiting(), answer with { Controller = "nobody" }, Later));
        Assert.Throws<Refusal>(() => RecordResponse.Decide(Waiting(), answer with { Exhibit = "R-001" }, Later));
        Assert.Throws<Refusal>(() => RecordResponse.Decide(Sent(), answer with { Kind = ReplyKind.Extension, ExtendedClock = Clock(true) }, Later));
    }

    [Fact]
    public void AResponseToALetterOfUnknownOutcomeProvesThatItArrived()
    {
        var queued = QueueLetter.Decide(Draft(), Access(), Start).Case;
        var unknown = RecordSendOutcome.Decide(queued, new RecordSendOutcome("L-001", SendState.Unknown, null), Start).Case;
        Assert.Equal(CaseState.Answered, RecordResponse.Decide(unknown, Reply(ReplyKind.Answer, new LocalDate(2026, 3, 20)), Later).Case.State);
    }

    [Fact]
    public void OverdueIsDerivedFromTheSafeDate()
    {
        Assert.Equal(CaseState.Waiting, Waiting().StateOn(new LocalDate(2026, 4, 7)));
        Assert.Equal(CaseState.Overdue, Waiting().StateOn(new LocalDate(2026, 4, 8)));
        Assert.Equal(CaseState.Waiting, Waiting().State);
        Assert.Equal(CaseState.Sent, Sent().StateOn(new LocalDate(2036, 1, 1)));
    }
}
