using Microsoft.Extensions.Logging.Abstractions;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ports;
using MiSarTracker.Service;
using MiSarTracker.Tests.Sending;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Service;

/// <summary>The job itself with a clock that a test moves; the scheduler's part is in ServiceHostTests and the system tests.</summary>
public sealed class ReminderJobTests
{
    private static readonly Instant Due = PostOffice.Start + Duration.FromHours(3);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AReminderIsSentOnceHoweverOftenItIsTried()
    {
        using var office = await PlannedAsync();
        office.Clock.Reset(Due);
        var id = await IdAsync(office);
        var (job, _) = JobOf(office);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => job.Run(id, Stop)));
        await job.Run(id, Stop);

        Assert.Equal("alice@client.test", Assert.Single(office.Arrived).EnvelopeTo.ToString());
        var reminder = (await office.ReloadAsync()).Reminders.Single();
        Assert.Equal((ReminderState.Fired, SendState.Accepted), (reminder.State, reminder.MailState));
    }

    [Fact]
    public async Task AJobThatRunsEarlyIsScheduledAgain()
    {
        using var office = await PlannedAsync();
        office.Clock.Reset(Due - Duration.FromMilliseconds(1));
        var (job, schedule) = JobOf(office);
        var id = await IdAsync(office);
        await job.Run(id, Stop);
        Assert.Empty(office.Arrived);
        Assert.Equal((id, Due), Assert.Single(schedule.Wishes));
    }

    [Fact]
    public async Task AReminderOfAClosedOrErasedCaseNeverGoesOut()
    {
        using var closed = await PlannedAsync();
        using var erased = await PlannedAsync();
        var (closedId, erasedId) = (await IdAsync(closed), await IdAsync(erased));
        await closed.Workspace.Apply(closed.Case.Reference, new CloseCase(CaseOutcome.Withdrawn), PostOffice.Start, Stop);
        await erased.Workspace.Erase(erased.Case.Reference, PostOffice.Start, Stop);
        foreach (var (office, id) in new[] { (closed, closedId), (erased, erasedId) })
        {
            office.Clock.Reset(Due);
            await JobOf(office).Job.Run(id, Stop);
            Assert.Empty(office.Arrived);
        }
    }

    [Fact]
    public async Task AReminderThatWaitsInTheOutboxIsTakenBackWhenItsCaseIsClosed()
    {
        using var office = await PlannedAsync();
        office.Clock.Reset(Due);
        office.Answer(new SendOutcome.NotSent("No answer.", Retryable: true));
        var (job, _) = JobOf(office);
        await job.Run(await IdAsync(office), Stop);
        await office.Workspace.Apply(office.Case.Reference, new CloseCase(CaseOutcome.Satisfied), Due, Stop);
        office.Arrived.Clear();

        office.Clock.AdvanceHours(1);
        Assert.Equal(SendState.Refused, Assert.Single(await office.Sender.Drain(Stop)).State);
        Assert.Empty(office.Arrived);
        var history = office.Workspace.Ledger.History(office.Case.Reference);
        Assert.Equal("mail-withdrawn", history[^1].Kind);
        Assert.StartsWith("N-001 was not sent: ", history[^1].What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemindersThatAreSwitchedOffStayPending()
    {
        using var office = await PlannedAsync();
        office.Clock.Reset(Due);
        await JobOf(office, new Settings { Reminders = new ReminderSettings { Enabled = false } }).Job.Run(await IdAsync(office), Stop);
        Assert.Equal(ReminderState.Pending, (await office.ReloadAsync()).Reminders.Single().State);
    }

    [Fact]
    public async Task WithoutAMailServerAReminderStandsInTheHistory()
    {
        using var office = await PlannedAsync();
        office.Clock.Reset(Due);
        await JobOf(office, sends: false).Job.Run(await IdAsync(office), Stop);
        var reminder = (await office.ReloadAsync()).Reminders.Single();
        Assert.Equal((ReminderState.Fired, (SendState?)null), (reminder.State, reminder.MailState));
    }

    [Fact]
    public async Task ASweepSchedulesWhatIsNewOrMovedAndNothingTwice()
    {
        using var office = await PlannedAsync();
        var (parts, schedule) = (PartsOf(office), new Schedule());
        var sweep = new SweepJob(parts, schedule);
        await sweep.ScheduleAll(Stop);
        await sweep.Run(Stop);
        var id = await IdAsync(office);
        Assert.Equal([(id, Due)], schedule.Wishes);

        // Another process moves it to a moment within the hour that a sweep looks ahead.
        var moved = PostOffice.Start + Duration.FromMinutes(30);
        await office.Workspace.Apply(office.Case.Reference, new PlanReminders("xiaomi", [new PlannedReminder("overdue", moved)]), PostOffice.Start, Stop);
        await sweep.Run(Stop);
        await sweep.Run(Stop);
        Assert.Equal([(id, Due), (id, moved)], schedule.Wishes);

        // Its job failed for good: what is still pending hours later is tried anew.
        office.Clock.Reset(moved + Duration.FromHours(3));
        await sweep.Run(Stop);
        Assert.Equal(3, schedule.Wishes.Count);
    }

    [Fact]
    public async Task AnAcceptedLetterWithoutAClockIsToldAgain()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        await office.Sender.Drain(Stop);
        var told = new List<AcceptedLetter>();
        var parts = PartsOf(office) with { Options = new ServeOptions { Urls = "", AfterAccepted = (letter, _) => { told.Add(letter); return Task.CompletedTask; } } };
        await new SweepJob(parts, new Schedule()).Run(Stop);
        Assert.Equal([new AcceptedLetter(office.Case.Reference, "L-001")], told);
    }

    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 2)]
    [InlineData(1_999, 2)]
    public void TheSchedulerIsNeverToldASecondTooEarly(long dueMilliseconds, long seconds) =>
        Assert.Equal(seconds, HangfireScheduler.NextWholeSecond(Instant.FromUnixTimeMilliseconds(dueMilliseconds)).ToUnixTimeSeconds());

    private static async Task<PostOffice> PlannedAsync()
    {
        var office = await PostOffice.OpenAsync();
        await Clockwork.StartAsync(office, new LocalDate(2026, 11, 10), new PlannedReminder("overdue", Due));
        return office;
    }

    private static async Task<long> IdAsync(PostOffice office) => (await office.Workspace.Reminders.Pending(cancellationToken: Stop)).Single().Id;

    private static ServiceParts PartsOf(PostOffice office, Settings? settings = null, bool sends = true) =>
        new(office.Workspace, settings ?? new Settings(), Templates.Shipped, sends ? office : null, office.Clock, new ServeOptions { Urls = "" });

    private static (ReminderJob Job, Schedule Schedule) JobOf(PostOffice office, Settings? settings = null, bool sends = true)
    {
        var (parts, schedule) = (PartsOf(office, settings, sends), new Schedule());
        return (new ReminderJob(parts, schedule, new OutboxJob(parts, NullLogger<OutboxJob>.Instance), NullLogger<ReminderJob>.Instance), schedule);
    }

    private sealed class Schedule : IReminderScheduler
    {
        public List<(long Id, Instant Due)> Wishes { get; } = [];

        void IReminderScheduler.Schedule(long id, Instant due) => Wishes.Add((id, due));
    }
}
