using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Core.Cases;

public sealed class SettleMailTests
{
    [Fact]
    public void AnUnknownLetterThatIsFoundIsAcceptedAsOfTheMomentWhenTheServerTookIt()
    {
        var taken = Start + Duration.FromMinutes(1);
        var settled = SettleMail.Decide(Unknown(), new SettleMail("L-001", taken, "a copy lies in Sent"), Start + Duration.FromDays(9));
        var letter = Assert.Single(settled.Case.Letters);
        Assert.Equal((SendState.Accepted, taken), (letter.State, letter.OutcomeAt));
        Assert.Equal(CaseState.Sent, settled.Case.State);
        var entry = Assert.Single(settled.Events);
        Assert.Equal(("mail-settled", "L-001 did go out: a copy lies in Sent"), (entry.Kind, entry.What));
        Assert.Empty(settled.Dispatches);
    }

    [Fact]
    public void NoLetterIsSettledAsOfTheFuture() =>
        Assert.Equal(Start, SettleMail.Decide(Unknown(), new SettleMail("L-001", Start + Duration.FromDays(1), "x"), Start).Case.Letters[0].OutcomeAt);

    [Fact]
    public void OnlyAnUnknownLetterIsSettled()
    {
        Assert.Throws<Refusal>(() => SettleMail.Decide(Sent(), new SettleMail("L-001", Start, "x"), Start));
        Assert.Throws<Refusal>(() => SettleMail.Decide(QueueLetter.Decide(Draft(), Access(), Start).Case, new SettleMail("L-001", Start, "x"), Start));
    }

    private static Case Unknown() =>
        RecordSendOutcome.Decide(QueueLetter.Decide(Draft(), Access(), Start).Case, new RecordSendOutcome("L-001", SendState.Unknown, "the line broke"), Start).Case;
}
