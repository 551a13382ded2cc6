using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Observations;
using MiSarTracker.Core.Vendors;
using MiSarTracker.Tests.Formats.Uploads;
using Xunit;

namespace MiSarTracker.Tests.Core.Correlation;

public sealed class ToleranceTests
{
    [Theory]
    [InlineData("start", 240, "seconds", 4)]
    [InlineData("deep", 120, "seconds", 2)]
    [InlineData("duration", 2, "minutes", 120)]
    [InlineData("start", 4, "minutes", 4)]
    [InlineData("deep", 5, "absolute", 5)]
    public void AnAmountIsBroughtToTheFieldsOwnUnit(string field, int amount, string unit, int expected)
    {
        var rules = Rules(new ToleranceRule { Category = Category.Sleep, Field = field, Amount = amount, Unit = unit, Because = "test" });
        Assert.Equal(expected, rules.ToleranceOf(Category.Sleep, field).Amount);
    }

    [Theory]
    [InlineData(100, 102, true)]
    [InlineData(100, 103, false)]
    [InlineData(200, 204, true)]
    [InlineData(0, 1, false)]
    public void APercentageIsOfTheUploadedValue(int uploaded, int disclosed, bool agree)
    {
        var rules = Rules(
            new ToleranceRule { Category = Category.HeartRate, Field = "bpm", Amount = 2, Unit = "percent", Because = "test" },
            new ToleranceRule { Category = Category.Workout, Field = "distance", Amount = 2, Unit = "percent", Because = "test" });
        Assert.Equal(agree, rules.ToleranceOf(Category.HeartRate).ForMinutes.Allows(uploaded, disclosed));
        Assert.Equal(agree, rules.ToleranceOf(Category.HeartRate, "bpm").Allows(uploaded, disclosed));
        Assert.Equal(agree, rules.ToleranceOf(Category.Workout, "distance").Allows(uploaded, disclosed));
    }

    [Fact]
    public void AFieldWithoutARuleMustBeEqual()
    {
        var rules = Rules(new ToleranceRule { Category = Category.HeartRate, Field = "bpm", Amount = 2, Unit = "absolute", Because = "test" });
        Assert.False(rules.ToleranceOf(Category.HeartRate, "confidence").Allows(1, 2));
        Assert.False(rules.ToleranceOf(Category.Other("stress")).Allows(1, 2));
    }

    [Fact]
    public void FiveMinutesAtTheEndOfANightAreToldAndFourAreNot()
    {
        var rules = new ComparisonRules { Tolerances = ComparisonRules.TolerancesOf(Profiles.MiFit) };
        Assert.True(rules.ToleranceOf(Category.Sleep, "end").Allows(4, 0));
        Assert.False(rules.ToleranceOf(Category.Sleep, "end").Allows(5, 0));
    }

    private static ComparisonRules Rules(params ToleranceRule[] rules) =>
        new() { Tolerances = ComparisonRules.TolerancesOf(Profiles.MiFit with { Tolerances = rules }) };
}
