using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Observations;

public sealed class MinuteLinesTests
{
    private static readonly LocalDate Date = new(2024, 3, 30);

    /// <summary>In order with gaps, with a line between two rows, backwards, the middle last: what is kept differs, what is said does not.</summary>
    [Theory]
    [InlineData("0:2 1:3 5:4 1439:5")]
    [InlineData("7:2 8:4 9:5")]
    [InlineData("9:2 8:3 7:4")]
    [InlineData("3:2 9:3 5:4 6:5")]
    [InlineData("3:9 4:2 5:3")]
    [InlineData("600:2147483647 601:3")]
    public void EveryMinuteKeepsTheLineOfItsRow(string rows)
    {
        var expected = rows.Split(' ').Select(row => row.Split(':').Select(int.Parse).ToArray()).ToDictionary(row => row[0], row => row[1]);
        var builder = new DisclosedBuilder();
        foreach (var (minute, line) in expected)
        {
            Assert.True(builder.Minutes("R-001", "a.csv", Category.HeartRate, null, Date).Add(minute, 70, line));
        }

        var lines = Assert.Single(builder.Build().Minutes).Lines!;
        Assert.All(Enumerable.Range(0, MinuteDay.MinutesPerDay), minute => Assert.Equal(expected.GetValueOrDefault(minute), lines[minute]));
        Assert.Equal(lines.ToArray(), lines[..]);
        Assert.All(expected, row => Assert.Equal(row.Value, lines.ToArray()[row.Key]));
    }

    [Fact]
    public void AMinuteThatGivesWayTakesItsLineWithItAndLeavesTheOthersTheirs()
    {
        var builder = new DisclosedBuilder();
        foreach (var (member, minute, line) in new[] { ("a.csv", 5, 2), ("b.csv", 4, 2), ("b.csv", 5, 3), ("b.csv", 6, 4) })
        {
            builder.Minutes("R-001", member, Category.HeartRate, null, Date).Add(minute, 70, line);
        }

        var built = builder.Build();
        var (first, other) = (built.Minutes[0].Lines!, built.Minutes[1].Lines!);
        Assert.Equal((0, 2, 0), (first[4], first[5], first[6]));
        Assert.Equal((2, 0, 4), (other[4], other[5], other[6]));
        var repeated = Assert.Single(built.Duplicates);
        Assert.Equal((2, 3), (repeated.First.Number, repeated.Again.Number));
    }
}
