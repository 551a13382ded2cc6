using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using Xunit;

namespace MiSarTracker.Tests.Core.Ports;

public sealed class PreparedMailTests
{
    private static readonly EmailAddress From = EmailAddress.Parse("a@b.test");
    private static readonly EmailAddress To = EmailAddress.Parse("c@d.test");
    private static readonly byte[] Bytes = "Subject: s\r\n\r\nhello\r\n"u8.ToArray();

    /// <summary>The hash is from sha256sum.</summary>
    [Fact]
    public void ALetterCarriesTheHashOfItsBytes()
    {
        PreparedMail mail = PreparedMail.Fix("id@b.test", "SAR-2026-0001.1", From, To, Bytes);
        Assert.Equal("fcb4b17ad7e41d94a99294cdb2f40eec0cc268a15361a85aad0483cde0837026", mail.Sha256);
    }

    [Fact]
    public void AChangedLetterIsNeverTakenFromTheStore()
    {
        PreparedMail mail = PreparedMail.Fix("id@b.test", "SAR-2026-0001.1", From, To, Bytes);
        for (int i = 0; i < Bytes.Length; i++)
        {
            byte[] changed = [.. Bytes];
            changed[i] ^= 1;
            Assert.Throws<Corrupt>(() => PreparedMail.Reopen(mail.MessageId, mail.EnvelopeId, From, To, changed, mail.Sha256));
        }
        Assert.Equal(mail.Sha256, PreparedMail.Reopen(mail.MessageId, mail.EnvelopeId, From, To, [.. Bytes], mail.Sha256.ToUpperInvariant()).Sha256);
    }

    [Fact]
    public void ALetterThatChangesInMemoryIsNoticedBeforeItIsSent()
    {
        byte[] bytes = [.. Bytes];
        PreparedMail mail = PreparedMail.Fix("id@b.test", "SAR-2026-0001.1", From, To, bytes);
        mail.Verify();
        bytes[0] = (byte)'s';
        Assert.Throws<Corrupt>(mail.Verify);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a: b\r\n\r\nx")]
    [InlineData("a: b\n\nx\n")]
    [InlineData("a: b\r\n\r\nx\ry\r\n")]
    [InlineData("a: b\r\n\r\nx\0\r\n")]
    [InlineData("a: b\r\n\r\nzoë\r\n")]
    public void BytesThatAServerWouldChangeAreNoLetter(string text) =>
        Assert.Throws<ArgumentException>(() => PreparedMail.Fix("id@b.test", "E.1", From, To, Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nRSET")]
    [InlineData("<a@b>")]
    [InlineData("zoë")]
    public void AnIdentifierCannotCarryACommand(string id)
    {
        Assert.Throws<ArgumentException>(() => PreparedMail.Fix(id, "E.1", From, To, Bytes));
        Assert.Throws<ArgumentException>(() => PreparedMail.Fix("id@b.test", id, From, To, Bytes));
    }

    [Fact]
    public void ALettersNamesComeBackFromItsEnvelopeId()
    {
        Assert.Equal("SAR-2026-0001.12", LetterIdentity.EnvelopeId("SAR-2026-0001", 12));
        Assert.True(LetterIdentity.TryParseEnvelopeId("SAR-2026-0001.12", out string reference, out int number));
        Assert.Equal(("SAR-2026-0001", 12), (reference, number));
        foreach (string other in new[] { "", ".", "x", "x.", ".1", "x.0", "x.-1", "x.1a", "x. 1" })
            Assert.False(LetterIdentity.TryParseEnvelopeId(other, out _, out _), other);
    }

    [Fact]
    public void AReminderSentTwiceHasTheSameMessageIdAndAnotherLetterAnother()
    {
        byte[] salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        string first = LetterIdentity.MessageId(salt, "SAR-2026-0001", 1, From);
        Assert.Equal(first, LetterIdentity.MessageId(salt, "SAR-2026-0001", 1, From));
        Assert.NotEqual(first, LetterIdentity.MessageId(salt, "SAR-2026-0001", 2, From));
        Assert.NotEqual(first, LetterIdentity.MessageId(salt, "SAR-2026-0002", 1, From));
        Assert.Matches("^[0-9a-f]{32}@b\\.test$", first);
    }
}
