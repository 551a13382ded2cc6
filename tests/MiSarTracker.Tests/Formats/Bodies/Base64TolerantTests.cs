using System.Text;
using MiSarTracker.Formats.Bodies;
using Xunit;

namespace MiSarTracker.Tests.Formats.Bodies;

public sealed class Base64TolerantTests
{
    [Fact]
    public void EveryWayInWhichToolsSpoilBase64GivesTheSameBytes()
    {
        var random = new Random(9);
        for (var length = 0; length < 300; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            if (length > 2)
                (bytes[0], bytes[1], bytes[2]) = (0xFB, 0xEF, 0xBF);
            var text = Convert.ToBase64String(bytes);
            foreach (var spoilt in new[]
            {
                text, text.TrimEnd('='), text.Replace('+', ' '), text.Replace('+', '-').Replace('/', '_').TrimEnd('='),
                text.Insert(text.Length / 2, "\r\n"), text.Replace("/", "\\/", StringComparison.Ordinal), text + "\n",
            })
            {
                Assert.Equal(bytes, Base64Tolerant.Decode(Encoding.ASCII.GetBytes(spoilt)));
                Assert.Equal(bytes, Base64Tolerant.Decode(spoilt));
                var place = Encoding.ASCII.GetBytes(spoilt);
                Assert.True(Base64Tolerant.TryDecodeInPlace(place, out var written));
                Assert.Equal(bytes, place[..written]);
            }
        }
    }

    [Fact]
    public void ASpaceAtTheEndIsALostPlusWhereOneFits() =>
        Assert.Equal(Convert.FromBase64String("AAA+"), Base64Tolerant.Decode("AAA "u8));

    [Theory]
    [InlineData("A")]
    [InlineData("AAAAA")]
    [InlineData("AA=A")]
    [InlineData("{\"a\":1}")]
    [InlineData("ÄÄÄÄ")]
    [InlineData("AAAA====")]
    public void WhatIsNoBase64IsNotDecoded(string text)
    {
        Assert.Null(Base64Tolerant.Decode(Encoding.UTF8.GetBytes(text)));
        Assert.Null(Base64Tolerant.Decode(text));
        var place = Encoding.UTF8.GetBytes(text);
        Assert.False(Base64Tolerant.TryDecodeInPlace(place, out _));
        Assert.Equal(Encoding.UTF8.GetBytes(text), place);
    }
}
