using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Journey;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Journey;

public sealed class ClocksTests
{
    private static readonly LocalDate Received = new(2026, 3, 5);
    private readonly Clocks _clocks = new(Templates.Shipped, new Settings { Person = new PersonSettings { TimeZone = "Europe/Amsterdam" } });

    [Fact]
    public void AProfileMayCountThirtyDaysAndNobodyIsLateBeforeTheLawsDay()
    {
        // 5 May and 30 days is 4 June; by law it is 5 June.
        var clock = _clocks.Of(At("NL"), Person("NL"), "en", new ClockFacts(new LocalDate(2026, 5, 5), false) { Rule = CountingRule.Parse("days:30") });
        Assert.Equal(("days:30", new LocalDate(2026, 6, 4), new LocalDate(2026, 6, 5)), (clock.Rule, clock.Due, clock.Safe));
        Assert.Contains(clock.Derivation, sentence => sentence.Contains("The period of one month", StringComparison.Ordinal));
    }

    [Fact]
    public void ASwissControllersExtensionEndsOnTheDayThatItNames()
    {
        Assert.Contains("--until", Assert.Throws<Refusal>(() => _clocks.Of(At("CH"), Person("CH"), "en", new ClockFacts(Received, true))).Remedy, StringComparison.Ordinal);
        var clock = _clocks.Of(At("CH"), Person("CH"), "de", new ClockFacts(Received, true, new LocalDate(2026, 5, 20)));
        Assert.Equal((new LocalDate(2026, 5, 20), true), (clock.Due, clock.Extended));
        Assert.Contains("Art. 18 Abs. 2", clock.Derivation[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(_clocks.Reminders(clock), reminder => reminder.Kind == "thirtieth-day");
        Assert.Throws<Refusal>(() => _clocks.Of(At("CH"), Person("CH"), "en", new ClockFacts(Received, true, new LocalDate(2026, 3, 20))));
    }

    [Fact]
    public void AnExtensionOfAPersonInSwitzerlandIsTheControllersLaw()
    {
        var clock = _clocks.Of(At("NL"), Person("CH"), "en", new ClockFacts(Received, true));
        Assert.Equal(new LocalDate(2026, 6, 5), clock.Due);
    }

    [Fact]
    public void TheDerivationIsToldInTheLanguageOfTheCase() =>
        Assert.Contains(_clocks.Of(At("NL"), Person("NL"), "fr", new ClockFacts(Received, false)).Derivation, sentence => sentence.Contains("lundi de Pâques", StringComparison.Ordinal));

    [Fact]
    public void AProfileWithANonsensicalRuleIsRefusedWithItsPlace()
    {
        var json = Repository.Read("templates", "vendors", "fitbit.json").Replace("\"products\":", "\"rule\": \"weeks:4\", \"products\":", StringComparison.Ordinal);
        Assert.Equal("$.rule", Assert.Throws<BadInput>(() => VendorProfileReader.Read(System.Text.Encoding.UTF8.GetBytes(json), "fitbit.json")).Where);
    }

    private static Controller At(string country) => new() { Id = "x", Name = "X", Country = country, Because = "test" };

    private static Person Person(string country) => new("Jane Doe", "jane@example.org", country);
}
