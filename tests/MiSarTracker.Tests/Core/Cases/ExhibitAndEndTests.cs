using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Core.Cases;

public sealed class ExhibitAndEndTests
{
    [Fact]
    public void ExhibitsAreNumberedPerKindAndLoseTheirFolder()
    {
        var one = AddExhibit.Decide(Draft(), Evidence() with { FileName = "/home/jane/secret/capture.mitm" }, Start).Case;
        var two = AddExhibit.Decide(one, Evidence("other") with { Kind = ExhibitKind.Response, FileName = @"C:\Users\jane\answer.zip" }, Start).Case;
        var three = AddExhibit.Decide(two, Evidence("third"), Start).Case;
        Assert.Equal(["E-001", "R-001", "E-002"], three.Exhibits.Select(e => e.Number));
        Assert.Equal(["capture.mitm", "answer.zip"], three.Exhibits.Take(2).Select(e => e.FileName));
    }

    [Fact]
    public void TheSameBytesAreOneExhibit()
    {
        var one = AddExhibit.Decide(Draft(), Evidence(), Start).Case;
        Assert.Empty(AddExhibit.Decide(one, Evidence() with { FileName = "copy.mitm" }, Start).Events);
        Assert.Equal("E-001", AddExhibit.Find(one, ExhibitKind.Evidence, Evidence().Sha256)!.Number);
        Assert.Single(AddExhibit.Decide(one, Evidence() with { Kind = ExhibitKind.Response }, Start).Events);
    }

    [Fact]
    public void TheThousandthExhibitHasFourDigits()
    {
        var @case = Draft() with { Exhibits = [AddExhibit.Decide(Draft(), Evidence(), Start).Case.Exhibits[0] with { Number = "E-999" }] };
        Assert.Equal("E-1000", AddExhibit.Decide(@case, Evidence("b"), Start).Case.Exhibits[^1].Number);
    }

    [Fact]
    public void AComparisonNamesExhibitsThatExist()
    {
        var run = new RecordComparison { Engine = "1.0", Sha256 = MailOf("c").Sha256, Size = 9, Exhibits = ["E-001", "R-001"], Findings = 3 };
        Assert.Throws<Refusal>(() => RecordComparison.Decide(Draft(), run, Start));
        var @case = AddExhibit.Decide(AddExhibit.Decide(Draft(), Evidence(), Start).Case, Evidence("r") with { Kind = ExhibitKind.Response }, Start).Case;
        var compared = RecordComparison.Decide(@case, run, Start).Case;
        Assert.Equal("C-001", compared.Comparisons[0].Number);
        Assert.Equal("P-001", RecordReport.Decide(compared, new RecordReport(MailOf("p").Sha256, 1, "C-001", "en", false), Start).Case.Reports[0].Number);
        Assert.Throws<Refusal>(() => RecordReport.Decide(compared, new RecordReport(MailOf("p").Sha256, 1, "C-002", "en", false), Start));
    }

    [Fact]
    public void AClosedCaseTakesOnlyNotesUntilItIsOpenedAgain()
    {
        var closed = CloseCase.Decide(Waiting(), new CloseCase(CaseOutcome.NoAnswer), Start).Case;
        Assert.Equal(CaseState.Closed, closed.StateOn(new LocalDate(2030, 1, 1)));
        Assert.Null(closed.NextDue);
        var refusal = Assert.Throws<Refusal>(() => AddExhibit.Decide(closed, Evidence(), Start));
        Assert.Contains("reopen", refusal.Remedy, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => CloseCase.Decide(closed, new CloseCase(CaseOutcome.NoAnswer), Start));
        Assert.Single(NoteCase.Decide(closed, new NoteCase(" they wrote after all "), Start).Events);
        Assert.Equal(Waiting(), ReopenCase.Decide(closed, new ReopenCase(), Start).Case);
        Assert.Throws<Refusal>(() => NoteCase.Decide(closed, new NoteCase("  "), Start));
    }

    [Fact]
    public void ACaseWithALetterOnItsWayIsNotClosed() =>
        Assert.Throws<Refusal>(() => CloseCase.Decide(QueueLetter.Decide(Draft(), Access(), Start).Case, new CloseCase(CaseOutcome.Withdrawn), Start));

    [Fact]
    public void NothingPersonalIsLeftInAnErasedCase()
    {
        var erased = EraseCase.Decide(AddExhibit.Decide(Waiting(), Evidence(), Start).Case, new EraseCase(), Start).Case;
        Assert.Equal(CaseState.Erased, erased.State);
        Assert.DoesNotContain("jane", CaseImage.Of(erased).ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["reference", "vendor", "name", "email", "country", "language", "openedAt", "erasedAt"], CaseImage.Of(erased).Select(m => m.Key));
        Assert.Empty(Steps.Possible(erased));
        Assert.Throws<Refusal>(() => NoteCase.Decide(erased, new NoteCase("x"), Start));
        Assert.Throws<Refusal>(() => EraseCase.Decide(erased, new EraseCase(), Start));
    }

    [Fact]
    public void ACorrectedReceiptKeepsTheStateAndSaysWhatItWas()
    {
        var corrected = new RecordReceipt(Xiaomi, Clock() with { Received = new LocalDate(2026, 3, 6) }, "delivery report");
        var decision = RecordReceipt.Decide(Waiting(), corrected, At(2026, 3, 9));
        Assert.Contains("not on 2026-03-05", Assert.Single(decision.Events).What, StringComparison.Ordinal);
        Assert.Empty(RecordReceipt.Decide(decision.Case, corrected, At(2026, 3, 9)).Events);
        Assert.Throws<Refusal>(() => RecordReceipt.Decide(Waiting(), corrected, At(2026, 3, 4)));
        Assert.Equal(CaseState.Waiting, RecordReceipt.Decide(Draft(), corrected, At(2026, 3, 9)).Case.State);
    }

    [Fact]
    public void EveryChangeOfACaseChangesItsImage()
    {
        var images = new[]
        {
            Draft(), Sent(), Waiting(), AddExhibit.Decide(Waiting(), Evidence(), Start).Case,
            AddExhibit.Decide(Waiting(), Evidence() with { Note = "x" }, Start).Case,
            PlanReminders.Decide(Waiting(), new PlanReminders(Xiaomi, [new PlannedReminder("a", Start)]), Start).Case,
            RecordResponse.Decide(Waiting(), Reply(ReplyKind.Fee, new LocalDate(2026, 3, 20)), At(2026, 4, 1)).Case,
        }.Select(CaseImage.Digest).ToList();
        Assert.Equal(images.Count, images.Distinct().Count());
        Assert.Equal(images[0], CaseImage.Digest(Draft()));
    }
}
