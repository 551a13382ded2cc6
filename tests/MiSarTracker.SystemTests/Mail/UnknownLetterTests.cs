using System.Text.Json;
using System.Text.Json.Nodes;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Mail.Trust;
using MiSarTracker.SystemTests.Fixtures;
using MiSarTracker.Tests.Mail;
using MiSarTracker.Tests.Mail.Sending;
using NodaTime;
using Xunit;

namespace MiSarTracker.SystemTests.Mail;

/// <summary>
/// A letter whose server fell silent after the final dot, at the command line: nobody knows whether it went out. The way out is a server
/// on a script; the mailbox is Dovecot's.
/// </summary>
public sealed class UnknownLetterTests(MailServers servers) : IClassFixture<MailServers>
{
    private const string Reference = AliceAtHome.Reference;

    [Fact]
    public async Task ACopyInTheSentFolderSettlesItWithItsOwnDay()
    {
        await using var silent = new SilentServer(servers);
        using MisarProcess misar = await silent.SendAsync();
        MisarProcess.Result shown = await misar.RunAsync("case", "show", Reference);
        Assert.Contains("nobody knows whether it went out", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"misar letter settle {Reference} L-001\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("--as not-sent", shown.Output, StringComparison.Ordinal);

        using JsonDocument before = await RunAsync(misar, 4, "letter", "settle", Reference, "L-001");
        Assert.Equal("unknown", Text(before, "state"));
        Assert.Equal(["Sent", "INBOX"], before.RootElement.GetProperty("searched").EnumerateArray().Select(folder => folder.GetString()));

        // The provider keeps copies, this one since the moment of the sending.
        Instant moment = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
        await KeepAsync(misar, moment);
        using JsonDocument after = await RunAsync(misar, 0, "letter", "settle", Reference, "L-001");
        Assert.Equal(("accepted", "Sent"), (Text(after, "state"), Text(after, "foundIn")));
        using JsonDocument found = await RunAsync(misar, 0, "case", "show", Reference);
        Assert.Equal("waiting", Text(found, "state"));
        Assert.Equal(2, (await misar.RunAsync("letter", "settle", Reference, "L-001")).ExitCode);
        Assert.Equal(0, (await misar.RunAsync("verify")).ExitCode);
    }

    [Fact]
    public async Task ACopyInTheInboxSettlesItTooAndStaysUnread()
    {
        await using var silent = new SilentServer(servers);
        using MisarProcess misar = await silent.SendAsync();
        using JsonDocument shown = await RunAsync(misar, 0, "case", "show", Reference);
        string id = shown.RootElement.GetProperty("letters")[0].GetProperty("messageId").GetString()!;
        await servers.DeliverToAliceAsync($"From: alice@client.test\r\nTo: privacy@vendor.test\r\nSubject: copy\r\nMessage-ID: {id}\r\n\r\ncopy\r\n");
        using JsonDocument after = await RunAsync(misar, 0, "letter", "settle", Reference, "L-001");
        Assert.Equal(("accepted", "INBOX"), (Text(after, "state"), Text(after, "foundIn")));
        string copy = Assert.Single(Directory.EnumerateFiles(servers.AliceMaildir, "*", SearchOption.AllDirectories), file => !file.Contains("dovecot", StringComparison.Ordinal) && File.ReadAllText(file).Contains(id, StringComparison.Ordinal));
        Assert.DoesNotMatch(":2,.*S", copy);
    }

    [Fact]
    public async Task AReportOnItSettlesIt()
    {
        await using var silent = new SilentServer(servers);
        using MisarProcess misar = await silent.SendAsync();
        using JsonDocument before = await RunAsync(misar, 0, "case", "show", Reference);
        string id = before.RootElement.GetProperty("letters")[0].GetProperty("messageId").GetString()!;
        await servers.DeliverToAliceAsync($"""
            From: Mail Delivery System <mailer-daemon@client.test>
            To: alice@client.test
            Subject: Delivery report
            Date: {DateTimeOffset.UtcNow:ddd, dd MMM yyyy HH:mm:ss} +0000
            Message-ID: <{Guid.NewGuid():N}@client.test>
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b

            Delivered.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.client.test
            Original-Envelope-ID: {Reference}.1

            Final-Recipient: rfc822; privacy@vendor.test
            Action: delivered
            Status: 2.0.0

            --b
            Content-Type: text/rfc822-headers

            Message-ID: {id}

            --b--
            """.ReplaceLineEndings("\r\n"));
        await RunAsync(misar, 0, "inbox", "poll");
        using JsonDocument shown = await RunAsync(misar, 0, "case", "show", Reference);
        JsonElement letter = shown.RootElement.GetProperty("letters")[0];
        Assert.Equal("accepted", letter.GetProperty("state").GetString());
        Assert.StartsWith("delivery report of ", shown.RootElement.GetProperty("controllers")[0].GetProperty("clock").GetProperty("basis").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await misar.RunAsync("verify")).ExitCode);
    }

    [Fact]
    public async Task ALetterThatIsDelayedIsShownSoAndStaysAccepted()
    {
        using AliceAtHome alice = await AliceAtHome.MoveInAsync(servers, "tempfail@vendor.test");
        await alice.PollForAsync("delivery-report");
        using JsonDocument shown = await alice.JsonAsync("case", "show", Reference);
        JsonElement letter = shown.RootElement.GetProperty("letters")[0];
        Assert.Equal("accepted", letter.GetProperty("state").GetString());
        Assert.Contains("delayed; the servers go on trying", letter.GetProperty("reply").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("presumed", shown.RootElement.GetProperty("controllers")[0].GetProperty("clock").GetProperty("basis").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALetterThatWasAskedToComeBackLaterWaitsAndThenIsAccepted()
    {
        using var misar = new MisarProcess();
        foreach (string[] step in new string[][]
        {
            ["init", "--name", "Alice", "--email", MailServers.AliceAddress, "--country", "NL", "--smtp", servers.Smtps.ToString(), "--ca", servers.AuthorityFile, "--non-interactive"],
            ["secret", "set", "smtp"],
            ["case", "open", "--vendor", "xiaomi-mi-fit"],
        })
        {
            Assert.Equal(0, (await misar.RunAsync(step, MailServers.AlicePassword)).ExitCode);
        }

        using JsonDocument later = await RunAsync(misar, 4, "letter", "send", Reference, "--kind", "access", "--to", "greylisted@vendor.test", "--yes");
        Assert.Equal("planned", Text(later, "state"));
        Assert.Contains("451", Text(later, "reply"), StringComparison.Ordinal);
        servers.EndGreylisting();
        using JsonDocument accepted = await RunAsync(misar, 0, "letter", "retry", Reference, "L-001");
        Assert.Equal(("accepted", Text(later, "messageId")), (Text(accepted, "state"), Text(accepted, "messageId")!.Trim('<', '>')));
        Assert.Equal(Text(later, "sha256"), Text(accepted, "sha256"));
    }

    [Fact]
    public async Task SentAgainByThePersonsWordItIsTheSameLetter()
    {
        await using var silent = new SilentServer(servers);
        using MisarProcess misar = await silent.SendAsync();
        using JsonDocument decided = await RunAsync(misar, 0, "letter", "settle", Reference, "L-001", "--as", "not-sent");
        Assert.Equal("planned", Text(decided, "state"));
        silent.Answers = true;
        using JsonDocument sent = await RunAsync(misar, 0, "letter", "retry", Reference, "L-001");
        Assert.Equal("accepted", Text(sent, "state"));
        Assert.Equal(2, silent.Letters.Count);
        Assert.Equal(silent.Letters[0], silent.Letters[1]);
        Assert.Contains(Text(sent, "messageId")!, silent.Letters[0], StringComparison.Ordinal);
        Assert.Equal(0, (await misar.RunAsync("verify")).ExitCode);
    }

    [Fact]
    public async Task ALetterThatWaitsCanBeTakenBackAndWrittenAnew()
    {
        await using var silent = new SilentServer(servers);
        using MisarProcess misar = await silent.SendAsync();
        Assert.Equal(2, (await misar.RunAsync("letter", "cancel", Reference, "L-001")).ExitCode);
        await RunAsync(misar, 0, "letter", "settle", Reference, "L-001", "--as", "not-sent");
        using JsonDocument cancelled = await RunAsync(misar, 0, "letter", "cancel", Reference, "L-001");
        Assert.Equal("refused", Text(cancelled, "state"));
        Assert.Contains("not one byte", Text(cancelled, "reply"), StringComparison.Ordinal);
        Assert.Equal(2, (await misar.RunAsync("letter", "retry", Reference, "L-001")).ExitCode);
        silent.Answers = true;
        using JsonDocument anew = await RunAsync(misar, 0, "letter", "send", Reference, "--kind", "access", "--to", "privacy@vendor.test", "--yes");
        Assert.Equal("accepted", Text(anew, "state"));
        Assert.Equal(0, (await misar.RunAsync("verify")).ExitCode);
    }

    [Fact]
    public async Task ThePersonMaySayThatItDidGoOut()
    {
        await using var silent = new SilentServer(servers);
        using MisarProcess misar = await silent.SendAsync();
        using JsonDocument decided = await RunAsync(misar, 0, "letter", "settle", Reference, "L-001", "--as", "sent");
        Assert.Equal("accepted", Text(decided, "state"));
        using JsonDocument found = await RunAsync(misar, 0, "case", "show", Reference);
        Assert.Equal("waiting", Text(found, "state"));
        Assert.Single(silent.Letters);
    }

    [Fact]
    public async Task WhereItIsWantedACopyOfTheVeryBytesLiesInTheSentFolderAsRead()
    {
        await using var silent = new SilentServer(servers) { Answers = true };
        using MisarProcess misar = await silent.PrepareAsync();
        SetMail(misar, mail => mail["KeepSent"] = true);
        using JsonDocument sent = await RunAsync(misar, 0, "letter", "send", Reference, "--kind", "access", "--to", "privacy@vendor.test", "--yes");
        byte[] eml = await File.ReadAllBytesAsync(Text(sent, "eml")!, TestContext.Current.CancellationToken);
        string[] copies = [.. Directory.EnumerateFiles(Path.Combine(servers.AliceMaildir, ".Sent"), "*", SearchOption.AllDirectories).Where(file => file.Contains("/cur/", StringComparison.Ordinal) && File.ReadAllText(file).Contains(Text(sent, "messageId")!, StringComparison.Ordinal))];
        string copy = Assert.Single(copies);
        Assert.EndsWith(":2,S", copy, StringComparison.Ordinal);
        Assert.Equal(System.Text.Encoding.ASCII.GetString(eml).ReplaceLineEndings("\n"), (await File.ReadAllTextAsync(copy, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task ACopyThatCannotBeKeptIsSaidAndTheLetterIsAcceptedAllTheSame()
    {
        await using var silent = new SilentServer(servers) { Answers = true };
        using MisarProcess misar = await silent.PrepareAsync();
        SetMail(misar, mail => (mail["KeepSent"], mail["SentFolder"]) = (true, "No such folder"));
        MisarProcess.Result sent = await misar.RunAsync("letter", "send", Reference, "--kind", "access", "--to", "privacy@vendor.test", "--yes");
        Assert.Equal(0, sent.ExitCode);
        Assert.Single(sent.Errors.Split("no copy was put into the Sent folder")[1..]);
    }

    private static void SetMail(MisarProcess misar, Action<JsonNode> change)
    {
        string path = Path.Combine(misar.Workspace, "appsettings.json");
        JsonNode settings = JsonNode.Parse(File.ReadAllText(path))!;
        change(settings["Mail"]!);
        File.WriteAllText(path, settings.ToJsonString());
    }

    private async Task KeepAsync(MisarProcess misar, Instant moment)
    {
        using JsonDocument shown = await RunAsync(misar, 0, "case", "show", Reference);
        JsonElement letter = shown.RootElement.GetProperty("letters")[0];
        string sha256 = letter.GetProperty("sha256").GetString()!;
        string eml = Directory.EnumerateFiles(Path.Combine(misar.Workspace, "vault"), "*", SearchOption.AllDirectories).Single(file => file.Replace("/", "", StringComparison.Ordinal).EndsWith(sha256, StringComparison.Ordinal));
        PreparedMail mail = PreparedMail.Reopen(
            letter.GetProperty("messageId").GetString()!.Trim('<', '>'), $"{Reference}.1", EmailAddress.Parse(MailServers.AliceAddress), EmailAddress.Parse(MailServers.VendorAddress),
            await File.ReadAllBytesAsync(eml, TestContext.Current.CancellationToken), sha256);
        var box = new SentMailbox(servers.Imaps, TrustedAuthorities.Load(servers.AuthorityFile), _ => ValueTask.FromResult<string?>(MailServers.AlicePassword));
        Assert.Equal("Sent", await box.KeepAsync(mail, moment, TestContext.Current.CancellationToken));
    }

    private static string? Text(JsonDocument document, string name) => document.RootElement.GetProperty(name).GetString();

    private static async Task<JsonDocument> RunAsync(MisarProcess misar, int exitCode, params string[] arguments)
    {
        MisarProcess.Result result = await misar.RunAsync([.. arguments, "--json"]);
        Assert.True(result.ExitCode == exitCode, $"{result.ExitCode}: {result.Output}{result.Errors}");
        return JsonDocument.Parse(result.Output);
    }

    /// <summary>A submission server that takes every letter and, at first, never says so: it hangs up after the final dot.</summary>
    private sealed class SilentServer : IAsyncDisposable
    {
        private readonly MailServers _servers;
        private readonly TestCertificates _authority = new("MiSarTracker silent authority");
        private readonly ScriptedServer _server;

        public SilentServer(MailServers servers)
        {
            _servers = servers;
            _server = new ScriptedServer(_authority.Issue(["127.0.0.1"]), async line =>
            {
                Letters.Add(await SmtpScripts.ToFinalDotAsync(line));
                if (Answers)
                    await line.SayAsync("250 2.0.0 taken\r\n");
                await line.CloseAsync();
            });
        }

        public bool Answers { get; set; }

        public List<string> Letters { get; } = [];

        /// <summary>A workspace with a case, whose mail goes out here and comes in at Dovecot.</summary>
        public async Task<MisarProcess> PrepareAsync()
        {
            var misar = new MisarProcess();
            string both = Path.Combine(misar.Home, "authorities.pem");
            await File.WriteAllTextAsync(both, await File.ReadAllTextAsync(_servers.AuthorityFile) + "\n" + _authority.AuthorityPem);
            await OkAsync(misar, null, "init", "--name", "Alice", "--email", MailServers.AliceAddress, "--country", "NL", "--timezone", "Europe/Amsterdam",
                "--smtp", $"smtps://alice%40client.test@127.0.0.1:{_server.Port}", "--imap", _servers.Imaps.ToString(), "--ca", both, "--non-interactive");
            await OkAsync(misar, MailServers.AlicePassword, "secret", "set", "smtp");
            await OkAsync(misar, MailServers.AlicePassword, "secret", "set", "imap");
            await OkAsync(misar, null, "case", "open", "--vendor", "xiaomi-mi-fit");
            return misar;
        }

        /// <summary>And with a letter whose fate nobody knows.</summary>
        public async Task<MisarProcess> SendAsync()
        {
            MisarProcess misar = await PrepareAsync();
            using JsonDocument sent = await RunAsync(misar, 4, "letter", "send", Reference, "--kind", "access", "--to", "privacy@vendor.test", "--yes");
            Assert.Equal("unknown", Text(sent, "state"));
            return misar;
        }

        public async ValueTask DisposeAsync()
        {
            await _server.DisposeAsync();
            _authority.Dispose();
        }

        private static async Task OkAsync(MisarProcess misar, string? input, params string[] arguments)
        {
            MisarProcess.Result result = await misar.RunAsync(arguments, input);
            Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        }
    }
}
