using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MiSarTracker.Core.Ports;
using MiSarTracker.SystemTests.Fixtures;
using MiSarTracker.SystemTests.Mail;
using MiSarTracker.Tests.Pdf;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>The journey by single commands, with a real mail server and a capture that mitmdump has just written.</summary>
public sealed class JourneyTests(MailServers servers) : IClassFixture<MailServers>
{
    [Fact]
    public async Task FromAnEmptyFolderToAReportThatVerifies()
    {
        using CaseAtHand hand = await OpenAsync(servers.Smtp, "--imap", Url("imap", servers.Imap));
        JsonElement doctor = await hand.JsonAsync("doctor");
        var checks = doctor.GetProperty("checks").EnumerateArray().ToDictionary(c => Text(c, "name"), c => Text(c, "state"));
        Assert.All(["database", "vault", "templates", "smtp", "imap", "clock", "mitmproxy"], name => Assert.Equal("ok", checks[name]));

        string preview = (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "access")).Expect(0).Output;
        Assert.Contains("Article 15", preview, StringComparison.Ordinal);
        Assert.Contains(CaseAtHand.UserId, preview, StringComparison.Ordinal);
        await SendAsync(hand);
        TheClockRuns(await hand.ShowAsync());

        await AddEvidenceAsync(hand);
        await hand.JsonAsync("response", "add", hand.Reference, CaseAtHand.Sample("exports", "3000000001_1714557600000.zip"), "--password-file", hand.PasswordFile());
        var found = new ComparisonOf(await hand.JsonAsync("compare", hand.Reference));
        ComparisonOf.Is(found.Accusations("heart-rate").Single(), "not-disclosed", "2024-03-31T12:00+02:00", "2024-03-31T14:00+02:00", 25);
        Assert.Contains(found.Root.GetProperty("recipients").EnumerateArray(), r => Text(r, "host") == BandClient.ApiHost);

        string pdf = Path.Combine(hand.Misar.WorkingFolder, "report.pdf");
        await hand.JsonAsync("report", hand.Reference, "--output", pdf);
        Tool.Qpdf("--check", pdf);
        JsonElement verified = await hand.JsonAsync("verify", hand.Reference);
        Assert.True(verified.GetProperty("intact").GetBoolean());
        Assert.True(verified.GetProperty("reproduced").GetBoolean());
        Assert.Equal(2, verified.GetProperty("comparisons").GetInt32());
    }

    [Fact]
    public async Task OverTlsFromTheStartItArrivesByteForByteToo()
    {
        using CaseAtHand hand = await OpenAsync(servers.Smtps);
        await SendAsync(hand);
    }

    [Fact]
    public async Task ThePreviewedMailIsTheMailThatIsSentAndADryRunSendsNothing()
    {
        using CaseAtHand hand = await OpenAsync(servers.Smtp);
        string[] letter = [hand.Reference, "--kind", "access", "--to", MailServers.VendorAddress];
        JsonElement dry = await hand.JsonAsync(["letter", "send", .. letter, "--dry-run"]);
        Assert.Equal("planned", Text(dry, "state"));
        Assert.Empty((await hand.ShowAsync()).GetProperty("letters").EnumerateArray());
        var refused = (await hand.Misar.RunAsync(["letter", "send", .. letter])).Expect(2);
        Assert.Contains("--yes", refused.Errors, StringComparison.Ordinal);
        Assert.Empty((await hand.ShowAsync()).GetProperty("letters").EnumerateArray());
    }

    [Fact]
    public async Task ARefusedAddressEndsWithTwoAndTheServersWordsAndStartsNoClock()
    {
        using CaseAtHand hand = await OpenAsync(servers.Smtp);
        var sent = (await hand.Misar.RunAsync("letter", "send", hand.Reference, "--kind", "access", "--to", "reject550@vendor.test", "--yes", "--json")).Expect(2);
        Assert.Equal("refused", Text(sent.Json, "state"));
        Assert.Contains("rejected by policy", Text(sent.Json, "reply"), StringComparison.Ordinal);
        JsonElement shown = await hand.ShowAsync();
        Assert.Equal("refused", Text(Assert.Single(shown.GetProperty("letters").EnumerateArray()), "state"));
        Assert.False(shown.GetProperty("controllers")[0].TryGetProperty("clock", out _));
    }

    [Fact]
    public async Task AServerThatIsDownLeavesTheLetterPlanned()
    {
        MailAccount nobody = servers.Smtp with { Port = FreePorts.Take(1)[0] };
        using CaseAtHand hand = await OpenAsync(nobody);
        var sent = (await hand.Misar.RunAsync("letter", "send", hand.Reference, "--kind", "access", "--to", MailServers.VendorAddress, "--yes", "--json")).Expect(4);
        Assert.Equal("planned", Text(sent.Json, "state"));
        JsonElement shown = await hand.ShowAsync();
        Assert.Equal("planned", Text(Assert.Single(shown.GetProperty("letters").EnumerateArray()), "state"));
        Assert.False(shown.GetProperty("controllers")[0].TryGetProperty("clock", out _));
        (await hand.Misar.RunAsync("doctor")).Expect(4);
        (await hand.Misar.RunAsync("verify")).Expect(0);
    }

    /// <summary>The password comes from standard input and stands nowhere but in the secrets' folder.</summary>
    private async Task<CaseAtHand> OpenAsync(MailAccount smtp, params string[] further)
    {
        CaseAtHand hand = await CaseAtHand.OpenAsync(["--smtp", Url(smtp.Encryption == MailEncryption.StartTls ? "smtp" : "smtps", smtp), "--ca", servers.AuthorityFile, .. further]);
        foreach (string name in new[] { "smtp", "imap" })
            (await hand.Misar.RunAsync(["secret", "set", name], MailServers.AlicePassword + "\n")).Expect(0);
        string settings = Path.Combine(hand.Misar.Workspace, "appsettings.json");
        Assert.DoesNotContain(MailServers.AlicePassword, await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        foreach (string file in Directory.GetFiles(Path.Combine(hand.Misar.Workspace, "secrets")).Append(settings).Where(_ => !OperatingSystem.IsWindows()))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
        return hand;
    }

    private async Task SendAsync(CaseAtHand hand)
    {
        var result = (await hand.Misar.RunAsync("letter", "send", hand.Reference, "--kind", "access", "--to", MailServers.VendorAddress, "--yes", "--json")).Expect(0);
        JsonElement sent = result.Json;
        Assert.Equal(("accepted", MailServers.VendorAddress), (Text(sent, "state"), Text(sent, "to")));
        Assert.StartsWith("250", Text(sent, "reply"), StringComparison.Ordinal);
        Assert.Contains(hand.Reference, Text(sent, "envelopeId"), StringComparison.Ordinal);
        byte[] kept = await File.ReadAllBytesAsync(Text(sent, "eml"), TestContext.Current.CancellationToken);
        Assert.Equal(Text(sent, "sha256"), Convert.ToHexStringLower(SHA256.HashData(kept)));
        Assert.Contains(Text(sent, "messageId").Trim('<', '>'), Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        byte[] arrived = await servers.VendorInbox().WaitForAsync(Text(sent, "messageId"));
        Assert.Equal(kept, ArrivedMail.AsSent(arrived));
        // The warning about an address that is not the profile's goes to the person, never into the machine's output.
        Assert.Contains(MailServers.VendorAddress, result.Errors, StringComparison.Ordinal);
    }

    private static void TheClockRuns(JsonElement shown)
    {
        JsonElement clock = shown.GetProperty("controllers")[0].GetProperty("clock");
        foreach (string date in new[] { "received", "nominal", "due", "thirtyDays", "safe" })
            Assert.True(DateOnly.TryParseExact(Text(clock, date), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), date);
        Assert.True(string.CompareOrdinal(Text(clock, "due"), Text(clock, "nominal")) >= 0);
        Assert.True(clock.GetProperty("derivation").GetArrayLength() >= 2);
        var reminders = shown.GetProperty("reminders").EnumerateArray().ToList();
        Assert.NotEmpty(reminders);
        Assert.All(reminders, r => Assert.Equal("pending", Text(r, "state")));
        Assert.Contains(reminders, r => Text(r, "kind") == "thirtieth-day");
    }

    private static async Task AddEvidenceAsync(CaseAtHand hand)
    {
        string dump = Path.Combine(hand.Misar.WorkingFolder, "evening.mitm");
        await Mitmdump.RecordSynchronisationAsync(dump);
        JsonElement file = (await hand.JsonAsync("evidence", "add", hand.Reference, dump, "--device", "Mi Band 3", "--app", "Mi Fit/5.9.2")).GetProperty("files")[0];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(dump, TestContext.Current.CancellationToken))), Text(file, "sha256"));
        Assert.StartsWith("mitmproxy-", Text(file, "format"), StringComparison.Ordinal);
        Assert.Equal(10, file.GetProperty("exchanges").GetInt32());
        Assert.Equal((9, 1, 0, 0, 1), (Count("uploads"), Count("opaque"), Count("unmapped"), Count("attempts"), Count("storedCopies")));
        int Count(string name) => file.GetProperty(name).GetInt32();
        Assert.Equal(95, file.GetProperty("observations").GetProperty("steps").GetInt32());
        Assert.Equal(60, file.GetProperty("observations").GetProperty("workout-track").GetInt32());
        Assert.Empty(file.GetProperty("damaged").EnumerateArray());
        JsonElement list = await hand.JsonAsync("evidence", "list", hand.Reference);
        Assert.Equal("Mi Band 3", Text(Assert.Single(list.GetProperty("evidence").EnumerateArray()), "device"));
        Assert.Contains("band-data", (await hand.Misar.RunAsync("evidence", "show", hand.Reference, "E-001")).Expect(0).Output, StringComparison.Ordinal);
    }

    private static string Url(string scheme, MailAccount account) =>
        string.Create(CultureInfo.InvariantCulture, $"{scheme}://{Uri.EscapeDataString(MailServers.AliceAddress)}@{account.Host}:{account.Port}");

    private static string Text(JsonElement of, string name) => ComparisonOf.Text(of, name);
}
