using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>
/// The questions that the person was left with: did the second answer mend it, did anything new start to be collected, where do unknown
/// values stand, who else got them, and is it the same elsewhere?
/// </summary>
public sealed class FurtherQuestionsTests
{
    private const string Token = "kJ7-session-88231-QQ";

    [Fact]
    public async Task ASecondAnswerIsHeldAgainstTheFirst()
    {
        using CaseAtHand hand = await WithCaptureAsync();
        string first = hand.Write("HEARTRATE_AUTO_1714557600000.csv", HeartRates(keep: 100));
        await hand.JsonAsync("response", "add", hand.Reference, first, "--received", "2026-10-12");
        await hand.JsonAsync("response", "add", hand.Reference, CaseAtHand.Sample("exports", "zepp_plain.zip"), "--received", "2026-11-02");

        JsonElement compared = await hand.JsonAsync("compare", hand.Reference);

        JsonElement[] rounds = [.. compared.GetProperty("rounds").EnumerateArray()];
        Assert.Equal(["2026-10-12", "2026-11-02"], rounds.Select(round => round.GetProperty("received").GetString()));
        JsonElement heart = Category(rounds[1], "heart-rate");
        Assert.Equal((407L, 25L, 0L), (Number(heart, "fixed"), Number(heart, "stillMissing"), Number(heart, "newlyMissing")));
        JsonElement steps = Category(rounds[1], "steps");
        Assert.Equal((87L, 8L), (Number(steps, "fixed"), Number(steps, "stillMissing")));
        // Both count together, so the whole is what the second alone would give.
        Assert.Equal((95, 87, 8, 0), new ComparisonOf(compared).Counts("steps"));
        string screen = (await hand.Misar.RunAsync("compare", hand.Reference)).Expect(0).Output;
        Assert.Contains("Answer 2 (R-002, received 2026-11-02) against those before it", screen, StringComparison.Ordinal);
        (await hand.Misar.RunAsync("verify")).Expect(0);
        string report = Path.Combine(hand.Misar.WorkingFolder, "report.pdf");
        await hand.JsonAsync("report", hand.Reference, "--output", report);
        Assert.Contains("Several answers", await TextOfAsync(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatANewerCaptureUploadsForTheFirstTimeIsSaid()
    {
        using CaseAtHand hand = await WithCaptureAsync();
        await hand.JsonAsync("evidence", "add", hand.Reference, hand.Write("newer.har", NewerCapture()));

        JsonElement drift = (await hand.JsonAsync("compare", hand.Reference, "--since", "E-001")).GetProperty("drift");

        Assert.Equal(("E-001", "E-002"), (drift.GetProperty("before")[0].GetString(), drift.GetProperty("after")[0].GetString()));
        var news = drift.GetProperty("new").EnumerateArray().Select(one => (one.GetProperty("kind").GetString(), one.GetProperty("name").GetString())).ToList();
        Assert.Contains(("host", "api2.amplitude.com"), news);
        Assert.Contains(news, one => one.Item1 == "unknown-field" && one.Item2!.Contains("trace", StringComparison.Ordinal));
        Assert.Contains("no capture E-009", (await hand.Misar.RunAsync("compare", hand.Reference, "--since", "E-009")).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("newer than E-002", (await hand.Misar.RunAsync("compare", hand.Reference, "--since", "E-002")).Expect(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownValueIsFoundInAnotherNotationAndAThirdPartyByItsName()
    {
        using CaseAtHand hand = await WithCaptureAsync();
        await hand.JsonAsync("evidence", "add", hand.Reference, hand.Write("newer.har", NewerCapture()));
        string letter = $"Dear Alice,\r\n\r\nYour session was {Convert.ToBase64String(Encoding.UTF8.GetBytes(Token))}. We keep it for two years.\r\n";
        await hand.JsonAsync("response", "add", hand.Reference, hand.Write("letter.txt", Encoding.UTF8.GetBytes(letter)), "--received", "2026-10-12");

        JsonElement compared = await hand.JsonAsync("compare", hand.Reference);

        JsonElement field = compared.GetProperty("search").GetProperty("fields").EnumerateArray().Single(one => one.GetProperty("field").GetString()!.Contains("trace", StringComparison.Ordinal));
        Assert.Equal((1L, 1L, "base64"), (Number(field, "sought"), Number(field, "found"), field.GetProperty("notation").GetString()));
        JsonElement recipient = compared.GetProperty("recipients").EnumerateArray().Single(one => one.GetProperty("host").GetString() == "api2.amplitude.com");
        Assert.Equal(("Amplitude, Inc.", "US", false), (recipient.GetProperty("owner").GetString(), recipient.GetProperty("country").GetString(), recipient.GetProperty("named").GetBoolean()));
        JsonElement unnamed = Assert.Single(compared.GetProperty("findings").EnumerateArray(), one => Text(one, "subject") == "api2.amplitude.com");
        Assert.Equal(("recipient-not-named", "medium"), (Text(unnamed, "kind"), Text(unnamed, "severity")));
        Assert.Contains("with the device-id that the vendor was sent too", Text(unnamed, "statement"), StringComparison.Ordinal);

        string report = Path.Combine(hand.Misar.WorkingFolder, "report.pdf");
        await hand.JsonAsync("report", hand.Reference, "--output", report, "--since", "E-001", "--tolerance", "heart-rate=2");
        string text = await TextOfAsync(report);
        Assert.Contains("New since E-001", text, StringComparison.Ordinal);
        Assert.Contains("Values without a rule", text, StringComparison.Ordinal);
        (await hand.Misar.RunAsync("verify")).Expect(0);

        await hand.JsonAsync("response", "add", hand.Reference, hand.Write("more.txt", "We also share your data with Amplitude, Inc., San Francisco.\r\n"u8.ToArray()), "--received", "2026-10-13");
        compared = await hand.JsonAsync("compare", hand.Reference);
        Assert.DoesNotContain(("recipient-not-named", "api2.amplitude.com"), Findings(compared));
    }

    [Fact]
    public async Task ThePersonsJudgementOfAnItemStandsInTheComparisonWithItsReason()
    {
        using CaseAtHand hand = await WithCaptureAsync();
        await hand.JsonAsync("response", "add", hand.Reference, hand.Write("letter.txt", "We store your data for two years.\r\n"u8.ToArray()), "--received", "2026-10-12");
        Assert.Equal("answered", Status(await hand.JsonAsync("compare", hand.Reference), "15(1)(d)"));

        await hand.JsonAsync("response", "grade", hand.Reference, "--item", "15(1)(d)", "--status", "partly", "--because", "says nothing of backups");

        JsonElement compared = await hand.JsonAsync("compare", hand.Reference);
        JsonElement item = compared.GetProperty("article15").EnumerateArray().Single(one => one.GetProperty("item").GetString() == "15(1)(d)");
        Assert.Equal(("partly", "person", "says nothing of backups", "answered"), (Text(item, "status"), Text(item, "by"), Text(item, "because"), Text(item, "patternStatus")));
        await hand.JsonAsync("response", "grade", hand.Reference, "--item", "15(1)(d)", "--status", "pattern", "--because", "on second thoughts");
        Assert.Equal("answered", Status(await hand.JsonAsync("compare", hand.Reference), "15(1)(d)"));
        Assert.Contains("15(1)(h)", (await hand.Misar.RunAsync("response", "grade", hand.Reference, "--item", "15(9)", "--status", "missing", "--because", "x")).Expect(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllCasesStandInOneTable()
    {
        using CaseAtHand hand = await WithCaptureAsync();
        await hand.JsonAsync("response", "add", hand.Reference, CaseAtHand.Sample("exports", "zepp_plain.zip"));
        string other = (await hand.JsonAsync("case", "open", "--vendor", "fitbit", "--identifier", "user-id=GGNJL9")).GetProperty("reference").GetString()!;
        await hand.JsonAsync("evidence", "add", other, Path.Combine(AppContext.BaseDirectory, "templates", "vendors", "samples", "fitbit", "third-party-app.har"));
        int entries = (await hand.ShowAsync()).GetProperty("history").GetArrayLength();

        JsonElement[] cases = [.. (await hand.JsonAsync("compare", "--all")).GetProperty("cases").EnumerateArray()];

        Assert.Equal([(hand.Reference, true), (other, false)], cases.Select(one => (Text(one, "case"), one.GetProperty("compared").GetBoolean())));
        JsonElement steps = Category(cases[0], "steps");
        Assert.Equal((95L, 87L, "partly-disclosed"), (Number(steps, "uploaded"), Number(steps, "matched"), Text(steps, "verdict")));
        Assert.Equal(2, Number(Category(cases[1], "body"), "uploaded"));
        Assert.Equal(entries, (await hand.ShowAsync()).GetProperty("history").GetArrayLength());

        string screen = (await hand.Misar.RunAsync("compare", "--all")).Expect(0).Output;
        Assert.Contains("92 %", screen, StringComparison.Ordinal);
        Assert.Contains("seen 2", screen, StringComparison.Ordinal);
        Assert.All(screen.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("Either one case or --all", (await hand.Misar.RunAsync("compare", hand.Reference, "--all")).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("Which case?", (await hand.Misar.RunAsync("compare")).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("--csv is for one case", (await hand.Misar.RunAsync("compare", "--all", "--csv", "x.csv")).Expect(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABase64CopyOfTheUploadInTheAnswerIsUnintelligible()
    {
        using CaseAtHand hand = await WithCaptureAsync();
        string blob = Convert.ToBase64String([.. Enumerable.Range(0, 1440).Select(minute => (byte)(60 + (minute * 7 % 50)))]);
        await hand.JsonAsync("response", "add", hand.Reference, hand.Write("export.json", Encoding.UTF8.GetBytes($$"""[{"date_time":"2024-03-30","data_hr":"{{blob}}"},{"date_time":"2024-03-31","data_hr":"{{blob}}"}]""")));

        var compared = new ComparisonOf(await hand.JsonAsync("compare", hand.Reference));

        Assert.Equal("unintelligible", Text(compared.Category("heart-rate"), "verdict"));
        Assert.Equal("not-disclosed", Text(compared.Category("sleep"), "verdict"));
        Assert.All(compared.Accusations("heart-rate"), finding => Assert.Equal("unintelligible", Text(finding, "kind")));
    }

    /// <summary>A new phone: the app reads an old day back, and that alone proves that the vendor holds it.</summary>
    [Fact]
    public async Task WhatTheVendorsServerGaveBackIsHeldAgainstTheAnswerToo()
    {
        using CaseAtHand hand = await WithCaptureAsync();
        await hand.JsonAsync("evidence", "add", hand.Reference, hand.Write("new-phone.har", DayReadBack()));
        await hand.JsonAsync("response", "add", hand.Reference, CaseAtHand.Sample("exports", "zepp_plain.zip"));

        JsonElement compared = await hand.JsonAsync("compare", hand.Reference);

        JsonElement heart = compared.GetProperty("stored").EnumerateArray().Single(one => Text(one, "category") == "heart-rate");
        Assert.Equal((10L, 0L, 10L, 0L), (Number(heart, "stored"), Number(heart, "matched"), Number(heart, "missing"), Number(heart, "altered")));
        Assert.Equal((532, 507, 25, 0), new ComparisonOf(compared).Counts("heart-rate"));
        JsonElement finding = compared.GetProperty("findings").EnumerateArray().Single(one => one.TryGetProperty("stored", out _) && Text(one, "category") == "heart-rate");
        Assert.Equal("The vendor's server gave the app 10 heart-rate values, recorded on 5 December 2023 from 10:00 to 10:09; they are not in the answer.", Text(finding, "statement"));
        Assert.Equal(("2023-12-05T10:00+01:00", "E-002"), (Text(finding, "from"), Text(finding.GetProperty("evidence")[0], "exhibit")));
        Assert.Contains("Given back to the app by the vendor's servers", (await hand.Misar.RunAsync("compare", hand.Reference)).Expect(0).Output, StringComparison.Ordinal);
        string report = Path.Combine(hand.Misar.WorkingFolder, "report.pdf");
        await hand.JsonAsync("report", hand.Reference, "--output", report);
        Assert.Contains("What the vendor’s servers gave back", await TextOfAsync(report), StringComparison.Ordinal);
        (await hand.Misar.RunAsync("verify")).Expect(0);
    }

    private static byte[] DayReadBack()
    {
        byte[] rates = [.. Enumerable.Range(0, 1440).Select(minute => minute is >= 600 and < 610 ? (byte)(64 + minute - 600) : (byte)255)];
        string summary = Convert.ToBase64String("""{"v":6,"tz":"3600","stp":{"ttl":0},"slp":{"st":0,"ed":0}}"""u8.ToArray());
        string answer = JsonSerializer.Serialize(new { code = 1, data = new[] { new { date_time = "2023-12-05", uid = "3000000001", data_type = 0, source = 24, device_id = CaseAtHand.DeviceId, summary, data_hr = Convert.ToBase64String(rates) } } });
        return Encoding.UTF8.GetBytes($$$"""
            {"log":{"version":"1.2","creator":{"name":"test","version":"1"},"entries":[{"startedDateTime":"2024-04-02T09:00:00.000Z","time":20,
            "request":{"method":"GET","url":"https://api-mifit-de.huami.com/v1/data/band_data.json?query_type=detail&userid=3000000001&from_date=2023-12-05&to_date=2023-12-05","httpVersion":"HTTP/1.1","headers":[],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":0},
            "response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[{"name":"content-type","value":"application/json"}],"cookies":[],"content":{"size":1,"mimeType":"application/json","text":{{{JsonSerializer.Serialize(answer)}}}},"redirectURL":"","headersSize":-1,"bodySize":1},
            "cache":{},"timings":{"send":0,"wait":1,"receive":0}}]}}
            """);
    }

    private static async Task<CaseAtHand> WithCaptureAsync()
    {
        CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("evidence", "add", hand.Reference, CaseAtHand.Sample("captures", "mifit-upload-http1.v17.mitm"));
        return hand;
    }

    /// <summary>The first rows of the sample's heart rates.</summary>
    private static byte[] HeartRates(int keep)
    {
        using ZipArchive zip = ZipFile.OpenRead(CaseAtHand.Sample("exports", "zepp_plain.zip"));
        using var reader = new StreamReader(zip.Entries.Single(entry => entry.Name.StartsWith("HEARTRATE_AUTO", StringComparison.Ordinal)).Open());
        return Encoding.UTF8.GetBytes(string.Join('\n', reader.ReadToEnd().Split('\n').Take(keep + 1)) + "\n");
    }

    /// <summary>A year later the app also talks to a company that counts what persons do.</summary>
    private static byte[] NewerCapture() => Encoding.UTF8.GetBytes($$$"""
        {"log":{"version":"1.2","creator":{"name":"test","version":"1"},"entries":[{"startedDateTime":"2099-11-21T09:00:00.000Z","time":20,
        "request":{"method":"POST","url":"https://api2.amplitude.com/2/httpapi","httpVersion":"HTTP/2","headers":[{"name":"content-type","value":"application/json"}],"queryString":[],"cookies":[],
        "headersSize":-1,"bodySize":70,"postData":{"mimeType":"application/json","text":"{\"events\":[{\"event_type\":\"open\",\"trace\":\"{{{Token}}}\",\"device_id\":\"{{{CaseAtHand.DeviceId}}}\"}]}"}},
        "response":{"status":200,"statusText":"OK","httpVersion":"HTTP/2","headers":[],"cookies":[],"content":{"size":2,"mimeType":"application/json","text":"{}"},"redirectURL":"","headersSize":-1,"bodySize":2},
        "cache":{},"timings":{"send":0,"wait":1,"receive":0}}]}}
        """);

    private static async Task<string> TextOfAsync(string pdf)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("pdftotext", ["-layout", pdf, "-"]) { RedirectStandardOutput = true })!;
        string text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return text;
    }

    private static JsonElement Category(JsonElement parent, string name) => parent.GetProperty("categories").EnumerateArray().Single(one => Text(one, "category") == name);

    private static IEnumerable<(string Kind, string Subject)> Findings(JsonElement compared) =>
        compared.GetProperty("findings").EnumerateArray().Select(one => (Text(one, "kind"), Text(one, "subject")));

    private static string Status(JsonElement compared, string item) => Text(compared.GetProperty("article15").EnumerateArray().Single(one => Text(one, "item") == item), "status");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
