using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using Xunit;

namespace MiSarTracker.Tests.Core.Ports;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("privacy@xiaomi.com", "privacy@xiaomi.com")]
    [InlineData("A.b+tag_x=y@Example.ORG", "A.b+tag_x=y@example.org")]
    [InlineData("o'brien@example.org", "o'brien@example.org")]
    [InlineData("dpo@müller.example", "dpo@xn--mller-kva.example")]
    [InlineData("root@localhost", "root@localhost")]
    public void OnePlainAddressIsRead(string text, string expected) => Assert.Equal(expected, EmailAddress.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("@h")]
    [InlineData("a@")]
    [InlineData("a@b, c@d")]
    [InlineData("a@b,c@d")]
    [InlineData("a@b;c@d")]
    [InlineData("a@b c@d")]
    [InlineData("<a@b>")]
    [InlineData("Alice <a@b>")]
    [InlineData("a@b> <c@d")]
    [InlineData("\"a b\"@c")]
    [InlineData("\"a\r\nBcc: c@d\"@e")]
    [InlineData("a@b\r\nBcc: c@d")]
    [InlineData("a@b\nc")]
    [InlineData("a\0@b")]
    [InlineData("a@b\u2028c")]
    [InlineData(".a@b")]
    [InlineData("a.@b")]
    [InlineData("a..b@c")]
    [InlineData("a@b..c")]
    [InlineData("a@.b")]
    [InlineData("a@b.")]
    [InlineData("a@-b")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("@a,@b:c@d")]
    [InlineData("a@b(comment)")]
    [InlineData(" a@b")]
    [InlineData("zoë@example.org")]
    [InlineData("a@b@c")]
    public void AnythingElseIsRefused(string text)
    {
        Assert.False(EmailAddress.TryParse(text, out EmailAddress? address));
        Assert.Null(address);
        Assert.NotEmpty(Assert.Throws<BadInput>(() => EmailAddress.Parse(text)).Reason);
    }

    [Fact]
    public void AddressesHaveTheLengthThatAPathMayHave()
    {
        string domain = string.Join('.', Enumerable.Repeat(new string('d', 61), 3)) + ".org";
        Assert.True(EmailAddress.TryParse(new string('a', 64) + "@" + domain[..189], out _));
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@h", out _));
        Assert.False(EmailAddress.TryParse("a@" + new string('d', 64) + ".org", out _));
        Assert.False(EmailAddress.TryParse(new string('a', 100_000) + "@h", out _));
    }

    [Fact]
    public void AddressesOfOneMailboxAreEqualWhateverTheCaseOfTheDomain() =>
        Assert.Equal(EmailAddress.Parse("dpo@EXAMPLE.org"), EmailAddress.Parse("dpo@example.ORG"));
}
