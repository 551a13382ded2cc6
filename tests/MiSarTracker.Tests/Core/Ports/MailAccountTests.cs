using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using Xunit;

namespace MiSarTracker.Tests.Core.Ports;

public sealed class MailAccountTests
{
    [Theory]
    [InlineData("smtp://alice@mail.example.org", MailEncryption.StartTls, "mail.example.org", 587, "alice")]
    [InlineData("smtp://alice@mail.example.org:2525", MailEncryption.StartTls, "mail.example.org", 2525, "alice")]
    [InlineData("smtps://alice%40example.org@mail.example.org", MailEncryption.Implicit, "mail.example.org", 465, "alice@example.org")]
    [InlineData("SMTPS://Alice@MAIL.Example.ORG:465/", MailEncryption.Implicit, "mail.example.org", 465, "Alice")]
    [InlineData("smtp://localhost:25", MailEncryption.StartTls, "localhost", 25, null)]
    [InlineData("smtp://a%2Fb%3Fc%23d%25e%3Af@h", MailEncryption.StartTls, "h", 587, "a/b?c#d%e:f")]
    [InlineData("smtp://zo%C3%AB@h", MailEncryption.StartTls, "h", 587, "zoë")]
    [InlineData("smtp://zoë+x@h", MailEncryption.StartTls, "h", 587, "zoë+x")]
    [InlineData("smtps://u@[2001:db8::1]", MailEncryption.Implicit, "2001:db8::1", 465, "u")]
    [InlineData("smtps://u@[2001:DB8:0::1]:4650", MailEncryption.Implicit, "2001:db8::1", 4650, "u")]
    [InlineData("smtp://u@127.0.0.1:2500", MailEncryption.StartTls, "127.0.0.1", 2500, "u")]
    [InlineData("smtp://u@müller.example", MailEncryption.StartTls, "xn--mller-kva.example", 587, "u")]
    public void ASmtpUrlIsRead(string url, MailEncryption encryption, string host, int port, string? user)
    {
        var account = MailAccount.ParseSmtp(url);
        Assert.Equal(new MailAccount(MailProtocol.Smtp, encryption, host, port, user), account);
        Assert.Equal(account, MailAccount.ParseSmtp(account.ToString()));
    }

    [Theory]
    [InlineData("imap://a@h", MailEncryption.StartTls, 143)]
    [InlineData("imaps://a@h", MailEncryption.Implicit, 993)]
    public void AnImapUrlHasItsOwnPorts(string url, MailEncryption encryption, int port) =>
        Assert.Equal(new MailAccount(MailProtocol.Imap, encryption, "h", port, "a"), MailAccount.ParseImap(url));

    [Theory]
    [InlineData("", "no URL")]
    [InlineData("mail.example.org", "no URL")]
    [InlineData("mail.example.org:587", "no URL")]
    [InlineData("http://mail.example.org", "\"http://\" is not a scheme")]
    [InlineData("imap://mail.example.org", "\"imap://\" is not a scheme")]
    [InlineData("smtp://", "no host")]
    [InlineData("smtp://u@", "no host")]
    [InlineData("smtp://@h", "empty user")]
    [InlineData("smtp://u@h:", "is not a port")]
    [InlineData("smtp://u@h:0", "is not a port")]
    [InlineData("smtp://u@h:65536", "is not a port")]
    [InlineData("smtp://u@h:+25", "is not a port")]
    [InlineData("smtp://u@h:25a", "is not a port")]
    [InlineData("smtp://u@h/inbox", "nothing may stand there")]
    [InlineData("smtp://u@h?x=1", "nothing may stand there")]
    [InlineData("smtp://u@h#x", "nothing may stand there")]
    [InlineData("smtp://a@b.test@h", "%40")]
    [InlineData("smtp://u%2@h", "two hexadecimal digits")]
    [InlineData("smtp://u%zz@h", "two hexadecimal digits")]
    [InlineData("smtp://u%FF@h", "not UTF-8")]
    [InlineData("smtp://u%0D%0Ax@h", "control character")]
    [InlineData("smtp://u%00@h", "control character")]
    [InlineData("smtp://u@h ", "blank")]
    [InlineData("smtp://u@h\r\n", "blank")]
    [InlineData("smtp:\\\\u@h", "backslash")]
    [InlineData("smtp://u@2001:db8::1", "in brackets")]
    [InlineData("smtp://u@[2001:db8::zz]", "not an IPv6 address")]
    [InlineData("smtp://u@[127.0.0.1]", "not an IPv6 address")]
    [InlineData("smtp://u@300.1.1.1", "not an IPv4 address")]
    [InlineData("smtp://u@1.2.3", "not an IPv4 address")]
    [InlineData("smtp://u@-h.example", "not a host name")]
    [InlineData("smtp://u@h_x.example", "not a host name")]
    [InlineData("smtp://u@h..example", "not a host name")]
    public void AnythingElseIsRefusedWithItsReason(string url, string reason)
    {
        BadInput failure = Assert.Throws<BadInput>(() => MailAccount.ParseSmtp(url));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("--smtp: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("smtps://user@host:465", failure.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp://alice:s3cret@h")]
    [InlineData("alice:s3cret@h")]
    [InlineData("http://alice:s3cret@h")]
    [InlineData("smtp://alice:s3cret@h:x")]
    [InlineData("smtp://alice:s3c@ret@h")]
    public void APasswordInAUrlIsRefusedAndNotRepeated(string url)
    {
        BadInput failure = Assert.Throws<BadInput>(() => MailAccount.ParseSmtp(url));
        Assert.DoesNotContain("s3c", failure.Message + failure.Remedy, StringComparison.Ordinal);
    }
}
