using MiSarTracker.Core;
using MiSarTracker.Core.Deadlines;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class ExtensionNoticeTests
{
    [Theory]
    [InlineData("2026-03-06", true, true, "2026-06-05")]
    [InlineData("2026-04-07", true, true, "2026-06-05")]
    [InlineData("2026-04-08", true, false, "2026-04-07")]
    [InlineData("2026-04-07", false, false, "2026-04-07")]
    [InlineData("2026-05-20", false, false, "2026-04-07")]
    public void ItCountsOnlyInTimeAndWithReasons(string notice, bool reasons, bool counts, string due)
    {
        var judged = ExtensionNotice.Judge(Tables.Deadline("2026-03-05", "NL"), Tables.Date(notice), reasons);
        Assert.Equal((counts, due), (judged.Counts, IsoDate.Text(judged.Deadline.Due)));
        Assert.Equal(counts, judged.Deadline.Extended);
        Assert.Equal(Tables.Date("2026-04-07"), judged.Deadline.NoticeBy);
    }

    [Fact]
    public void ItIsNotCalledLateOnADayThatMayBeAHoliday() =>
        Assert.True(ExtensionNotice.Judge(Tables.Deadline("2026-03-03", "NL"), Tables.Date("2026-04-07"), givesReasons: true).Counts);

    [Fact]
    public void ASecondOneAndOneBeforeTheRequestAreRefused()
    {
        Assert.Throws<Refusal>(() => ExtensionNotice.Judge(Tables.Deadline("2026-03-05", "NL", extended: true), Tables.Date("2026-04-01"), givesReasons: true));
        Assert.Throws<Refusal>(() => ExtensionNotice.Judge(Tables.Deadline("2026-03-05", "NL"), Tables.Date("2026-03-04"), givesReasons: true));
    }
}
