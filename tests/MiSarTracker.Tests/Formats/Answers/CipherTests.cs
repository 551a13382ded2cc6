using System.Text;
using MiSarTracker.Formats.Answers.Zip;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class CipherTests
{
    [Theory]
    [InlineData(1, "3bce0b03999eed4867ec8c56198afbd5", "9aabe8239e710b3a4b2cd49e178ce753", "5bde")]
    [InlineData(2, "3d5097ee8dbeaec71aa52f3dca1c78d67270a3519cb5a42e", "0be74e6434699812bb059e58153c17cdf5499eeb399a3216", "058a")]
    [InlineData(
        3,
        "2ecc90bf1a47207fbd20f5027fbc0483cc9faa1de9564b1b220166ffc68d4490",
        "aee92864f890fcee9f1a4401dd84a1d0008b9148deb53bb0c08e7f2d174ee7ce",
        "13f7")]
    public void KeysOfAPasswordAreThoseOfTheSpecification(int strength, string encryption, string mac, string verifier)
    {
        var salt = Enumerable.Range(0, WinZipAes.SaltLength(strength)).Select(i => (byte)i).ToArray();

        var keys = WinZipAes.Derive("AbCdEfGh"u8, salt, strength);

        Assert.Equal(encryption, Convert.ToHexStringLower(keys.EncryptionKey));
        Assert.Equal(mac, Convert.ToHexStringLower(keys.MacKey));
        Assert.Equal(verifier, Convert.ToHexStringLower(keys.Verifier));
    }

    [Fact]
    public void TheChecksumOfNineDigitsIsTheOneInEveryTable()
    {
        Assert.Equal(0xCBF43926, Crc32.Append(0, "123456789"u8));
        Assert.Equal(0u, Crc32.Append(0, []));
    }

    [Fact]
    public void TheFastChecksumAgreesWithTheDefinitionAtEveryLengthAndOffset()
    {
        var bytes = new byte[700];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length < 600; length++)
        {
            var part = bytes.AsSpan(length % 67, length);
            Assert.Equal(ZipForge.Crc(part), Crc32.Append(0, part));
            Assert.Equal(ZipForge.Crc(part), ~Crc32.ByTable(uint.MaxValue, part));
            Assert.Equal(ZipForge.Crc(part), Crc32.Append(Crc32.Append(0, part[..(length / 3)]), part[(length / 3)..]));
        }
    }

    [Fact]
    public void ACounterStreamIsTheSameHoweverItIsRead()
    {
        var cipher = new byte[200_003];
        new Random(2).NextBytes(cipher);
        var keys = WinZipAes.Derive("p"u8, new byte[16], 3);
        using var whole = new AesCounterStream(new MemoryStream(cipher), keys, computeMac: false);
        var expected = new byte[cipher.Length];
        whole.ReadExactly(expected);

        using var pieces = new AesCounterStream(new MemoryStream(cipher), keys, computeMac: false);
        var actual = new byte[cipher.Length];
        var random = new Random(3);
        for (var at = 0; at < actual.Length;)
            at += pieces.Read(actual.AsSpan(at, Math.Min(actual.Length - at, random.Next(1, 40_000))));

        Assert.Equal(expected, actual);
        Assert.Equal(cipher.Length, expected.Length);
    }

    [Fact]
    public void TheFirstBlockOfTheCounterIsOneLittleEndian()
    {
        var keys = WinZipAes.Derive(Encoding.UTF8.GetBytes("p"), new byte[16], 3);
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = keys.EncryptionKey;
        byte[] counters = [1, .. new byte[15], 2, .. new byte[15]];
        var expected = aes.EncryptEcb(counters, System.Security.Cryptography.PaddingMode.None);

        using var stream = new AesCounterStream(new MemoryStream(new byte[32]), keys, computeMac: false);
        var keyStream = new byte[32];
        stream.ReadExactly(keyStream);

        Assert.Equal(expected, keyStream);
    }
}
