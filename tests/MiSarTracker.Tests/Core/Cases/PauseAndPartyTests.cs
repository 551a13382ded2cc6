using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Core.Cases;

public sealed class PauseAndPartyTests
{
    private static readonly Instant Later = At(2026, 12, 1);

    private static readonly Clock Asked = Clock() with { WithoutPause = new LocalDate(2026, 4, 7) };

    private static readonly Clock Answered = Asked with { WithPause = new LocalDate(2026, 4, 15), Safe = new LocalDate(2026, 4, 15) };

    [Fact]
    public void AQuestionPausesAndNobodyIsLateOrNaggedWhileItIsOpen()
    {
        var planned = PlanReminders.Decide(Waiting(), new PlanReminders(Xiaomi, [new PlannedReminder("overdue", At(2026, 4, 8))]), Start).Case;
        var paused = RecordResponse.Decide(planned, Reply(ReplyKind.Identity, new LocalDate(2026, 3, 10)) with { PausedClock = Asked }, Later).Case;
        Assert.Equal((CaseState.Paused, CaseState.Paused), (paused.State, paused.StateOn(new LocalDate(2027, 1, 1))));
        Assert.False(paused.IsOverdue(new LocalDate(2027, 1, 1)));
        Assert.Null(paused.NextDue);
        Assert.Equal(ReminderState.Cancelled, paused.Reminders[0].State);
        Assert.Equal(new Pause(PauseKind.Identity, new LocalDate(2026, 3, 10), null), Assert.Single(paused.Controllers[0].Pauses));
        var letter = Access() with { Kind = LetterKinds.Reminder, Mail = MailOf("reminder") };
        Assert.Contains("not answered yet", Assert.Throws<Refusal>(() => QueueLetter.Decide(paused, letter, Later)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAnswerEndsThePauseWithBothDates()
    {
        var paused = RecordResponse.Decide(Waiting(), Reply(ReplyKind.Clarification, new LocalDate(2026, 3, 10)) with { PausedClock = Asked }, Later).Case;
        Assert.Throws<Refusal>(() => AnswerQuestion.Decide(paused, new AnswerQuestion(Xiaomi, new LocalDate(2026, 3, 9), null), Later));
        var after = AnswerQuestion.Decide(paused, new AnswerQuestion(Xiaomi, new LocalDate(2026, 3, 20), Answered), Later).Case;
        Assert.Equal(CaseState.Received, after.State);
        Assert.Equal(CaseState.Received, after.StateOn(new LocalDate(2026, 4, 15)));
        Assert.Equal(CaseState.Overdue, after.StateOn(new LocalDate(2026, 4, 16)));
        Assert.Contains("no open question", Assert.Throws<Refusal>(() => AnswerQuestion.Decide(after, new AnswerQuestion(Xiaomi, new LocalDate(2026, 3, 20), null), Later)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExtendedPeriodStaysExtendedAfterAQuestion()
    {
        var notice = Reply(ReplyKind.Extension, new LocalDate(2026, 4, 1)) with { Reasons = "many", ExtendedClock = Clock(extended: true) };
        var extended = RecordResponse.Decide(Waiting(), notice, Later).Case;
        var paused = RecordResponse.Decide(extended, Reply(ReplyKind.Identity, new LocalDate(2026, 4, 10)), Later).Case;
        Assert.Equal(CaseState.Paused, paused.State);
        Assert.Equal(CaseState.Extended, AnswerQuestion.Decide(paused, new AnswerQuestion(Xiaomi, new LocalDate(2026, 4, 12), null), Later).Case.State);
    }

    [Fact]
    public void AQuestionAfterTheLastDayPausesNothing()
    {
        var after = RecordResponse.Decide(Waiting(), Reply(ReplyKind.Identity, new LocalDate(2026, 4, 9)), Later).Case;
        Assert.Equal(CaseState.Overdue, after.StateOn(new LocalDate(2026, 4, 10)));
        Assert.Empty(after.Controllers[0].Pauses);
        Assert.True(after.Controllers[0].Replies[0].Late);
    }

    [Fact]
    public void AnAnswerThatCameWhileAQuestionWasOpenIsNeverCalledLate()
    {
        var paused = RecordResponse.Decide(Waiting(), Reply(ReplyKind.Identity, new LocalDate(2026, 3, 10)), Later).Case;
        var answered = RecordResponse.Decide(paused, Reply(ReplyKind.Answer, new LocalDate(2026, 6, 1)), Later).Case;
        Assert.Equal(CaseState.Answered, answered.State);
        Assert.False(answered.Controllers[0].Replies[1].Late);
        Assert.Empty(answered.Controllers[0].Replies[1].Faults);
        var notice = Reply(ReplyKind.Extension, new LocalDate(2026, 4, 20)) with { Reasons = "many", ExtendedClock = Clock(extended: true) };
        var extended = RecordResponse.Decide(paused, notice, Later).Case.Controllers[0];
        Assert.True(extended is { Clock.Extended: true, State: ControllerState.Paused });
    }

    [Fact]
    public void APartialAnswerLeavesTheClockRunning()
    {
        var after = RecordResponse.Decide(Waiting(), Reply(ReplyKind.PartialAnswer, new LocalDate(2026, 3, 20)), Later).Case;
        Assert.Equal((CaseState.AnsweredInPart, CaseState.Overdue), (after.State, after.StateOn(new LocalDate(2026, 4, 8))));
        Assert.Equal(CaseState.Answered, RecordResponse.Decide(after, Reply(ReplyKind.Answer, new LocalDate(2026, 4, 1)), Later).Case.State);
    }

    [Fact]
    public void NotTheControllerAskXOpensTheLinkedRequestInOneStep()
    {
        var redirect = new Redirect(Xiaomi, new LocalDate(2026, 3, 12), "Mi Fit is a product of Huami.");
        var ask = new AddController { Id = Huami, Name = "Anhui Huami", Redirect = redirect };
        var decision = RecordResponse.Decide(Waiting(), Reply(ReplyKind.NotController, new LocalDate(2026, 3, 12)) with { Ask = ask }, Later);
        Assert.Equal(["response-recorded", "controller-added"], decision.Events.Select(e => e.Kind));
        var added = decision.Case.Controller(Huami);
        Assert.Equal((ControllerState.Draft, redirect), (added.State, added.Redirect));
        Assert.Null(added.Clock);
        Assert.Equal((CaseState.Draft, Huami), (decision.Case.State, decision.Case.NextAsked!.Id));
        Assert.Throws<Refusal>(() => RecordResponse.Decide(Waiting(), Reply(ReplyKind.Answer, new LocalDate(2026, 3, 12)) with { Ask = ask }, Later));
        Assert.Equal(["response-recorded", "controller-named"], RecordResponse.Decide(Waiting(Xiaomi, Huami), Reply(ReplyKind.NotController, new LocalDate(2026, 3, 12)) with { Ask = ask }, Later).Events.Select(e => e.Kind));
    }

    [Fact]
    public void APartyOfOnesOwnNeedsAWayToReachItAndACountry()
    {
        var party = new AddController { Id = "eu-rep", Name = "Rep BV", Contact = new Contact("rep@example.org", "NL", [], PartyRole.Representative, "the privacy policy") };
        Assert.Equal(PartyRole.Representative, AddController.Decide(Draft(), party, Start).Case.Controller("eu-rep").Contact!.Role);
        Assert.Throws<Refusal>(() => AddController.Decide(Draft(), party with { Contact = party.Contact! with { Email = null } }, Start));
        Assert.Throws<Refusal>(() => AddController.Decide(Draft(), party with { Contact = party.Contact! with { Country = "Holland" } }, Start));
        Assert.Throws<Refusal>(() => AddController.Decide(Draft(), party with { Id = "EU rep" }, Start));
        Assert.Throws<Refusal>(() => AddController.Decide(Draft(), party with { Id = Xiaomi }, Start));
    }

    [Fact]
    public void AReminderLetterThatWentOutMakesItReminded()
    {
        var queued = QueueLetter.Decide(Waiting(), Access() with { Kind = LetterKinds.Reminder, Mail = MailOf("reminder") }, At(2026, 4, 9)).Case;
        var sent = RecordSendOutcome.Decide(HandMail.Decide(queued, new HandMail("L-002"), At(2026, 4, 9)).Case, new RecordSendOutcome("L-002", SendState.Accepted, "250"), At(2026, 4, 9)).Case;
        Assert.Equal((CaseState.Reminded, CaseState.Reminded), (sent.State, sent.StateOn(new LocalDate(2026, 5, 1))));
        Assert.True(sent.IsOverdue(new LocalDate(2026, 5, 1)));
    }

    [Fact]
    public void AChangedTableMovesTheClockAndTellsIt()
    {
        var moved = Clock() with { Due = new LocalDate(2026, 4, 8), Safe = new LocalDate(2026, 4, 8) };
        var decision = RecomputeClock.Decide(Waiting(), new RecomputeClock(Xiaomi, moved, "the table changed"), Later);
        Assert.Contains("is now 2026-04-08, not 2026-04-07", Assert.Single(decision.Events).What, StringComparison.Ordinal);
        Assert.Equal(moved, decision.Case.Controllers[0].Clock);
        Assert.Empty(RecomputeClock.Decide(Waiting(), new RecomputeClock(Xiaomi, Clock() with { Derivation = ["other words"] }, "x"), Later).Events);
    }
}
