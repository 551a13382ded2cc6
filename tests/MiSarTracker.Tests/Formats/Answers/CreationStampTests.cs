using MiSarTracker.Formats.Answers;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class CreationStampTests
{
    [Theory]
    [InlineData("3000000001_1714557600000.zip")]
    [InlineData("3000000001_1714557600000 (1).zip")]
    [InlineData("HEARTRATE_AUTO/HEARTRATE_AUTO_1714557600000.csv")]
    [InlineData("3000000001_1714557600000/USER/readme.csv")]
    [InlineData("mail.zip!3000000001_1714557600000/SPORT/SPORT_1714557600000.csv#2")]
    public void MillisecondsInAName(string name) =>
        Assert.Equal(Instant.FromUtc(2024, 5, 1, 10, 0), CreationStamp.In(name)!.Value.At);

    [Fact]
    public void ADayInAXiaomiNameIsItsFirstMomentInUtcAndSaysThatItIsADay()
    {
        var (at, how) = CreationStamp.In("20240501_3000000001_MiFitness_fr1_data_copy.zip")!.Value;

        Assert.Equal(Instant.FromUtc(2024, 5, 1, 0, 0), at);
        Assert.Contains("a day", how, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SPORT_171455760000.csv")]
    [InlineData("SPORT_17145576000000.csv")]
    [InlineData("SPORT_0000000000001.csv")]
    [InlineData("SPORT_9999999999999.csv")]
    [InlineData("20241301_3000000001_MiFitness.csv")]
    [InlineData("letter.pdf")]
    [InlineData("")]
    public void WhatIsNoTimeIsNoStamp(string name) => Assert.Null(CreationStamp.In(name));
}
