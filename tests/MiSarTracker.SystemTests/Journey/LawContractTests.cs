using System.Text.Json;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>Pauses, further parties, complaints, the calendar and changed tables, as a person types them.</summary>
public sealed class LawContractTests
{
    [Fact]
    public async Task AnIdentityQuestionShowsBothDatesAndEndsWithTheAnswer()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("case", "received", hand.Reference, "2026-03-05");
        JsonElement asked = await hand.JsonAsync("response", "record", hand.Reference, "--kind", "identity", "--received", "2026-03-10");
        Assert.Equal(("paused", "2026-04-07", "2026-04-07", null), (Text(asked, "state"), Text(asked, "due"), Text(asked, "withoutPause"), Text(asked, "withPause")));
        JsonElement shown = await hand.ShowAsync();
        Assert.Equal("paused", Text(shown, "state"));
        Assert.DoesNotContain(shown.GetProperty("reminders").EnumerateArray(), r => Text(r, "state") == "pending");

        JsonElement answered = await hand.JsonAsync("case", "clarified", hand.Reference, "--on", "2026-03-20");
        Assert.Equal(("received", "2026-04-07", "2026-04-15", "2026-04-15"), (Text(answered, "state"), Text(answered, "withoutPause"), Text(answered, "withPause"), Text(answered, "safe")));
        JsonElement clock = (await hand.ShowAsync()).GetProperty("controllers")[0].GetProperty("clock");
        Assert.Contains(clock.GetProperty("derivation").EnumerateArray(), s => s.GetString()!.Contains("paragraph 159", StringComparison.Ordinal));
        Assert.Contains((await hand.ShowAsync()).GetProperty("reminders").EnumerateArray(), r => Text(r, "state") == "pending" && Text(r, "kind") == "overdue");
        (await hand.Misar.RunAsync("case", "clarified", hand.Reference, "--on", "2026-03-21")).Expect(2);
        (await hand.Misar.RunAsync("verify", hand.Reference)).Expect(0);
    }

    [Fact]
    public async Task NotTheControllerAskHuamiOpensTheLinkedRequestInOneStep()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("case", "received", hand.Reference, "2026-03-05");
        JsonElement recorded = await hand.JsonAsync(
            "response", "record", hand.Reference, "--kind", "not-controller", "--received", "2026-03-12", "--ask", "huami", "--quote", "Mi Fit is a product of Huami.");
        Assert.Equal("huami", Text(recorded, "asks"));
        JsonElement[] controllers = [.. (await hand.ShowAsync()).GetProperty("controllers").EnumerateArray()];
        Assert.Equal(["not-controller", "draft"], controllers.Select(c => Text(c, "state")));
        Assert.Equal(("xiaomi", "Mi Fit is a product of Huami."), (Text(controllers[1].GetProperty("redirect"), "by"), Text(controllers[1].GetProperty("redirect"), "quote")));

        await hand.JsonAsync("case", "received", hand.Reference, "2026-03-16", "--controller", "huami");
        Assert.Equal("2026-04-16", Text((await hand.ShowAsync()).GetProperty("controllers")[1].GetProperty("clock"), "due"));
        (await hand.Misar.RunAsync("response", "record", hand.Reference, "--kind", "not-controller", "--controller", "huami", "--received", "2026-03-20", "--ask", "nobody")).Expect(2);
        await hand.JsonAsync("response", "record", hand.Reference, "--kind", "not-controller", "--controller", "huami", "--received", "2026-03-20",
            "--ask-name", "Zepp Health B.V.", "--ask-email", "privacy@zepp.example", "--ask-country", "NL");
        Assert.Equal("zepp-health-b-v", Text((await hand.ShowAsync()).GetProperty("controllers")[2], "id"));
        (await hand.Misar.RunAsync("verify", hand.Reference)).Expect(0);
    }

    [Fact]
    public async Task AComplaintIsChosenLodgedDeclinedAndTheCaseClosed()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        (await hand.Misar.RunAsync("case", "complained", hand.Reference, "--authority", "nl-ap")).Expect(2);
        await hand.JsonAsync("case", "received", hand.Reference, "2026-03-05");
        JsonElement choice = await hand.JsonAsync("authority", "choose", hand.Reference, "--workplace", "DE-BY");
        Assert.Equal("nl-ap", Text(choice, "chosen"));
        Assert.Equal(["nl-ap", "de-by"], choice.GetProperty("candidates").EnumerateArray().Select(c => Text(c, "id")));
        Assert.Equal("complained", Text(await hand.JsonAsync("case", "complained", hand.Reference, "--on", "2026-05-04"), "state"));
        JsonElement shown = await hand.ShowAsync();
        Assert.Equal(("complained", "nl-ap"), (Text(shown, "state"), Text(shown, "authority")));
        JsonElement pending = Assert.Single(shown.GetProperty("reminders").EnumerateArray(), r => Text(r, "state") == "pending");
        Assert.Equal("authority-silent", Text(pending, "kind"));
        Assert.StartsWith("2026-08-05", Text(pending, "due"), StringComparison.Ordinal);

        JsonElement ended = await hand.JsonAsync("case", "complained", hand.Reference, "--outcome", "declined", "--on", "2026-09-01", "--note", "No investigation.");
        Assert.Equal("declined", Text(ended.GetProperty("complaint"), "outcome"));
        await hand.JsonAsync("case", "close", hand.Reference, "--outcome", "authority-declined");
        Assert.Equal("closed", Text(await hand.ShowAsync(), "state"));
        (await hand.Misar.RunAsync("verify", hand.Reference)).Expect(0);
    }

    [Fact]
    public async Task AnExtensionThatCameTooLateIsAFinding()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("case", "received", hand.Reference, "2024-05-02");
        JsonElement late = await hand.JsonAsync("response", "record", hand.Reference, "--kind", "extension", "--received", "2024-06-20");
        Assert.Equal(2, late.GetProperty("faults").GetArrayLength());
        await hand.JsonAsync("evidence", "add", hand.Reference, CaseAtHand.Sample("captures", "mifit-upload-http1.v17.mitm"));
        await hand.JsonAsync("response", "add", hand.Reference, CaseAtHand.Sample("exports", "3000000001_1714557600000.zip"), "--password-file", hand.PasswordFile());
        JsonElement compared = await hand.JsonAsync("compare", hand.Reference);
        JsonElement finding = Assert.Single(compared.GetProperty("findings").EnumerateArray(), f => Text(f, "kind") == "invalid-extension");
        Assert.Contains("No reasons were recorded", Text(finding, "statement"), StringComparison.Ordinal);
        (await hand.Misar.RunAsync("verify", hand.Reference)).Expect(0);
    }

    [Fact]
    public async Task ADayOfOnesOwnMovesARunningClockWhichIsTold()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("case", "received", hand.Reference, "2026-03-05");
        Assert.Empty((await hand.JsonAsync("deadline", "recheck")).GetProperty("changed").EnumerateArray());
        string folder = Path.Combine(hand.Misar.Workspace, "holidays");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "NL.json"), """{"country":"NL","add":[{"date":"2026-04-07","name":"a flood","reason":"royal decree"}]}""", TestContext.Current.CancellationToken);
        Assert.Equal("2026-04-08", Text(await hand.JsonAsync("deadline", "compute", "--received", "2026-03-05", "--country", "NL"), "due"));
        JsonElement changed = Assert.Single((await hand.JsonAsync("deadline", "recheck", hand.Reference)).GetProperty("changed").EnumerateArray());
        Assert.Equal(("2026-04-07", "2026-04-08"), (Text(changed, "dueBefore"), Text(changed, "due")));
        JsonElement shown = await hand.ShowAsync();
        Assert.Contains(shown.GetProperty("history").EnumerateArray(), h => Text(h, "kind") == "clock-recomputed" && Text(h, "what")!.Contains("not 2026-04-07", StringComparison.Ordinal));
        Assert.Empty((await hand.JsonAsync("deadline", "recheck")).GetProperty("changed").EnumerateArray());
    }

    [Fact]
    public async Task TheCalendarFileHoldsTheLastDay()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("case", "received", hand.Reference, "2026-03-05");
        string file = Path.Combine(hand.Misar.WorkingFolder, "case.ics");
        await hand.JsonAsync("case", "calendar", hand.Reference, "--output", file);
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("DTSTART;VALUE=DATE:20260407\r\n", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VALARM\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADeadlineIsExplainedInThePersonsLanguageAndSwitzerlandCountsDays()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        JsonElement german = await hand.JsonAsync("deadline", "compute", "--received", "2026-03-05", "--country", "NL", "--language", "de");
        Assert.Contains(german.GetProperty("derivation").EnumerateArray(), s => s.GetString()!.Contains("Ostermontag", StringComparison.Ordinal));
        JsonElement swiss = await hand.JsonAsync("deadline", "compute", "--received", "2026-03-05", "--country", "CH-ZH");
        Assert.Equal(("days:30", "2026-04-04", "2026-04-07"), (Text(swiss, "rule"), Text(swiss, "nominal"), Text(swiss, "due")));
        (await hand.Misar.RunAsync("deadline", "compute", "--received", "2026-03-05", "--country", "CH", "--extended")).Expect(2);
        (await hand.Misar.RunAsync("deadline", "compute", "--received", "2026-03-05", "--country", "NL", "--language", "xx")).Expect(2);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
