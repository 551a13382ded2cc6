using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using Xunit;

namespace MiSarTracker.Tests.Core.Ports;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("privacy@xiaomi.com", "privacy@xiaomi.com")]
    [InlineData(" privacy@xiaomi.com ", "privacy@xiaomi.com")]
    [InlineData("Jane.Doe+sar=1@Example.ORG", "Jane.Doe+sar=1@example.org")]
    [InlineData("o'neill@example.ie", "o'neill@example.ie")]
    [InlineData("jane@localhost", "jane@localhost")]
    [InlineData("info@müller.example", "info@xn--mller-kva.example")]
    [InlineData("a@1and1.com", "a@1and1.com")]
    public void APlainAddressIsKept(string text, string expected) => Assert.Equal(expected, EmailAddress.Parse(text, "the address").Value);

    [Theory]
    [InlineData("a@b.org\r\nBcc: x@c.org")]
    [InlineData("a@b.org\n")]
    [InlineData("\"a\r\nBcc: x\"@b.org")]
    [InlineData("\"a b\"@c.org")]
    [InlineData("\"@evil.org, a\"@c.org")]
    [InlineData("a@b.org, c@d.org")]
    [InlineData("a@b.org,c@d.org")]
    [InlineData("a@b.org;c@d.org")]
    [InlineData("a@b.org c@d.org")]
    [InlineData("a@b@c.org")]
    [InlineData("Jane <a@b.org>")]
    [InlineData("<a@b.org>")]
    [InlineData("a(comment)@b.org")]
    [InlineData("a@b.org(comment)")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@127.0.0.1")]
    [InlineData("@relay:a@b.org")]
    [InlineData("group:a@b.org;")]
    [InlineData("a\0@b.org")]
    [InlineData("a\u2028@b.org")]
    [InlineData("a\t@b.org")]
    [InlineData("a\\@b.org")]
    [InlineData(".a@b.org")]
    [InlineData("a.@b.org")]
    [InlineData("a..b@c.org")]
    [InlineData("ä@b.org")]
    [InlineData("a@")]
    [InlineData("@b.org")]
    [InlineData("a")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a@b..org")]
    [InlineData("a@-b.org")]
    [InlineData("a@b-.org")]
    [InlineData("a@b.org.")]
    [InlineData("a@b_c.org")]
    [InlineData("a@b\u202e.org")]
    [InlineData("a@b\u3002\u3002org")]
    public void WhatIsNotExactlyOnePlainAddressIsRefused(string? text)
    {
        Assert.Throws<BadInput>(() => EmailAddress.Parse(text, "the address"));
        Assert.False(EmailAddress.TryParse(text, out var address));
        Assert.Null(address);
    }

    [Fact]
    public void LengthsAreThoseOfTheStandard()
    {
        Assert.NotNull(EmailAddress.Parse(new string('a', 64) + "@b.org", "the address"));
        Assert.Throws<BadInput>(() => EmailAddress.Parse(new string('a', 65) + "@b.org", "the address"));
        Assert.Throws<BadInput>(() => EmailAddress.Parse("a@" + new string('b', 64) + ".org", "the address"));
        Assert.Throws<BadInput>(() => EmailAddress.Parse("a@" + string.Join('.', Enumerable.Repeat("bbbbbbbbb", 26)), "the address"));
        Assert.Throws<BadInput>(() => EmailAddress.Parse(new string('a', 100_000) + "@b.org", "the address"));
    }

    [Fact]
    public void AnyAcceptedTextHasOneAtAndNothingThatAHeaderCouldSplitAt()
    {
        const string Alphabet = "abcdefg.@@@<>,;:\"\\()[] \r\n\0\t\u2028-_+ä1";
        var random = new Random(20_261_122);
        var accepted = 0;
        for (var i = 0; i < 300_000; i++)
        {
            var text = new string(Enumerable.Range(0, random.Next(3, 9)).Select(_ => Alphabet[random.Next(Alphabet.Length)]).ToArray());
            if (!EmailAddress.TryParse(text, out var address))
                continue;
            accepted++;
            Assert.Equal(1, address!.Value.Count(c => c == '@'));
            Assert.DoesNotContain(address.Value, c => !char.IsAscii(c) || char.IsControl(c) || "<>,;:\"\\()[] ".Contains(c, StringComparison.Ordinal));
        }

        Assert.True(accepted > 100, $"only {accepted} addresses were accepted, so little was shown");
    }

    [Theory]
    [InlineData("dpo@EXAMPLE.org", "dpo@example.ORG")]
    public void AddressesOfOneDomainAreEqualWhateverItsCase(string one, string other) => Assert.Equal(EmailAddress.Parse(one), EmailAddress.Parse(other));

    [Fact]
    public void OneMailboxIsFoundWhateverTheCase() => Assert.True(EmailAddress.Parse("a@b.org").SameMailbox(EmailAddress.Parse("A@B.org")));
}
