using MiSarTracker.Core;
using MiSarTracker.Core.Deadlines;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class IsoDateTests
{
    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01")]
    [InlineData("2026-00-10")]
    [InlineData("2026-01-00")]
    [InlineData("2025-02-29")]
    [InlineData("25.08.2026")]
    [InlineData("25/08/2026")]
    [InlineData("2026-3-5")]
    [InlineData("26-03-05")]
    [InlineData("20260305")]
    [InlineData("2026-03-05T00:00:00")]
    [InlineData("2026-03-05 ")]
    [InlineData(" 2026-03-05")]
    [InlineData("+2026-03-05")]
    [InlineData("-026-03-05")]
    [InlineData("2026/03/05")]
    [InlineData("٢٠٢٦-٠٣-٠٥")]
    [InlineData("2026-03-0\n")]
    [InlineData("tomorrow")]
    [InlineData("0000-01-01")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public void WhatIsNoDateIsAnErrorThatSaysWhatIsExpected(string? text)
    {
        var fault = Assert.Throws<BadInput>(() => IsoDate.Parse(text, "--received"));
        Assert.Equal("--received", fault.InputName);
        Assert.Contains("year-month-day", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryDayOfTheCalendarIsReadAndWrittenTheSame()
    {
        for (var date = new LocalDate(2016, 1, 1); date.Year < 2062; date = date.PlusDays(1))
            Assert.Equal(date, IsoDate.Parse(IsoDate.Text(date), "test"));
    }

    [Theory]
    [InlineData("month:1", true, 1)]
    [InlineData("month:3", true, 3)]
    [InlineData("days:30", false, 30)]
    public void RulesAreReadAndWrittenTheSame(string text, bool inMonths, int count)
    {
        var rule = CountingRule.Parse(text);
        Assert.Equal((inMonths, count, text), (rule.InMonths, rule.Count, rule.Name));
        Assert.Equal(rule, CountingRule.Parse(rule.Name));
    }

    [Theory]
    [InlineData("month")]
    [InlineData("month:")]
    [InlineData("month:0")]
    [InlineData("month:13")]
    [InlineData("month:-1")]
    [InlineData("days:0")]
    [InlineData("days:6")]
    [InlineData("days:367")]
    [InlineData("days:99999999999")]
    [InlineData("weeks:4")]
    [InlineData("Month:1")]
    [InlineData("month:1:1")]
    [InlineData("month: 1")]
    [InlineData("")]
    [InlineData(null)]
    public void WhatIsNoRuleIsRefused(string? text) => Assert.Throws<BadInput>(() => CountingRule.Parse(text));
}
