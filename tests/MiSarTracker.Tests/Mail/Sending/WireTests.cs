using System.Text;
using MiSarTracker.Mail.Sending;
using Xunit;

namespace MiSarTracker.Tests.Mail.Sending;

public sealed class WireTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(".\r\n", "..\r\n")]
    [InlineData("..\r\n", "...\r\n")]
    [InlineData("a.b\r\n", "a.b\r\n")]
    [InlineData("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n")]
    [InlineData("a\r\n.\r\n.\r\n.b\r\n\r\n", "a\r\n..\r\n..\r\n..b\r\n\r\n")]
    public void ADotAtTheBeginningOfALineIsDoubled(string message, string expected) =>
        Assert.Equal(expected, Encoding.ASCII.GetString(Wire.DotStuffed(Encoding.ASCII.GetBytes(message))));

    [Theory]
    [InlineData("SAR-2026-0001.1", "SAR-2026-0001.1")]
    [InlineData("a+b=c d", "a+2Bb+3Dc+20d")]
    [InlineData("zoë\r\n", "zo+C3+AB+0D+0A")]
    public void AnEnvelopeIdIsWrittenAsXtext(string id, string expected) => Assert.Equal(expected, Wire.XText(id));
}
