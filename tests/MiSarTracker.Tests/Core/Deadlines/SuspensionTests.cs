using MiSarTracker.Core.Deadlines;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class SuspensionTests
{
    [Fact]
    public void InTheUnionBothDatesAreToldAndTheLawsStays()
    {
        var found = Of("2026-03-05", "NL", Asked(PauseKind.Identity, "2026-03-10", "2026-03-20"));
        Assert.Equal((Day("2026-04-07"), Day("2026-04-07")), (found.Due, found.Without));
        Assert.Equal(Day("2026-04-15"), found.With); // 5 April and ten days
        Assert.Equal(Day("2026-04-15"), found.Safe);
        Assert.Contains("Nobody is called late before the later one.", found.Derivation[^1], StringComparison.Ordinal);
        Assert.Contains("paragraph 159", found.Derivation[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void AnOpenQuestionHasNoDateWithThePause()
    {
        var found = Of("2026-03-05", "NL", Asked(PauseKind.Clarification, "2026-03-10", null));
        Assert.Null(found.With);
        Assert.Equal(Day("2026-04-07"), found.Due);
        Assert.Contains("nobody is called late", found.Derivation[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void InTheUnitedKingdomClarificationTimeDoesNotCountByStatute()
    {
        var found = Of("2025-09-03", "GB", Asked(PauseKind.Clarification, "2025-09-08", "2025-09-13")); // 3 October and five days
        Assert.Equal((Day("2025-10-03"), Day("2025-10-08"), Day("2025-10-08")), (found.Without, found.With!.Value, found.Due));
        Assert.True(found.Safe >= found.Due);
    }

    [Fact]
    public void InTheUnitedKingdomThePeriodBeginsWhenIdentityIsShown() =>
        Assert.Equal(Day("2025-10-10"), Of("2025-09-03", "GB", Asked(PauseKind.Identity, "2025-09-04", "2025-09-10")).Due);

    [Fact]
    public void AQuestionAfterTheLastDaySuspendsNothing()
    {
        var found = Of("2026-03-05", "NL", Asked(PauseKind.Identity, "2026-04-08", null));
        Assert.Equal((Day("2026-04-07"), Day("2026-04-07"), Day("2026-04-07")), (found.Due, found.With!.Value, found.Safe));
        Assert.Contains("it suspends nothing", found.Derivation[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void DaysThatTwoQuestionsShareCountOnce()
    {
        var one = Of("2026-05-04", "NL", Asked(PauseKind.Identity, "2026-05-06", "2026-05-16"));
        var both = Of("2026-05-04", "NL", Asked(PauseKind.Identity, "2026-05-06", "2026-05-16"), Asked(PauseKind.Clarification, "2026-05-08", "2026-05-12"));
        Assert.Equal(one.With, both.With);
    }

    [Theory]
    [InlineData("NL")]
    [InlineData("GB")]
    [InlineData("CH")]
    public void ALaterAnswerNeverMakesAnEarlierDateAndNothingIsBeforeTheDateWithout(string country)
    {
        var previous = LocalDate.MinIsoValue;
        for (var until = Day("2026-03-10"); until < Day("2026-09-01"); until = until.PlusDays(1))
        {
            var found = Of("2026-03-05", country, new Pause(PauseKind.Identity, Day("2026-03-10"), until));
            Assert.True(found.With >= previous && found.With >= found.Without && found.Safe >= found.With && found.Due >= found.Without, $"{country} {until}");
            previous = found.With.Value;
        }
    }

    private static Suspension Of(string received, string country, params Pause[] pauses) =>
        Suspension.Of(SafeDate.For(Day(received), [Tables.Shipped.For(country)]), pauses);

    private static Pause Asked(PauseKind kind, string from, string? until) => new(kind, Day(from), until is null ? null : Day(until));

    private static LocalDate Day(string text) => Tables.Date(text);
}
