using System.Text.Json;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Mail;

/// <summary>A person with a mailbox at these servers, a workspace, and a case whose letter was sent to the vendor's.</summary>
internal sealed class AliceAtHome(MailServers servers) : IDisposable
{
    public const string Reference = "SAR-2026-0001";

    public MisarProcess Misar { get; } = new();

    /// <summary>Without angle brackets.</summary>
    public string LetterId { get; private set; } = "";

    public string EnvelopeId { get; private set; } = "";

    /// <summary>The one folder that is looked into; INBOX when null.</summary>
    public static async Task<AliceAtHome> MoveInAsync(MailServers servers, string to = MailServers.VendorAddress)
    {
        var alice = new AliceAtHome(servers);
        await alice.InitAsync();
        await alice.OkAsync("case", "open", "--vendor", "xiaomi-mi-fit");
        using JsonDocument sent = await alice.JsonAsync("letter", "send", Reference, "--kind", "access", "--to", to, "--yes");
        Assert.Equal("accepted", sent.RootElement.GetProperty("state").GetString());
        alice.LetterId = sent.RootElement.GetProperty("messageId").GetString()!.Trim('<', '>');
        alice.EnvelopeId = sent.RootElement.GetProperty("envelopeId").GetString()!;
        return alice;
    }

    public async Task<JsonDocument> JsonAsync(params string[] arguments)
    {
        MisarProcess.Result result = await Misar.RunAsync([.. arguments, "--json"], null, TimeSpan.FromSeconds(120));
        Assert.True(result.ExitCode == 0, result.Output + result.Errors + servers.Logs);
        return JsonDocument.Parse(result.Output);
    }

    public Task<JsonDocument> PollAsync(params string[] further) => JsonAsync(["inbox", "poll", .. further]);

    public async Task OkAsync(params string[] arguments)
    {
        MisarProcess.Result result = await Misar.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }

    public async Task SecretAsync(string name, string secret) =>
        Assert.Equal(0, (await Misar.RunAsync(["secret", "set", name], secret)).ExitCode);

    /// <summary>Polls until a mail of this kind was taken in.</summary>
    public async Task<JsonElement> PollForAsync(string kind)
    {
        for (int attempt = 0; attempt < 60; attempt++)
        {
            using JsonDocument polled = await PollAsync();
            foreach (JsonElement mail in polled.RootElement.GetProperty("mails").EnumerateArray())
            {
                if (mail.GetProperty("kind").GetString() == kind)
                    return mail.Clone();
            }

            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"No {kind} came. {servers.Logs}");
    }

    /// <summary>A mail as the vendor writes it.</summary>
    public string Reply(string text, string headers = "", string subject = "Your request", string? inReplyTo = null) => $"""
        From: Privacy Office <privacy@vendor.test>
        To: alice@client.test
        Subject: {subject}
        Date: {DateTimeOffset.UtcNow:ddd, dd MMM yyyy HH:mm:ss} +0000
        Message-ID: <{Guid.NewGuid():N}@vendor.test>
        In-Reply-To: <{inReplyTo ?? LetterId}>
        {headers}MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        {text}
        """.ReplaceLineEndings("\r\n");

    public void Dispose() => Misar.Dispose();

    private async Task InitAsync()
    {
        await OkAsync(
            "init", "--name", "Alice", "--email", MailServers.AliceAddress, "--country", "NL", "--timezone", "Europe/Amsterdam",
            "--smtp", servers.Smtps.ToString(), "--imap", servers.Imaps.ToString(), "--ca", servers.AuthorityFile, "--non-interactive");
        await SecretAsync("smtp", MailServers.AlicePassword);
        await SecretAsync("imap", MailServers.AlicePassword);
    }
}
