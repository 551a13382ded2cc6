using System.Text.Json;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>What a reply does to the clock and its reminders, as a person tells it: <c>case received</c>, <c>response record</c>, <c>response add</c>.</summary>
public sealed class ReplyContractTests
{
    [Fact]
    public async Task AnAnswerWithDataStopsTheClockAndItsReminders()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        string today = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", null);
        JsonElement received = await hand.JsonAsync("case", "received", hand.Reference, today, "--basis", "return receipt of the post");
        Assert.Equal(today, Text(received, "received"));
        JsonElement waiting = await hand.ShowAsync();
        Assert.Equal("waiting", Text(waiting, "state"));
        Assert.Contains(waiting.GetProperty("reminders").EnumerateArray(), r => Text(r, "state") == "pending");

        JsonElement added = await AddAnswerAsync(hand);
        Assert.Contains("Recorded as the answer", Text(added, "clock"), StringComparison.Ordinal);
        JsonElement answered = await hand.ShowAsync();
        Assert.Equal("answered", Text(answered, "state"));
        Assert.DoesNotContain(answered.GetProperty("reminders").EnumerateArray(), r => Text(r, "state") == "pending");

        // Given once more, the same file is the same exhibit and the same answer.
        int entries = answered.GetProperty("history").GetArrayLength();
        await AddAnswerAsync(hand);
        Assert.Equal(entries, (await hand.ShowAsync()).GetProperty("history").GetArrayLength());
    }

    [Fact]
    public async Task AnAnswerToARequestThatWasNeverSentFromHereIsKeptAndSaysWhatToDo()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        JsonElement added = await AddAnswerAsync(hand);
        Assert.Contains("was not asked yet", Text(added, "clock"), StringComparison.Ordinal);
        Assert.Single((await hand.ShowAsync()).GetProperty("exhibits").EnumerateArray());
        await hand.JsonAsync("case", "received", hand.Reference, "2025-11-25");
        JsonElement recorded = await hand.JsonAsync("response", "record", hand.Reference, "--kind", "answer", "--received", "2025-12-20", "--exhibit", "R-001");
        Assert.Equal("answered", Text(recorded, "state"));
    }

    [Fact]
    public async Task TextAloneMovesNoClockUntilThePersonSaysWhatItIs()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("case", "received", hand.Reference, "2025-11-25");
        string mail = hand.Write("reply.eml", "From: privacy@vendor.test\r\nTo: alice@example.test\r\nSubject: your request\r\nDate: Mon, 1 Dec 2025 10:00:00 +0000\r\n\r\nWe have received your request.\r\n"u8.ToArray());
        JsonElement added = await hand.JsonAsync("response", "add", hand.Reference, mail, "--received", "2025-12-01");
        Assert.Contains("misar response record", Text(added, "clock"), StringComparison.Ordinal);
        Assert.NotEqual("answered", Text(await hand.ShowAsync(), "state"));
        JsonElement recorded = await hand.JsonAsync("response", "record", hand.Reference, "--kind", "acknowledgement", "--received", "2025-12-01", "--exhibit", "R-001");
        Assert.Equal(("received", "2025-12-29"), (Text(recorded, "state"), Text(recorded, "due")));
    }

    [Theory]
    [InlineData("2025-12-20", true, "2026-02-25", 0)]
    [InlineData("2026-01-08", false, "2025-12-29", 1)]
    public async Task AnExtensionMovesTheClockOnlyWhenItCameInTime(string notice, bool moves, string due, int faults)
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("case", "received", hand.Reference, "2025-11-25");
        JsonElement recorded = await hand.JsonAsync("response", "record", hand.Reference, "--kind", "extension", "--received", notice, "--reasons", "number of requests");
        Assert.Equal((moves, due, faults), (recorded.GetProperty("movedClock").GetBoolean(), Text(recorded, "due"), recorded.GetProperty("faults").GetArrayLength()));
    }

    [Fact]
    public async Task WhatCannotBeRecordedIsRefusedWithWhatIsPossible()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        var never = (await hand.Misar.RunAsync("response", "record", hand.Reference, "--kind", "answer")).Expect(2);
        Assert.Contains("was not asked yet", never.Errors, StringComparison.Ordinal);
        var unknown = (await hand.Misar.RunAsync("response", "record", hand.Reference, "--kind", "shrug")).Expect(2);
        Assert.Contains("not-controller", unknown.Errors, StringComparison.Ordinal);
        var future = (await hand.Misar.RunAsync("case", "received", hand.Reference, DateTime.UtcNow.AddDays(3).ToString("yyyy-MM-dd", null))).Expect(2);
        Assert.Contains("future", future.Errors, StringComparison.Ordinal);
    }

    private static Task<JsonElement> AddAnswerAsync(CaseAtHand hand) =>
        hand.JsonAsync("response", "add", hand.Reference, CaseAtHand.Sample("exports", "3000000001_1714557600000.zip"), "--password-file", hand.PasswordFile());

    private static string Text(JsonElement of, string name) => ComparisonOf.Text(of, name);
}
