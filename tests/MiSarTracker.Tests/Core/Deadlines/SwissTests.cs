using MiSarTracker.Core;
using MiSarTracker.Core.Deadlines;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class SwissTests
{
    [Theory]
    [InlineData("CH", "2026-03-05", "2026-04-06")] // 4 April is a Saturday, then Easter; Easter Monday is kept in parts only
    [InlineData("CH-ZH", "2026-03-05", "2026-04-07")]
    [InlineData("CH", "2026-07-02", "2026-08-03")] // 1 August is a Saturday
    [InlineData("CH-ZH", "2026-11-25", "2026-12-28")] // 25 December a Friday, St Stephen's Day a Saturday
    [InlineData("CH-ZH", "2026-04-01", "2026-05-04")] // Labour Day, a Friday
    [InlineData("CH-BE", "2026-04-01", "2026-05-01")]
    [InlineData("CH-TI", "2026-05-30", "2026-06-30")] // 29 June, St Peter and St Paul
    [InlineData("CH-GE", "2026-08-11", "2026-09-11")] // 10 September, the Geneva Fast
    [InlineData("CH-VD", "2026-08-22", "2026-09-22")] // 21 September, the Monday of the Fast
    [InlineData("CH-GL", "2026-03-10", "2026-04-10")] // 9 April: the Procession is not on Maundy Thursday
    public void ThirtyDaysAreCountedByTheCantonsHolidays(string place, string received, string due)
    {
        var deadline = Tables.Deadline(received, place);
        Assert.Equal(due, IsoDate.Text(deadline.Due));
        Assert.Equal("days:30", deadline.Rule.Name);
        Assert.True(deadline.Latest >= Tables.Date(due));
    }

    [Fact]
    public void ItSaysWhyItCountsDays()
    {
        var told = Tables.Deadline("2026-03-05", "CH-ZH").Derivation;
        Assert.Contains(told, sentence => sentence.Contains("Swiss law gives 30 days from receipt, not a month (Art. 18(1)", StringComparison.Ordinal));
        Assert.DoesNotContain(told, sentence => sentence.Contains("1182/71", StringComparison.Ordinal));
        Approved.Verify("deadlines/ch", string.Join('\n', told) + "\n");
    }

    [Fact]
    public void ItKnowsNoTwoFurtherMonths() =>
        Assert.Contains("Art. 18(2)", Assert.Throws<Refusal>(() => Tables.Deadline("2026-03-05", "CH", extended: true)).Message, StringComparison.Ordinal);
}
