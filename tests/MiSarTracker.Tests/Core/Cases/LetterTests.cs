using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Core.Cases;

public sealed class LetterTests
{
    [Fact]
    public void AQueuedLetterIsPlannedAndDispatchedWithItsFixedBytes()
    {
        var decision = QueueLetter.Decide(Draft(), Access(), Start);
        var letter = Assert.Single(decision.Case.Letters);
        Assert.Equal(("L-001", SendState.Planned), (letter.Number, letter.State));
        Assert.Equal(new Dispatch("L-001", Access().Mail), Assert.Single(decision.Dispatches));
        Assert.Equal(CaseState.Draft, decision.Case.State);
    }

    [Fact]
    public void AcceptanceByAServerMakesTheCaseSentAndStartsNoClock()
    {
        var sent = Sent();
        Assert.Equal(CaseState.Sent, sent.State);
        Assert.Null(sent.Controllers[0].Clock);
        Assert.Null(sent.NextDue);
    }

    [Theory]
    [InlineData(SendState.Refused)]
    [InlineData(SendState.Unknown)]
    public void ALetterThatWasNotAcceptedLeavesTheCaseADraft(SendState outcome)
    {
        var queued = QueueLetter.Decide(Draft(), Access(), Start).Case;
        var after = RecordSendOutcome.Decide(queued, new RecordSendOutcome("L-001", outcome, "550 no"), Start).Case;
        Assert.Equal(CaseState.Draft, after.State);
        Assert.Equal((outcome, "550 no"), (after.Letters[0].State, after.Letters[0].ServerReply));
    }

    [Fact]
    public void ALetterWithoutKnownOutcomeBlocksAnotherUntilThePersonDecides()
    {
        var queued = QueueLetter.Decide(Draft(), Access(), Start).Case;
        var unknown = RecordSendOutcome.Decide(queued, new RecordSendOutcome("L-001", SendState.Unknown, "line broke"), Start).Case;
        var refusal = Assert.Throws<Refusal>(() => QueueLetter.Decide(unknown, Access(), Start));
        Assert.Contains("unknown", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("settle", refusal.Remedy, StringComparison.Ordinal);

        var again = ResendMail.Decide(unknown, new ResendMail("L-001"), Start);
        Assert.Equal(Access().Mail, Assert.Single(again.Dispatches).Mail);
        Assert.Equal(SendState.Planned, again.Case.Letters[0].State);
    }

    [Fact]
    public void OnlyAnUnknownLetterIsSentAgain()
    {
        Assert.Throws<Refusal>(() => ResendMail.Decide(Sent(), new ResendMail("L-001"), Start));
        Assert.Throws<Refusal>(() => ResendMail.Decide(QueueLetter.Decide(Draft(), Access(), Start).Case, new ResendMail("L-001"), Start));
    }

    [Fact]
    public void AnAcceptedOutcomeIsFinalAndSayingItTwiceChangesNothing()
    {
        var sent = Sent();
        Assert.Empty(RecordSendOutcome.Decide(sent, new RecordSendOutcome("L-001", SendState.Accepted, "250 again"), Start).Events);
        Assert.Throws<Refusal>(() => RecordSendOutcome.Decide(sent, new RecordSendOutcome("L-001", SendState.Refused, "550"), Start));
    }

    [Fact]
    public void AskingAgainForTheSameIsAReminderNotASecondRequest() =>
        Assert.Contains("reminder", Assert.Throws<Refusal>(() => QueueLetter.Decide(Sent(), Access(), Start)).Message, StringComparison.Ordinal);

    [Fact]
    public void ARefusedLetterMayBeWrittenAnew()
    {
        var refused = RecordSendOutcome.Decide(QueueLetter.Decide(Draft(), Access(), Start).Case, new RecordSendOutcome("L-001", SendState.Refused, "550"), Start).Case;
        Assert.Equal("L-002", QueueLetter.Decide(refused, Access(), Start).Case.Letters[^1].Number);
    }

    [Theory]
    [InlineData("reminder")]
    [InlineData("deficiency")]
    [InlineData("objection")]
    [InlineData("complaint")]
    public void ALetterThatRefersToARequestNeedsOne(string kind) =>
        Assert.Throws<Refusal>(() => QueueLetter.Decide(Draft(), Access() with { Kind = kind }, Start));

    [Fact]
    public void NobodyIsRemindedBeforeTheSafeDateIsOver()
    {
        var reminder = Access() with { Kind = LetterKinds.Reminder };
        Assert.Throws<Refusal>(() => QueueLetter.Decide(Sent(), reminder, At(2026, 5, 1)));
        Assert.Throws<Refusal>(() => QueueLetter.Decide(Waiting(), reminder, At(2026, 4, 7)));
        Assert.Single(QueueLetter.Decide(Waiting(), reminder, At(2026, 4, 8)).Dispatches);
    }

    [Fact]
    public void AMailThatDidNotGoOutIsPlannedAgainUnderItsMessageId()
    {
        var queued = QueueLetter.Decide(Draft(), Access(), Start).Case;
        var handed = HandMail.Decide(queued, new HandMail("L-001"), Start).Case;
        Assert.Equal(SendState.Handed, handed.Letters[0].State);
        var postponed = PostponeMail.Decide(handed, new PostponeMail("L-001", "421 busy"), Start).Case;
        Assert.Equal(SendState.Planned, postponed.Letters[0].State);
        Assert.Equal(queued.Letters[0].Mail, postponed.Letters[0].Mail);
        Assert.Throws<Refusal>(() => HandMail.Decide(handed, new HandMail("L-001"), Start));
    }
}
