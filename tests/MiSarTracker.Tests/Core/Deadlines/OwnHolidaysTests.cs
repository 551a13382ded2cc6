using MiSarTracker.Core;
using MiSarTracker.Core.Deadlines;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class OwnHolidaysTests
{
    [Fact]
    public void ADayOfOnesOwnMovesTheLastDayAndSaysWhy()
    {
        var tables = With("""{"country":"NL","add":[{"date":"2026-04-07","name":"the flood","reason":"the royal decree of 1 April"}]}""");
        var deadline = Deadline.For(Tables.Date("2026-03-05"), tables.For("NL"));
        Assert.Equal(Tables.Date("2026-04-08"), deadline.Due);
        Assert.Contains("Your own list of holidays adds 7 April 2026 (the flood): the royal decree of 1 April.", deadline.Derivation);
    }

    [Fact]
    public void ADayThatIsTakenAwayCountsAndSaysWhy()
    {
        var tables = With("""{"country":"NL","remove":[{"date":"2026-04-06","reason":"the controller works on it"}]}""");
        var deadline = Deadline.For(Tables.Date("2026-03-05"), tables.For("NL"));
        Assert.Equal(Tables.Date("2026-04-06"), deadline.Due);
        Assert.Contains("Your own list of holidays takes away 6 April 2026: the controller works on it.", deadline.Derivation);
    }

    [Fact]
    public void TheListOfOneCountryLeavesTheOthersAlone() =>
        Assert.Equal(Tables.Deadline("2026-03-05", "DE").Due, Deadline.For(Tables.Date("2026-03-05"), With("""{"country":"NL","remove":[{"date":"2026-04-06","reason":"x"}]}""").For("DE")).Due);

    [Theory]
    [InlineData("""{"country":"NL"}""", "$")]
    [InlineData("""{"country":"NL","add":[{"date":"2026-02-30","name":"x","reason":"y"}]}""", "$.add[0].date")]
    [InlineData("""{"country":"NL","add":[{"date":"2026-02-20","name":"x"}]}""", "$.add[0]")]
    [InlineData("""{"country":"NL","remove":[{"date":"2026-02-20","name":"x","reason":"y"}]}""", "$.remove[0].name")]
    public void AMistakeIsNamedWithItsPlace(string json, string where) =>
        Assert.Equal(where, Assert.Throws<BadInput>(() => OwnHolidays.Read(json, "NL.json")).Where);

    [Fact]
    public void ACountryWithoutATableIsRefused() =>
        Assert.Throws<BadInput>(() => With("""{"country":"US","remove":[{"date":"2026-04-06","reason":"x"}]}"""));

    private static HolidayTables With(string json) => Tables.Shipped.With([OwnHolidays.Read(json, "own.json")]);
}
