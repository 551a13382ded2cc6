using System.Globalization;
using System.Text;
using MiSarTracker.Core.Observations;
using Xunit;

namespace MiSarTracker.Tests.Core.Observations;

public sealed class PrintedNumberTests
{
    [Theory]
    [InlineData("72", "72")]
    [InlineData("71.35", "71.35")]
    [InlineData("71,35", "71.35")]
    [InlineData("-1,0", "-1.0")]
    [InlineData("0,833", "0.833")]
    [InlineData("1234,5", "1234.5")]
    [InlineData("1234,567", "1234.567")]
    public void ADecimalCommaIsAPoint(string text, string number) =>
        Assert.Equal(decimal.Parse(number, CultureInfo.InvariantCulture), PrintedNumber.Parse(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("1,234")]
    [InlineData("1,2,3")]
    [InlineData("1.234,5")]
    [InlineData(",5")]
    [InlineData("5,")]
    [InlineData("7,a")]
    [InlineData("")]
    public void WhatCouldBeTwoNumbersOrNoneIsNotGuessed(string text) => Assert.Null(PrintedNumber.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void BothReadingsOfThreeDigitsAreKnown() => Assert.Equal([1.234m, 1234m], PrintedNumber.Readings("1,234"));
}
