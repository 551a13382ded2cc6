using MiSarTracker.Core;
using MiSarTracker.Core.Authorities;
using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Core.Cases;

/// <summary>
/// The published account of 2019 and 2020, played through: a request to Xiaomi, "ask Huami", two requests there unanswered, a
/// complaint to the Dutch authority on 27 November 2019, which declined on 29 December 2020.
/// </summary>
public sealed class Account2019Tests
{
    private readonly Clocks _clocks = new(Templates.Shipped, new Settings { Person = new PersonSettings { TimeZone = "Europe/Amsterdam" } });

    [Fact]
    public void TheAccountOf2019And2020IsPlayedThrough()
    {
        var profile = Templates.Shipped.Vendor("xiaomi-mi-fit");
        var @case = OpenCase.Decide(new CaseReference(2019, 1), Opening(Xiaomi), At(2019, 9, 2)).Case;
        @case = Asked(@case, Xiaomi, At(2019, 9, 2), "access-1");
        @case = Running(@case, Xiaomi, new LocalDate(2019, 9, 2), At(2019, 9, 2));

        // Xiaomi: not the controller, ask Huami. The linked request is opened in the same step and has no clock yet.
        var words = "Mi Fit is a product of Huami; please write to privacy@huami.com.";
        var huami = profile.Controllers.Single(controller => controller.Id == Huami);
        @case = RecordResponse.Decide(@case, Reply(ReplyKind.NotController, new LocalDate(2019, 9, 24)) with
        {
            Ask = new AddController { Id = Huami, Name = huami.Name, Redirect = new Redirect(Xiaomi, new LocalDate(2019, 9, 24), words) },
        }, At(2019, 9, 24)).Case;
        Assert.Equal(words, @case.Controller(Huami).Redirect!.Quote);
        Assert.DoesNotContain(@case.Reminders, reminder => reminder.State == ReminderState.Pending);

        // The first request to Huami, and silence. A second one for the same is a reminder, and only when it is late.
        @case = Asked(@case, Huami, At(2019, 9, 25), "access-2");
        @case = Running(@case, Huami, new LocalDate(2019, 9, 25), At(2019, 9, 25));
        var clock = @case.Controller(Huami).Clock!;
        Assert.Equal((new LocalDate(2019, 10, 25), new LocalDate(2019, 10, 25)), (clock.Due, clock.Safe));
        Assert.Contains("reminder", Assert.Throws<Refusal>(() => QueueLetter.Decide(@case, Access(Huami) with { Mail = MailOf("again") }, At(2019, 10, 1))).Message, StringComparison.Ordinal);
        var reminder = Access(Huami) with { Kind = LetterKinds.Reminder, Mail = MailOf("reminder-1") };
        Assert.Throws<Refusal>(() => QueueLetter.Decide(@case, reminder, At(2019, 10, 25)));
        Assert.Equal(CaseState.Overdue, @case.StateOn(new LocalDate(2019, 10, 26)));
        @case = Sent(@case, reminder, At(2019, 10, 28));
        Assert.Equal(CaseState.Reminded, @case.StateOn(new LocalDate(2019, 11, 20)));

        // The complaint: the Dutch authority, because the person lives in the Netherlands.
        var authority = Complaints.Candidates(Templates.Shipped.Authorities(), @case, profile, null, null)[0];
        Assert.Equal(("nl-ap", ComplaintGround.Residence), (authority.Authority.Id, authority.Ground));
        @case = ChooseAuthority.Decide(@case, new ChooseAuthority(new ChosenAuthority("nl-ap", authority.Authority.Name, authority.Why[0])), At(2019, 11, 26)).Case;
        @case = RecordComplaint.Decide(@case, new RecordComplaint("nl-ap", authority.Authority.Name, new LocalDate(2019, 11, 27)), At(2019, 11, 27)).Case;
        Assert.Equal((CaseState.Complained, CaseState.Complained), (@case.State, @case.StateOn(new LocalDate(2020, 6, 1))));
        @case = PlanReminders.Decide(@case, new PlanReminders(Huami, _clocks.ComplaintReminder(new LocalDate(2019, 11, 27), authority.Authority.Name)), At(2019, 11, 27)).Case;
        var silent = Assert.Single(@case.Reminders, r => r.State == ReminderState.Pending);
        Assert.Equal(("authority-silent", new LocalDate(2020, 2, 28)), (silent.Kind, silent.Due.InUtc().Date));

        // The authority declines; a controller's late answer would still be recorded, the case is closed with the outcome.
        Assert.Throws<Refusal>(() => EndComplaint.Decide(@case, new EndComplaint(ComplaintOutcome.Declined, new LocalDate(2019, 11, 1)), At(2020, 12, 30)));
        @case = EndComplaint.Decide(@case, new EndComplaint(ComplaintOutcome.Declined, new LocalDate(2020, 12, 29), "No investigation."), At(2020, 12, 29)).Case;
        Assert.Equal(CaseState.Reminded, @case.StateOn(new LocalDate(2020, 12, 30)));
        Assert.DoesNotContain(@case.Reminders, r => r.State == ReminderState.Pending);
        @case = CloseCase.Decide(@case, new CloseCase(CaseOutcome.AuthorityDeclined), At(2020, 12, 30)).Case;
        Assert.Equal((CaseState.Closed, CaseOutcome.AuthorityDeclined), (@case.State, @case.Outcome));
        Assert.Equal(ComplaintOutcome.Declined, @case.Complaints[0].Outcome);
    }

    [Fact]
    public void AnAuthorityEndsNothingThatWasNotLodged()
    {
        Assert.Throws<Refusal>(() => RecordComplaint.Decide(Draft(), new RecordComplaint("nl-ap", "AP", new LocalDate(2026, 3, 2)), Start));
        Assert.Throws<Refusal>(() => EndComplaint.Decide(Waiting(), new EndComplaint(ComplaintOutcome.Upheld, new LocalDate(2026, 3, 2)), Start));
        Assert.Throws<Refusal>(() => CloseCase.Decide(Waiting(), new CloseCase(CaseOutcome.AuthorityDeclined), Start));
    }

    private static Case Asked(Case @case, string controller, Instant at, string mail) => Sent(@case, Access(controller) with { Mail = MailOf(mail) }, at);

    private static Case Sent(Case @case, QueueLetter letter, Instant at)
    {
        var queued = QueueLetter.Decide(@case, letter, at).Case;
        var number = queued.Letters[^1].Number;
        return RecordSendOutcome.Decide(HandMail.Decide(queued, new HandMail(number), at).Case, new RecordSendOutcome(number, SendState.Accepted, "250 OK"), at).Case;
    }

    private Case Running(Case @case, string id, LocalDate received, Instant at)
    {
        var controller = CaseControllers.Of(@case, Templates.Shipped.Vendor(@case.Vendor), id);
        var clock = _clocks.Of(controller, @case.Person, received);
        var after = RecordReceipt.Decide(@case, new RecordReceipt(id, clock, AfterSending.Presumed), at).Case;
        return PlanReminders.Decide(after, new PlanReminders(id, _clocks.Reminders(clock)), at).Case;
    }
}
