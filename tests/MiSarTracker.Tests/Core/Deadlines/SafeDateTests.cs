using MiSarTracker.Core.Deadlines;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class SafeDateTests
{
    [Fact]
    public void ItIsTheLatestLastDayOverTheControllersAndThePersonsCountry()
    {
        var safe = For("2025-11-25", "FR", "DE");
        Assert.Equal(["2025-12-26", "2025-12-29"], safe.Deadlines.Select(deadline => IsoDate.Text(deadline.Due)));
        Assert.Equal(Tables.Date("2025-12-29"), safe.Date);
        Assert.Equal(safe.Date, For("2025-11-25", "DE", "FR").Date);
    }

    [Fact]
    public void ADayThatMayBeAHolidayIsSafeOnlyWhenItIsOver() =>
        Assert.Equal(Tables.Date("2026-04-07"), For("2026-03-03", "NL", "NL").Date); // Good Friday

    [Fact]
    public void ItSaysHowItWasChosen()
    {
        Assert.Equal(
            [
                "By the working days of the Netherlands the last day is Tuesday, 28 April 2026.",
                "By the working days of Germany the last day is Monday, 27 April 2026.",
                "The latest of these counts for calling the controller late: only after 28 April 2026.",
            ],
            For("2026-03-27", "NL", "DE").Derivation);
        Assert.Equal(
            [
                "By the working days of the Netherlands the last day is Tuesday, 28 April 2026.",
                "So the controller is late only after 28 April 2026.",
            ],
            For("2026-03-27", "NL", "NL").Derivation);
    }

    [Fact]
    public void ItIsNeverBeforeAnyLastDay()
    {
        for (var received = Tables.Date("2025-01-01"); received < Tables.Date("2027-01-01"); received = received.PlusDays(1))
        {
            var safe = SafeDate.For(received, [Tables.Shipped.For("NL"), Tables.Shipped.For("DE-BY"), Tables.Shipped.For("GB")]);
            Assert.All(safe.Deadlines, deadline => Assert.True(safe.Date >= deadline.Latest && deadline.Latest >= deadline.Due));
        }
    }

    private static SafeDate For(string received, params string[] codes) =>
        SafeDate.For(Tables.Date(received), [.. codes.Select(code => Tables.Shipped.For(code))]);
}
