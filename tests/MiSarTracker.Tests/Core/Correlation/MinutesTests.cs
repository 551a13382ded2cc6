using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using Xunit;

namespace MiSarTracker.Tests.Core.Correlation;

/// <summary>What is done with many minutes at a time is what would be done with each.</summary>
public sealed class MinutesTests
{
    private const int Days = 2_000;

    [Fact]
    public void LookingAtManyMinutesIsLookingAtEach()
    {
        var random = new Random(3);
        for (var day = 0; day < Days; day++)
        {
            var length = random.Next(1_441);
            var (values, used) = (Values(random, length, 0.3), Flags(random, length, 0.5));
            var expected = values.Select((value, at) => value >= 0 && !used[at]).ToArray();
            var after = values.Select((value, at) => used[at] || value >= 0).ToArray();
            Assert.Equal(expected.Contains(true), Minutes.AnyUnused(values, used));
            var fresh = Flags(random, length, 0.5);
            Minutes.Use(values, used, fresh);
            Assert.Equal(expected, fresh);
            Assert.Equal(after, used);
            Assert.False(Minutes.AnyUnused(values, used));
        }
    }

    [Fact]
    public void WhatIsMatchedAtOnceAgreesMinuteByMinuteAndNothingElseIsPassed()
    {
        var random = new Random(4);
        var dealt = 0L;
        for (var day = 0; day < Days; day++)
        {
            var most = (short)random.Next(3);
            var mine = Values(random, 1_440, 0.2);
            var theirs = mine.Select(value => random.Next(400) == 0 ? (short)random.Next(-1, 200) : value < 0 ? value : (short)(value + random.Next(-most, most + 1))).ToArray();
            var fresh = mine.Select((value, at) => value < 0 && theirs[at] >= 0 && random.Next(2) == 0).ToArray();
            var states = Enumerable.Range(0, 1_440).Select(_ => random.Next(20) == 0 ? MinuteState.DisclosedOnly : MinuteState.NoData).ToArray();
            var before = states.ToArray();
            var many = Minutes.Match(mine, theirs, fresh, most, states);
            for (var at = 0; at < 1_440; at++)
            {
                var agrees = mine[at] >= 0 && theirs[at] >= 0 && Math.Abs(mine[at] - theirs[at]) <= most;
                Assert.Equal(at < many && agrees ? MinuteState.Matched : before[at], states[at]);
                Assert.False(at < many && ((mine[at] >= 0 && !agrees) || (mine[at] < 0 && fresh[at])));
            }

            dealt += many;
        }

        Assert.True(dealt > Days * 100, $"{dealt} minutes were dealt with at once");
    }

    private static short[] Values(Random random, int length, double none) =>
        [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() < none ? (short)-1 : (short)random.Next(200))];

    private static bool[] Flags(Random random, int length, double set) => [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() < set)];
}
