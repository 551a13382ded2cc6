using MiSarTracker.Core.Deadlines;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class ReceiptDateTests
{
    [Theory]
    [InlineData("2026-03-06T02:10:00+08:00", "2026-03-05", true)]
    [InlineData("2026-03-05T23:30:00-05:00", "2026-03-06", true)]
    [InlineData("2026-03-05T12:00:00+08:00", "2026-03-05", false)]
    [InlineData("2026-03-05T23:59:59+01:00", "2026-03-05", false)]
    [InlineData("2026-03-29T00:30:00Z", "2026-03-29", false)]
    [InlineData("2026-06-05T22:30:00Z", "2026-06-06", true)]
    public void ADateIsNeverShiftedWithoutSayingSo(string stated, string expected, bool said)
    {
        var receipt = ReceiptDate.Of(OffsetDateTimePattern.Rfc3339.Parse(stated).Value, DateTimeZoneProviders.Tzdb["Europe/Amsterdam"]);
        Assert.Equal((expected, said), (IsoDate.Text(receipt.Date), receipt.Remark is not null));
    }

    [Fact]
    public void TheRemarkNamesBothDays() =>
        Assert.Equal(
            "The source gives 2026-03-06 02:10 +08:00; at the controller's place (Europe/Amsterdam) that was Thursday, 5 March 2026, and that day counts.",
            ReceiptDate.Of(OffsetDateTimePattern.Rfc3339.Parse("2026-03-06T02:10:00+08:00").Value, DateTimeZoneProviders.Tzdb["Europe/Amsterdam"]).Remark);
}
