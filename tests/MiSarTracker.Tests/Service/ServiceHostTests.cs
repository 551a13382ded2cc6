using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Service;
using MiSarTracker.Tests.Sending;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Service;

public sealed class ServiceHostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatBecameDueWhileNothingRanIsSentOnceAtTheStart()
    {
        var office = await PostOffice.OpenAsync();
        await Clockwork.StartAsync(office, new LocalDate(2026, 11, 10), new PlannedReminder("overdue", PostOffice.Start - Duration.FromDays(3)));
        await office.QueueLetterAsync();
        await using var service = await RunningService.StartAsync(office, sender: office);
        await Eventually(() => office.Arrived.Count == 2);
        await Eventually(() => service.Accepted.Count == 1);
        Assert.Equal(["alice@client.test", "privacy@vendor.test"], office.Arrived.Select(mail => mail.EnvelopeTo.ToString()).Order());
        Assert.Equal(0, await service.StopAsync());
        Assert.Equal(ReminderState.Fired, (await office.ReloadAsync()).Reminders.Single().State);
    }

    [Fact]
    public async Task AReminderThatBecomesDueIsSentWithoutAnybodyAsking()
    {
        var office = await PostOffice.OpenAsync();
        var clock = SystemClock.Instance;
        office.Clock.Reset(clock.GetCurrentInstant());
        await Clockwork.StartAsync(office, office.Clock.GetCurrentInstant().InUtc().Date.PlusDays(-5), new PlannedReminder("overdue", clock.GetCurrentInstant() + Duration.FromSeconds(4)));
        var due = (await office.ReloadAsync()).Reminders.Single().Due;
        await using var service = await RunningService.StartAsync(office, sender: office, clock: clock);
        await Eventually(() => office.Arrived.Count == 1);
        Assert.InRange(clock.GetCurrentInstant() - due, Duration.Zero, Duration.FromSeconds(20));
    }

    [Fact]
    public async Task ASecondServiceOnAWorkspaceIsRefused()
    {
        await using var first = await RunningService.StartAsync(await PostOffice.OpenAsync());
        var office = first.Office;
        var refusal = await Assert.ThrowsAsync<Refusal>(() => ServiceHost.RunAsync(
            office.Workspace, new Settings(), Templates.Shipped, null, office.Clock, new ServeOptions { Urls = "http://127.0.0.1:0" }, Stop));
        Assert.Contains("Another misar service", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAddressThatIsTakenIsSaid()
    {
        await using var first = await RunningService.StartAsync(await PostOffice.OpenAsync());
        using var office = await PostOffice.OpenAsync();
        var failure = await Assert.ThrowsAsync<Unavailable>(() => ServiceHost.RunAsync(
            office.Workspace, new Settings(), Templates.Shipped, null, office.Clock, new ServeOptions { Urls = first.Root.GetLeftPart(UriPartial.Authority) }, Stop));
        Assert.Contains(first.Root.Authority, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", "every network")]
    [InlineData("http://[::]:5080", "every network")]
    [InlineData("http://*:5080", "no address")]
    [InlineData("https://127.0.0.1:5080", "TLS")]
    [InlineData("http://example.org:5080", "IP address")]
    [InlineData("http://127.0.0.1:5080/path", "no address")]
    [InlineData("", "empty")]
    public async Task AnAddressThatWouldOpenTheServiceToOthersIsRefused(string urls, string reason)
    {
        using var office = await PostOffice.OpenAsync();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => ServiceHost.RunAsync(
            office.Workspace, new Settings(), Templates.Shipped, null, office.Clock, new ServeOptions { Urls = urls }, Stop));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    internal static async Task Eventually(Func<bool> holds)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); !holds(); await Task.Delay(50, Stop))
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(45), "It did not happen in time.");
    }
}
