using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Mail;

/// <summary>Answers out of a real mailbox. Each test has servers of its own, for each wants an empty mailbox.</summary>
public sealed class InboxPollTests(ITestOutputHelper output) : IAsyncLifetime
{
    private MailServers _servers = null!;

    public async ValueTask InitializeAsync() => _servers = await MailServers.StartAsync();

    public async ValueTask DisposeAsync() => await _servers.DisposeAsync();

    [Fact]
    public async Task AReplyWithAFileIsFiledTheClockWaitsForThePersonAndTheFileIsAnExhibit()
    {
        using AliceAtHome alice = await AliceAtHome.MoveInAsync(_servers);
        string reply = $"""
            From: Privacy Office <privacy@vendor.test>
            To: alice@client.test
            Subject: Re: your request
            Date: {DateTimeOffset.UtcNow:ddd, dd MMM yyyy HH:mm:ss} +0000
            Message-ID: <answer@vendor.test>
            In-Reply-To: <{alice.LetterId}>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b1"

            --b1
            Content-Type: text/plain; charset=utf-8

            Dear Alice, please find attached a copy of your personal data.
            --b1
            Content-Type: text/csv; name="ACTIVITY.csv"
            Content-Disposition: attachment; filename="ACTIVITY.csv"

            date,steps
            2026-05-01,4321
            --b1--
            """;
        await _servers.DeliverToAliceAsync(reply);
        JsonElement mail = await alice.PollForAsync("answer");

        Assert.Equal(("filed", AliceAtHome.Reference, "L-001", "thread", "high"), (Text(mail, "state"), Text(mail, "case"), Text(mail, "letter"), Text(mail, "matchedBy"), Text(mail, "trust")));
        Assert.Equal("R-001", Text(mail, "exhibit"));
        Assert.Equal("ACTIVITY.csv", mail.GetProperty("attachments")[0].GetProperty("name").GetString());
        using (JsonDocument before = await alice.JsonAsync("case", "show", AliceAtHome.Reference))
        {
            Assert.Equal("waiting", Text(before.RootElement, "state"));
            Assert.Contains(before.RootElement.GetProperty("exhibits").EnumerateArray(), exhibit => Text(exhibit, "file") == "M-001.eml" || Text(exhibit, "format") == "eml");
        }

        using JsonDocument confirmed = await alice.JsonAsync("inbox", "confirm", Text(mail, "id")!);
        Assert.Equal("answered", Text(confirmed.RootElement, "controllerState"));
        using JsonDocument after = await alice.JsonAsync("case", "show", AliceAtHome.Reference);
        Assert.Equal("answered", Text(after.RootElement, "state"));
        await alice.OkAsync("verify");
    }

    [Fact]
    public async Task ADeliveryReportFixesTheDayOfReceiptThatWasOnlyPresumed()
    {
        using AliceAtHome alice = await AliceAtHome.MoveInAsync(_servers);
        JsonElement report = await alice.PollForAsync("delivery-report");

        Assert.Equal(("envelope-id", "high"), (Text(report, "matchedBy"), Text(report, "trust")));
        using JsonDocument show = await alice.JsonAsync("case", "show", AliceAtHome.Reference);
        Assert.Contains("delivery report of ", show.RootElement.GetProperty("controllers")[0].GetProperty("clock").GetProperty("basis").GetString(), StringComparison.Ordinal);
        Assert.Contains("delivered", show.RootElement.GetProperty("letters")[0].GetProperty("reply").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALetterThatComesBackIsShownAtTheLetterAndMovesNoClock()
    {
        using AliceAtHome alice = await AliceAtHome.MoveInAsync(_servers, "bounce@vendor.test");
        using JsonDocument before = await alice.JsonAsync("case", "show", AliceAtHome.Reference);
        JsonElement bounce = await alice.PollForAsync("bounce");

        Assert.Equal("L-001", Text(bounce, "letter"));
        using JsonDocument after = await alice.JsonAsync("case", "show", AliceAtHome.Reference);
        Assert.Contains("came back", after.RootElement.GetProperty("letters")[0].GetProperty("reply").GetString(), StringComparison.Ordinal);
        Assert.Equal(before.RootElement.GetProperty("controllers")[0].GetProperty("clock").GetRawText(), after.RootElement.GetProperty("controllers")[0].GetProperty("clock").GetRawText());
    }

    [Fact]
    public async Task OfTwoThousandMailsOnlyTheTwentyThatConcernACaseAreStoredAndNoFlagChanges()
    {
        using AliceAtHome alice = await AliceAtHome.MoveInAsync(_servers);
        var random = new Random(20261122);
        List<string> mails = [.. Enumerable.Range(0, 2000).Select(i => i % 100 == 50
            ? alice.Reply($"Thank you for your request. We have received your request, number {i}.")
            : Private(i, new string((char)('a' + random.Next(26)), random.Next(20, 3000))))];
        await _servers.DeliverToAliceAsync(mails);
        List<string> before = Flags();
        var clock = Stopwatch.StartNew();
        using JsonDocument polled = await alice.PollAsync();
        output.WriteLine($"2,000 mails looked at in {clock.Elapsed.TotalSeconds:0.00} s, process start included; {mails.Sum(mail => mail.Length) >> 10} KiB in the mailbox.");

        Assert.Equal(20, polled.RootElement.GetProperty("mails").EnumerateArray().Count(mail => Text(mail, "kind") == "acknowledgement"));
        Assert.True(polled.RootElement.GetProperty("looked").GetInt32() >= 2000);
        Assert.Equal(before, Flags());
        Assert.DoesNotContain("private-canary", StoredText(alice.Misar.Workspace), StringComparison.Ordinal);
        using JsonDocument again = await alice.PollAsync();
        Assert.Equal(0, again.RootElement.GetProperty("looked").GetInt32());
    }

    [Fact]
    public async Task AMailboxThatIsNumberedAnewAndCopiesAndSecondDeliveriesCountOnce()
    {
        using AliceAtHome alice = await AliceAtHome.MoveInAsync(_servers);
        await alice.PollForAsync("delivery-report");
        string reply = alice.Reply("We need more time: the period is extended by two months because of the number of requests.");
        string sameIdOtherBody = reply.Replace("two months", "two further months", StringComparison.Ordinal);
        await _servers.DeliverToAliceAsync(reply);
        await _servers.DeliverToAliceAsync(reply, sameIdOtherBody, reply);
        using JsonDocument first = await alice.PollAsync();
        Assert.Equal((2, 2), (first.RootElement.GetProperty("new").GetInt32(), first.RootElement.GetProperty("known").GetInt32()));

        foreach (string file in Directory.EnumerateFiles(_servers.AliceMaildir, "dovecot*"))
            File.Delete(file);
        using JsonDocument second = await alice.PollAsync();
        Assert.Equal(0, second.RootElement.GetProperty("new").GetInt32());
        Assert.True(second.RootElement.GetProperty("known").GetInt32() >= 2);
        Assert.Contains(second.RootElement.GetProperty("remarks").EnumerateArray(), remark => remark.GetString()!.Contains("numbered", StringComparison.Ordinal));
        using JsonDocument list = await alice.JsonAsync("inbox", "list", "--case", AliceAtHome.Reference);
        Assert.Equal(3, list.RootElement.GetProperty("mails").GetArrayLength());
    }

    [Fact]
    public async Task AWrongPasswordAndAnUnknownAuthorityAreSaidAndMayBeTriedAgain()
    {
        using AliceAtHome alice = await AliceAtHome.MoveInAsync(_servers);
        await alice.SecretAsync("imap", "not-the-password");
        MisarProcess.Result wrong = await alice.Misar.RunAsync("inbox", "poll");
        Assert.Equal(4, wrong.ExitCode);
        Assert.Contains("misar secret set imap", wrong.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", wrong.Errors + wrong.Output, StringComparison.Ordinal);

        string settings = Path.Combine(alice.Misar.Workspace, "appsettings.json");
        await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken)).Replace(_servers.AuthorityFile, "", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        MisarProcess.Result untrusted = await alice.Misar.RunAsync("inbox", "poll");
        Assert.Equal(4, untrusted.ExitCode);
        Assert.Contains("not trusted here", untrusted.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReferenceInTheTextAloneIsFoundAndAStrangersMailWithoutOneIsNotStored()
    {
        using AliceAtHome alice = await AliceAtHome.MoveInAsync(_servers);
        await _servers.DeliverToAliceAsync(
            """
            From: Helpdesk <helpdesk@elsewhere.test>
            To: alice@client.test
            Subject: Ticket 4711
            Date: Sun, 22 Nov 2026 10:00:00 +0000
            Message-ID: <t1@elsewhere.test>
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64


            """ + Convert.ToBase64String(Encoding.UTF8.GetBytes("Please send us a copy of your passport for SAR-2026-0001.")),
            Private(1, "nothing"));
        using JsonDocument polled = await alice.PollAsync();
        JsonElement mail = Assert.Single(polled.RootElement.GetProperty("mails").EnumerateArray(), mail => Text(mail, "kind") == "identity");
        Assert.Equal(("body", "fair"), (Text(mail, "matchedBy"), Text(mail, "trust")));
        using JsonDocument confirmed = await alice.JsonAsync("inbox", "confirm", Text(mail, "id")!);
        Assert.Equal("paused", Text(confirmed.RootElement, "controllerState"));
    }

    [Fact]
    public async Task TheServiceIsToldOfAnAnswerByTheServerAndTakesItInWithinSeconds()
    {
        using AliceAtHome alice = await AliceAtHome.MoveInAsync(_servers);
        await alice.PollForAsync("delivery-report");
        string reply = alice.Reply("We have received your request.");
        await using (Service.ServingMisar serving = await Service.ServingMisar.StartAsync(alice.Misar))
        {
            // The first look and the sign-in for listening are over.
            await Task.Delay(TimeSpan.FromSeconds(6), TestContext.Current.CancellationToken);
            await _servers.DeliverToAliceAsync(reply);
            var clock = Stopwatch.StartNew();
            while (!serving.Output.Contains("acknowledgement", StringComparison.Ordinal) && clock.Elapsed < TimeSpan.FromSeconds(30))
                await Task.Delay(100, TestContext.Current.CancellationToken);
            output.WriteLine($"Taken in {clock.Elapsed.TotalSeconds:0.0} s after its delivery.");
            Assert.Contains("acknowledgement", serving.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("privacy@vendor.test", serving.Output, StringComparison.Ordinal);
            Assert.Equal(0, await serving.StopAsync());
        }

        using JsonDocument list = await alice.JsonAsync("inbox", "list");
        Assert.Equal("acknowledgement", Text(Assert.Single(list.RootElement.GetProperty("mails").EnumerateArray()), "kind"));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string Private(int number, string text) => $"""
        From: Friend <friend{number}@elsewhere.test>
        To: alice@client.test
        Subject: private-canary {number}
        Date: Sun, 22 Nov 2026 10:00:00 +0000
        Message-ID: <private{number}@elsewhere.test>
        Content-Type: text/plain

        private-canary {text}
        """.ReplaceLineEndings("\r\n");

    /// <summary>A Maildir shows flags in the files' names; Dovecot moves seen ones from new to cur.</summary>
    private List<string> Flags() =>
        [.. Directory.EnumerateFiles(_servers.AliceMaildir, "*", SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>().Where(name => name.Contains(":2,", StringComparison.Ordinal) && !name.EndsWith(":2,", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static string StoredText(string workspace) =>
        string.Concat(Directory.EnumerateFiles(workspace, "*", SearchOption.AllDirectories).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
}
