using System.Text;
using MiSarTracker.Formats;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>One byte flipped in the data of an entry: that entry is named, the others are read.</summary>
public sealed class DamagedArchiveTests : IDisposable
{
    private readonly PeerTools _peers = new();

    public DamagedArchiveTests()
    {
        var random = new Random(7);
        foreach (var name in new[] { "a.csv", "b.csv", "c.csv" })
        {
            var text = new StringBuilder("x,y\n");
            for (var i = 0; i < 2_000; i++)
                text.Append(random.Next(1000)).Append(',').Append(random.Next(1000)).Append('\n');

            _peers.Write(name, text.ToString());
        }
    }

    public void Dispose() => _peers.Dispose();

    [Theory]
    [InlineData("plain", "-mm=Deflate")]
    [InlineData("plain", "-mm=Copy")]
    [InlineData("-mem=ZipCrypto", "-mm=Deflate")]
    [InlineData("-mem=ZipCrypto", "-mm=Copy")]
    [InlineData("-mem=AES128", "-mm=Deflate")]
    [InlineData("-mem=AES256", "-mm=Copy")]
    public void AFlippedByteInTheDataIsNoticedAndCostsItsMember(string cipher, string method)
    {
        string[] encryption = cipher == "plain" ? [] : [cipher, "-pAbCdEfGh"];
        _peers.SevenZip(["a", "-tzip", method, .. encryption, "a.zip", "a.csv", "b.csv", "c.csv"]);
        var whole = _peers.Read("a.zip");
        var (from, to) = DataOf(whole, "b.csv"u8);
        var random = new Random(11);
        for (var i = 0; i < 12; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(from, to)] ^= (byte)(1 << random.Next(8));

            var answer = CollectedAnswer.Of(bytes, "a.zip", "AbCdEfGh");

            Assert.Contains(answer.Damages, damage => damage.At == "b.csv");
            Assert.All(answer.Damages, damage => Assert.StartsWith("b.csv", damage.At, StringComparison.Ordinal));
            Assert.Equal(2_000, answer.Table("a.csv").Rows.Count);
            Assert.Equal(2_000, answer.Table("c.csv").Rows.Count);
            if (cipher.Contains("AES", StringComparison.Ordinal))
                Assert.DoesNotContain(answer.Tables, table => table.Member.Name == "b.csv");
        }
    }

    [Theory]
    [InlineData("-mm=Deflate")]
    [InlineData("-mm=Copy")]
    public void ALargeEntryIsAuthenticatedWhileItIsRead(string method)
    {
        _peers.SevenZip("a", "-tzip", method, "-mem=AES256", "-pAbCdEfGh", "a.zip", "a.csv", "b.csv");
        var bytes = _peers.Read("a.zip");
        var late = Limits.Default with { AuthenticateFirstBytes = 0 };

        var whole = CollectedAnswer.Of(bytes, "a.zip", late, "AbCdEfGh");
        Assert.Empty(whole.Damages);
        Assert.Equal(2_000, whole.Table("b.csv").Rows.Count);

        bytes[DataOf(bytes, "a.csv"u8).To - 1] ^= 1;
        var damaged = CollectedAnswer.Of(bytes, "a.zip", late, "AbCdEfGh");
        var damage = Assert.Single(damaged.Damages);
        Assert.Equal("a.csv", damage.At);
        Assert.Contains("MAC", damage.Reason, StringComparison.Ordinal);
        Assert.Contains("not to be relied on", damage.Reason, StringComparison.Ordinal);
        Assert.Equal(2_000, damaged.Table("a.csv").Rows.Count);
    }

    [Fact]
    public void ARowThatTheDamageCutsIsNotTakenForAWholeOne()
    {
        var text = "date,time,heartRate\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"2024-03-30,{i % 24:00}:00,123\n"));
        var bytes = new ZipForge().Add("a.csv", Encoding.UTF8.GetBytes(text), entry => (entry.Size, entry.LocalSize) = (60_001, 60_001), deflate: true).Bytes();

        var answer = CollectedAnswer.Of(bytes, "a.zip");

        Assert.All(answer.Tables[0].Rows, row => Assert.Equal("123", row.Fields[2]));
        Assert.Contains("breaks off", Assert.Single(answer.Tables[0].UnreadableRows).Reason, StringComparison.Ordinal);
        Assert.Equal("a.csv", Assert.Single(answer.Damages).At);
    }

    [Fact]
    public void AnEntryOfAnotherPasswordIsNamedAndTheRestIsRead()
    {
        _peers.SevenZip("a", "-tzip", "-mem=AES256", "-pone", "a.zip", "a.csv");
        _peers.SevenZip("a", "-tzip", "-mem=AES256", "-ptwo", "a.zip", "b.csv");

        var one = CollectedAnswer.Of(_peers.Read("a.zip"), "a.zip", "one");
        Assert.Equal("b.csv", Assert.Single(one.Damages).At);
        Assert.Equal("a.csv", Assert.Single(one.Tables).Member.Name);

        var both = CollectedAnswer.Of(_peers.Read("a.zip"), "a.zip", "one", "two");
        Assert.Empty(both.Damages);
        Assert.Equal(2, both.Tables.Count);
    }

    [Fact]
    public void ALockedArchiveInsideAnAnswerIsReportedAndTheRestIsRead()
    {
        _peers.SevenZip("a", "-tzip", "-mem=AES256", "-pone", "locked.zip", "a.csv");
        var bytes = new ZipForge().Add("locked.zip", _peers.Read("locked.zip")).Add("b.csv", "x,y\n1,2\n").Bytes();

        var answer = CollectedAnswer.Of(bytes, "a.zip");
        Assert.Equal(["locked.zip"], answer.Summary!.Locked);
        Assert.Contains("--password", Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);
        Assert.Single(answer.Tables);

        var alone = new ZipForge().Add("locked.zip", _peers.Read("locked.zip")).Bytes();
        var refusal = Assert.Throws<ImportException>(() => CollectedAnswer.Of(alone, "a.zip", "two"));
        Assert.Equal("locked.zip", refusal.Member);
        Assert.Equal("locked.zip!a.csv", Assert.Single(CollectedAnswer.Of(alone, "a.zip", "two", "one").Tables).Member.Name);
    }

    [Fact]
    public void AWrongPasswordThatPassesTheOneByteCheckIsStillRecognised()
    {
        _peers.SevenZip("a", "-tzip", "-mem=ZipCrypto", "-pAbCdEfGh", "a.zip", "a.csv");
        var bytes = _peers.Read("a.zip");
        for (var i = 0; i < 400; i++)
            Assert.Throws<ImportException>(() => CollectedAnswer.Of(bytes, "a.zip", $"wrong {i}"));
    }

    /// <summary>The data of an entry, between its own header and the next one.</summary>
    private static (int From, int To) DataOf(byte[] archive, ReadOnlySpan<byte> name)
    {
        var header = archive.AsSpan().IndexOf(name) - 30;
        var from = header + 30 + BitConverter.ToUInt16(archive, header + 26) + BitConverter.ToUInt16(archive, header + 28);
        return (from, from + BitConverter.ToInt32(archive, header + 18));
    }
}
