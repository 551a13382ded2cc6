using System.Text.Json;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary><c>deadline compute</c> by the worked dates: EDPB, ICO, and the calendars of the countries.</summary>
public sealed class DeadlineContractTests : IDisposable
{
    private readonly MisarProcess _misar = new();

    public void Dispose() => _misar.Dispose();

    [Theory]
    [InlineData("2024-03-05", "DE", "2024-04-05")]
    [InlineData("2026-08-31", "FR", "2026-09-30")]
    [InlineData("2026-03-05", "NL", "2026-04-07")]
    [InlineData("2026-03-05", "DE", "2026-04-07")]
    [InlineData("2026-03-05", "FR", "2026-04-07")]
    [InlineData("2025-01-31", "NL", "2025-02-28")]
    [InlineData("2025-01-31", "GB", "2025-02-28")]
    [InlineData("2028-01-31", "DE", "2028-02-29")]
    [InlineData("2025-11-25", "NL", "2025-12-29")]
    [InlineData("2025-11-25", "DE", "2025-12-29")]
    [InlineData("2025-11-25", "FR", "2025-12-26")]
    [InlineData("2025-09-03", "GB", "2025-10-03")]
    [InlineData("2026-03-27", "NL", "2026-04-28")]
    [InlineData("2026-04-14", "NL", "2026-05-15")]
    [InlineData("2026-04-14", "DE", "2026-05-15")]
    [InlineData("2026-04-14", "FR", "2026-05-15")]
    public async Task TheLastDayIsThatOfTheWorkedDates(string received, string country, string due)
    {
        JsonElement computed = await ComputeAsync("--received", received, "--country", country);
        Assert.Equal((received, "month:1", due), (Text(computed, "received"), Text(computed, "rule"), Text(computed, "due")));
        Assert.Equal(DateOnly.Parse(received, null).AddMonths(1).ToString("yyyy-MM-dd", null), Text(computed, "nominal"));
        Assert.Equal(DateOnly.Parse(received, null).AddDays(30).ToString("yyyy-MM-dd", null), Text(computed, "thirtyDays"));
        Assert.All(computed.GetProperty("derivation").EnumerateArray(), s => Assert.EndsWith(".", s.GetString(), StringComparison.Ordinal));
        Assert.NotEmpty(computed.GetProperty("derivation").EnumerateArray());
    }

    [Theory]
    [InlineData("2026-01-31", "NL", "2026-04-30")]
    [InlineData("2026-03-05", "DE", "2026-06-05")]
    public async Task ExtendedItIsThreeMonthsFromReceipt(string received, string country, string due) =>
        Assert.Equal(due, Text(await ComputeAsync("--received", received, "--country", country, "--extended"), "due"));

    [Fact]
    public async Task ThirtyDaysCanBeTheRuleAndRollOverEasterToo()
    {
        JsonElement computed = await ComputeAsync("--received", "2026-03-05", "--country", "NL", "--rule", "days:30");
        Assert.Equal(("days:30", "2026-04-04", "2026-04-07", "2026-04-04"), (Text(computed, "rule"), Text(computed, "nominal"), Text(computed, "due"), Text(computed, "thirtyDays")));
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01")]
    [InlineData("25.08.2026")]
    [InlineData("")]
    [InlineData("2025-02-29")]
    [InlineData("26-03-05")]
    [InlineData("2026-03-05T10:00")]
    public async Task ADateThatIsNoneGivesASentenceAndNeverADate(string received)
    {
        var result = (await _misar.RunAsync("deadline", "compute", "--received", received, "--country", "NL", "--json")).Expect(3);
        Assert.Empty(result.Output);
        Assert.Contains("--received", result.Errors, StringComparison.Ordinal);
        Assert.Contains("2026-03-05", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--country", "XX")]
    [InlineData("--country", "")]
    [InlineData("--rule", "month:x")]
    [InlineData("--rule", "weeks:4")]
    public async Task AnUnknownCountryOrRuleIsNoReasonToGuess(string option, string value)
    {
        string[] country = option == "--country" ? [] : ["--country", "NL"];
        var result = await _misar.RunAsync(["deadline", "compute", "--received", "2026-03-05", .. country, option, value, "--json"]);
        Assert.InRange(result.ExitCode, 2, 3);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("bug", result.Errors, StringComparison.Ordinal);
    }

    private async Task<JsonElement> ComputeAsync(params string[] options) => (await _misar.RunAsync(["deadline", "compute", .. options, "--json"])).Expect(0).Json;

    private static string Text(JsonElement of, string name) => ComparisonOf.Text(of, name);
}
