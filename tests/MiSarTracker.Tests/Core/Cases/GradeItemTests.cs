using MiSarTracker.Core;
using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Cases;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Core.Cases;

public sealed class GradeItemTests
{
    private static Case Answered => AddExhibit.Decide(
        Draft(), new AddExhibit { Kind = ExhibitKind.Response, FileName = "answer.eml", Size = 9, Sha256 = MailOf("c").Sha256, Format = "eml" }, Start).Case;

    [Fact]
    public void ALaterJudgementTakesThePlaceOfAnEarlierOneAndBothStayOnTheRecord()
    {
        var first = GradeItem.Decide(Answered, new GradeItem("Art. 15(1)(C)", ItemStatus.Partly, " names Google only "), Start);
        Assert.Equal("item-graded", Assert.Single(first.Events).Kind);
        Assert.Equal("Art. 15(1)(c) judged partly: names Google only", first.Events[0].What);
        var second = GradeItem.Decide(first.Case, new GradeItem("15(1)(c)", ItemStatus.Answered, "page 3 names all"), Start).Case;
        Assert.Equal(2, second.Grades.Count);
        Assert.Equal(ItemStatus.Answered, Assert.Single(ItemGrade.Current(second.Grades)).Status);
        var back = GradeItem.Decide(second, new GradeItem("15(1)(c)", null, "I misread it"), Start).Case;
        Assert.Equal(3, back.Grades.Count);
        Assert.Empty(ItemGrade.Current(back.Grades));
        Assert.NotEqual(CaseImage.Digest(second), CaseImage.Digest(back));
    }

    [Fact]
    public void TheSameJudgementTwiceIsOne()
    {
        var once = GradeItem.Decide(Answered, new GradeItem("15(2)", ItemStatus.Missing, "nothing"), Start).Case;
        Assert.Empty(GradeItem.Decide(once, new GradeItem("15(2)", ItemStatus.Missing, "nothing"), Start).Events);
        Assert.Empty(GradeItem.Decide(Answered, new GradeItem("15(2)", null, "never judged"), Start).Events);
    }

    [Fact]
    public void AJudgementNeedsAnItemAReasonAndAnAnswer()
    {
        Assert.Contains("15(1)(h)", Assert.Throws<Refusal>(() => GradeItem.Decide(Answered, new GradeItem("15(4)", ItemStatus.Missing, "x"), Start)).Remedy, StringComparison.Ordinal);
        Assert.Contains("reason", Assert.Throws<Refusal>(() => GradeItem.Decide(Answered, new GradeItem("15(2)", ItemStatus.Missing, "  "), Start)).Message, StringComparison.Ordinal);
        Assert.Contains("no answer", Assert.Throws<Refusal>(() => GradeItem.Decide(Draft(), new GradeItem("15(2)", ItemStatus.Missing, "x"), Start)).Message, StringComparison.Ordinal);
    }
}
