using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using MiSarTracker.SystemTests.Fixtures;
using NodaTime;
using Xunit;

namespace MiSarTracker.SystemTests.Service;

/// <summary>Reminders as the person sees them: mails in the mailbox of a real server, sent by the real program under a clock that is moved.</summary>
public sealed partial class ReminderTests : IAsyncLifetime
{
    /// <summary>Each test's own: the mailbox is what it counts.</summary>
    private readonly MailServers _servers = new();

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>Noon, forty days ago: within the life of the servers' certificates.</summary>
    private static readonly DateTimeOffset Sent = new(DateTimeOffset.UtcNow.AddDays(-40).Date.AddHours(12), TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _servers.InitializeAsync();

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Fact]
    public async Task EachReminderArrivesOnceAtItsDayAlsoAcrossAStopAndAKill()
    {
        using var misar = new MisarProcess();
        var clock = new MovedClock(misar);
        clock.MoveTo(Sent);
        await PrepareAsync(misar);
        var reference = (await misar.RunAsync("case", "open", "--vendor", "xiaomi-mi-fit", "--identifier", "user-id=3000000001", "--json")).Expect(0).Json.GetProperty("reference").GetString()!;
        (await misar.RunAsync("letter", "send", reference, "--kind", "access", "--to", MailServers.VendorAddress, "--yes")).Expect(0);
        var printed = new StringBuilder();

        await using (var serving = await ServingMisar.StartAsync(misar))
        {
            // The clock moves while it runs, as it does over a machine's sleep.
            clock.MoveTo(Sent.AddDays(20));
            await Task.Delay(TimeSpan.FromSeconds(8), Stop);
            Assert.Empty(await SubjectsAsync(reference));
            clock.MoveTo(Sent.AddDays(23));
            await WaitForAsync(reference, 1);
            Assert.Equal(0, await serving.StopAsync());
            printed.Append(serving.Output);
        }

        // Due while nothing runs.
        clock.MoveTo(Sent.AddDays(28));
        await using (var serving = await ServingMisar.StartAsync(misar))
        {
            await WaitForAsync(reference, 2);
            await serving.KillAsync();
            printed.Append(serving.Output);
        }

        clock.MoveTo(Sent.AddDays(30).AddHours(1));
        await using (var serving = await ServingMisar.StartAsync(misar))
        {
            await WaitForAsync(reference, 3);
            await serving.KillAsync();
            printed.Append(serving.Output);
        }

        await using (var serving = await ServingMisar.StartAsync(misar))
        {
            await Task.Delay(TimeSpan.FromSeconds(8), Stop);
            Assert.Equal(0, await serving.StopAsync());
            printed.Append(serving.Output);
        }

        Assert.Equal(
            [$"{reference}: 7 days until the 30th day", $"{reference}: 2 days until the 30th day", $"{reference}: the 30th day"],
            await SubjectsAsync(reference));
        AssertNoSecrets(printed.ToString(), starts: 4);
    }

    [Fact]
    public async Task KilledAgainAndAgainNoReminderIsLostAndNoneComesTwice()
    {
        const int reminders = 40;
        const int kills = 8;
        using var misar = new MisarProcess();
        var clock = new MovedClock(misar);
        clock.MoveTo(Sent);
        await PrepareAsync(misar);
        var reference = await PlanAsync(misar, reminders);
        clock.MoveTo(Sent.AddDays(1));
        var random = new Random(20261122);
        for (var i = 0; i < kills; i++)
        {
            await using var serving = await ServingMisar.StartAsync(misar);
            await Task.Delay(random.Next(50, 2500), Stop);
            await serving.KillAsync();
        }

        // What was in the middle of its dialogue counts as unknown when its lease is over, and is not sent again.
        clock.MoveTo(Sent.AddDays(2));
        await using (var serving = await ServingMisar.StartAsync(misar))
        {
            await Eventually(async () => (await OutboxAsync(misar)).Count(mail => mail.State is OutboxState.Accepted or OutboxState.Unknown) == reminders);
            Assert.Equal(0, await serving.StopAsync());
        }

        var unknown = (await OutboxAsync(misar)).Where(mail => mail.State == OutboxState.Unknown).Select(mail => mail.MessageId).ToHashSet();
        var arrived = await IdsAsync(reference);
        TestContext.Current.TestOutputHelper?.WriteLine($"reminders {reminders}, kills {kills}, arrived {arrived.Count}, unknown {unknown.Count}");
        Assert.Equal(arrived.Distinct().Count(), arrived.Count);
        Assert.Equal(reminders, arrived.Union(unknown).Count());
        Assert.InRange(unknown.Count, 0, kills);
    }

    private async Task PrepareAsync(MisarProcess misar)
    {
        (await misar.RunAsync("init", "--non-interactive", "--name", "Alice Example", "--email", MailServers.AliceAddress, "--country", "NL", "--language", "en",
            "--smtp", _servers.Smtp.ToString(), "--ca", _servers.AuthorityFile)).Expect(0);
        (await misar.RunAsync(["secret", "set", "smtp"], MailServers.AlicePassword + "\n")).Expect(0);
    }

    /// <summary>A case with reminders that are all due an hour later, as no person would have it.</summary>
    private static async Task<string> PlanAsync(MisarProcess misar, int count)
    {
        var now = Instant.FromDateTimeOffset(Sent);
        using var workspace = await Workspace.Open(misar.Workspace, cancellationToken: Stop);
        var opened = await workspace.OpenCase(
            new OpenCase { Vendor = "xiaomi-mi-fit", Controllers = [new ControllerChoice("xiaomi", "Xiaomi")], Person = new Person("Alice Example", MailServers.AliceAddress, "NL"), Language = "en" },
            now, Stop);
        var planned = Enumerable.Range(1, count).Select(i => new PlannedReminder(string.Create(CultureInfo.InvariantCulture, $"kind-{i}"), now + Duration.FromHours(1)));
        await workspace.Apply(opened.Reference, new PlanReminders("xiaomi", planned.ToValueList()), now, Stop);
        return opened.Reference.ToString();
    }

    private static async Task<IReadOnlyList<OutboxItem>> OutboxAsync(MisarProcess misar)
    {
        using var workspace = await Workspace.Open(misar.Workspace, cancellationToken: Stop);
        return await workspace.Outbox.List(finishedToo: true, Stop);
    }

    private async Task WaitForAsync(string reference, int count)
    {
        await Eventually(async () => (await SubjectsAsync(reference)).Count >= count);
        Assert.Equal(count, (await SubjectsAsync(reference)).Count);
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); !await holds(); await Task.Delay(300, Stop))
            Assert.True(clock.Elapsed < Soon, "It did not happen in time.");
    }

    /// <summary>The subjects of the reminders in the person's mailbox, oldest first.</summary>
    private async Task<IReadOnlyList<string>> SubjectsAsync(string reference) =>
        [.. (await RemindersAsync(reference)).Select(mail => Subject().Match(mail).Groups[1].Value)];

    private async Task<IReadOnlyList<string>> IdsAsync(string reference) =>
        [.. (await RemindersAsync(reference)).Select(mail => MessageId().Match(mail).Groups[1].Value)];

    private async Task<IReadOnlyList<string>> RemindersAsync(string reference) =>
        [.. (await _servers.AliceInbox().MessagesAsync()).Select(Encoding.Latin1.GetString)
            .Where(mail => mail.Contains("\r\nAuto-Submitted: auto-generated\r\n", StringComparison.Ordinal) && mail.Contains($"\r\nSubject: {reference}:", StringComparison.Ordinal))];

    /// <summary>The token is printed once for each start, the password never.</summary>
    private static void AssertNoSecrets(string printed, int starts)
    {
        Assert.DoesNotContain(MailServers.AlicePassword, printed, StringComparison.Ordinal);
        var tokens = Token().Matches(printed).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(starts, tokens.Count);
        Assert.Equal(starts, tokens.Distinct().Count());
        Assert.All(tokens, token => Assert.Equal(printed.IndexOf(token, StringComparison.Ordinal), printed.LastIndexOf(token, StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"\r\nSubject: (.*?)\r\n")]
    private static partial Regex Subject();

    [GeneratedRegex(@"\r\nMessage-Id: (<.*?>)\r\n", RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();

    [GeneratedRegex(@"\?token=([A-Za-z0-9_-]{43})")]
    private static partial Regex Token();
}
