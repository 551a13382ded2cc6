using Microsoft.Extensions.Logging.Abstractions;
using MiSarTracker.Service;
using MiSarTracker.Tests.Sending;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Service;

/// <summary>What the service does on its own: asks about drafts, and computes clocks anew when a table changed.</summary>
public sealed class SweepTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADraftIsAskedAboutOnceAfterAWeekAndSaysWhatItIs()
    {
        using var office = await PostOffice.OpenAsync();
        var schedule = new Wishes();
        var (parts, sweep) = SweepOf(office, schedule);
        await sweep.Run(Stop);
        Assert.Empty((await office.ReloadAsync()).Reminders);

        office.Clock.Reset(PostOffice.Start + Duration.FromDays(7));
        await sweep.Run(Stop);
        await sweep.Run(Stop);
        await SweepOf(office, new Wishes()).Sweep.Run(Stop);
        Assert.Equal("still-draft", Assert.Single((await office.ReloadAsync()).Reminders).Kind);

        await new ReminderJob(parts, schedule, new OutboxJob(parts, NullLogger<OutboxJob>.Instance), NullLogger<ReminderJob>.Instance).Run(Assert.Single(schedule.Asked), Stop);
        Assert.Contains("still a draft", System.Text.Encoding.UTF8.GetString(Assert.Single(office.Arrived).Bytes.Span), StringComparison.Ordinal);
        office.Clock.Reset(PostOffice.Start + Duration.FromDays(30));
        await SweepOf(office, new Wishes()).Sweep.Run(Stop);
        Assert.Single((await office.ReloadAsync()).Reminders);
    }

    [Fact]
    public async Task ALetterThatWaitsInTheOutboxIsNoDraft()
    {
        using var office = await PostOffice.OpenAsync();
        await office.QueueLetterAsync();
        office.Clock.Reset(PostOffice.Start + Duration.FromDays(8));
        await SweepOf(office, new Wishes()).Sweep.Run(Stop);
        Assert.Empty((await office.ReloadAsync()).Reminders);
    }

    [Fact]
    public async Task AChangedTableMovesTheClockAndItsRemindersAndTellsIt()
    {
        using var office = await PostOffice.OpenAsync();
        await Clockwork.StartAsync(office, new LocalDate(2026, 11, 10));
        var folder = Directory.CreateTempSubdirectory("misar-holidays-").FullName;
        await SweepOf(office, new Wishes(), folder).Sweep.Run(Stop);
        Assert.Equal(new LocalDate(2026, 12, 10), (await office.ReloadAsync()).Controllers[0].Clock!.Due);

        await File.WriteAllTextAsync(Path.Combine(folder, "NL.json"), """{"country":"NL","add":[{"date":"2026-12-10","name":"a day of mourning","reason":"royal decree"}]}""", Stop);
        await SweepOf(office, new Wishes(), folder).Sweep.Run(Stop);
        var moved = await office.ReloadAsync();
        Assert.Equal((new LocalDate(2026, 12, 11), new LocalDate(2026, 12, 11)), (moved.Controllers[0].Clock!.Due, moved.Controllers[0].Clock!.Safe));
        Assert.Equal(new LocalDate(2026, 12, 12), moved.Reminders.Single(r => r.Kind == "overdue").Due.InUtc().Date);
        Assert.Contains(office.Workspace.Ledger.History(moved.Reference), entry => entry.Kind == "clock-recomputed" && entry.What!.Contains("2026-12-11, not 2026-12-10", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    private static (ServiceParts Parts, SweepJob Sweep) SweepOf(PostOffice office, Wishes wishes, string? holidays = null)
    {
        var templates = holidays is null ? Templates.Shipped : Templates.Shipped.WithHolidays(holidays);
        var settings = new Settings { Person = new PersonSettings { TimeZone = "Europe/Amsterdam" } };
        var parts = new ServiceParts(office.Workspace, settings, templates, office, office.Clock, new ServeOptions { Urls = "" });
        return (parts, new SweepJob(parts, wishes));
    }

    private sealed class Wishes : IReminderScheduler
    {
        public List<long> Asked { get; } = [];

        void IReminderScheduler.Schedule(long id, Instant due) => Asked.Add(id);
    }
}
