using System.Diagnostics;
using System.Text;
using MiSarTracker.Formats;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class HostileZipTests
{
    private const string Csv = "date,time,heartRate\n2024-03-30,00:00,61\n2024-03-30,00:05,54\n";

    [Theory]
    [InlineData("../../etc/cron.d/evil.csv", "..")]
    [InlineData("a/../../evil.csv", "..")]
    [InlineData("a\\..\\..\\evil.csv", "..")]
    [InlineData("/etc/evil.csv", "absolute")]
    [InlineData("\\evil.csv", "absolute")]
    [InlineData("C:\\evil.csv", "absolute")]
    [InlineData("evil.csv\0.txt", "NUL")]
    [InlineData("evil\r\n.csv", "control")]
    [InlineData("", "no name")]
    public void ANameThatMeansToEscapeCostsItsEntryAndIsReported(string name, string said)
    {
        var answer = Read(new ZipForge().Add(name, Csv).Add("HEARTRATE_AUTO.csv", Csv));

        var damage = Assert.Single(answer.Damages);
        Assert.Contains(said, damage.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', damage.At);
        Assert.DoesNotContain('\n', damage.At);
        Assert.Equal("HEARTRATE_AUTO.csv", Assert.Single(answer.Tables).Member.Name);
    }

    [Fact]
    public void BackslashesOfAWindowsToolAreSeparators()
    {
        var answer = Read(new ZipForge().Add("SPORT\\SPORT_1714557600000.csv", Csv));

        Assert.Empty(answer.Damages);
        Assert.Equal("SPORT/SPORT_1714557600000.csv", Assert.Single(answer.Tables).Member.Name);
    }

    [Fact]
    public void ASymbolicLinkIsNotFollowed()
    {
        var answer = Read(new ZipForge().Add("link.csv", "/etc/passwd", entry => entry.UnixMode = 0xA1FF).Add("a.csv", Csv));

        Assert.Equal("link.csv", Assert.Single(answer.Damages).At);
        Assert.Equal("a.csv", Assert.Single(answer.Members).Name);
    }

    [Fact]
    public void EntriesOfOneNameAreAllReadAndToldApart()
    {
        var answer = Read(new ZipForge().Add("a.csv", Csv).Add("a.csv", Csv.Replace("61", "99", StringComparison.Ordinal)));

        Assert.Equal(["a.csv", "a.csv#2"], answer.Members.Select(member => member.Name));
        Assert.Equal("a.csv#2", Assert.Single(answer.Damages).At);
        Assert.Equal("99", answer.Tables[1].Rows[0].Fields[2]);
    }

    [Fact]
    public void EntriesThatShareBytesAreReadOnce()
    {
        var forge = new ZipForge().Add("a.csv", Csv);
        for (var i = 0; i < 500; i++)
            forge.Add("a.csv", Csv, entry => (entry.OmitLocal, entry.Offset) = (true, 0));

        var answer = Read(forge);

        Assert.Single(answer.Tables);
        Assert.Equal(Limits.Default.MaxReportedDamages + 1, answer.Damages.Count);
        Assert.Contains("overlap", answer.Damages[0].Reason, StringComparison.Ordinal);
        Assert.Contains("300 further", answer.Damages[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEntryInsideAnotherOneIsRefused()
    {
        var inner = new MemoryStream();
        ForgedEntry.Honest("inner.csv"u8.ToArray(), Encoding.UTF8.GetBytes(Csv), deflate: true).WriteLocal(inner);
        var answer = Read(new ZipForge().Add("outer.txt", [.. "words "u8, .. inner.ToArray()], deflate: false)
            .Add("inner.csv", Csv, entry => (entry.OmitLocal, entry.Offset) = (true, 30 + 9 + 6)));

        var damage = Assert.Single(answer.Damages);
        Assert.Equal("inner.csv", damage.At);
        Assert.Contains("overlap", damage.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ASizeThatLiesIsNamedWhetherTooSmallOrTooLarge()
    {
        var answer = Read(new ZipForge()
            .Add("short.csv", Csv, entry => (entry.Size, entry.LocalSize) = (20, 20))
            .Add("long.csv", Csv, entry => (entry.Size, entry.LocalSize) = (100_000, 100_000))
            .Add("stored.csv", Encoding.UTF8.GetBytes(Csv), entry => (entry.Size, entry.LocalSize) = (7, 7), deflate: false)
            .Add("huge.csv", Csv, entry => (entry.PackedSize, entry.LocalPackedSize) = (0x7fff0000, 0x7fff0000))
            .Add("good.csv", Csv));

        Assert.Equal(["short.csv", "long.csv", "stored.csv", "huge.csv"], answer.Damages.Select(damage => damage.At));
        Assert.Equal(2, answer.Table("good.csv").Rows.Count);
        Assert.DoesNotContain(answer.Tables, table => table.Member.Name == "stored.csv");
    }

    [Fact]
    public void AWrongChecksumIsReportedBehindTheRows()
    {
        var answer = Read(new ZipForge().Add("a.csv", Csv, entry => entry.Crc ^= 1).Add("b.csv", Csv));

        var damage = Assert.Single(answer.Damages);
        Assert.Equal("a.csv", damage.At);
        Assert.Contains("CRC", damage.Reason, StringComparison.Ordinal);
        Assert.Contains("not to be relied on", damage.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void HeadersThatContradictEachOtherAreNamed()
    {
        var answer = Read(new ZipForge()
            .Add("name.csv", Csv, entry => entry.LocalName = "eman.csv"u8.ToArray())
            .Add("method.csv", Csv, entry => entry.LocalMethod = 0)
            .Add("cipher.csv", Csv, entry => entry.LocalFlags = 1)
            .Add("size.csv", Csv, entry => entry.LocalSize = 1)
            .Add("nowhere.csv", Csv, entry => entry.Offset = 0x00ffffff)
            .Add("good.csv", Csv));

        Assert.Equal(
            ["cipher.csv", "method.csv", "name.csv", "nowhere.csv", "size.csv"], answer.Damages.Select(damage => damage.At).Order(StringComparer.Ordinal));
        Assert.Equal(["size.csv", "good.csv"], answer.Tables.Select(table => table.Member.Name));
    }

    [Fact]
    public void ABombIsStoppedByItsRatioAndTheRestIsRead()
    {
        var answer = Timed(new ZipForge().Add("bomb.txt", new byte[12 << 20]).Add("good.csv", Csv).Bytes());

        var damage = Assert.Single(answer.Damages);
        Assert.Equal("bomb.txt", damage.At);
        Assert.Contains("bomb", damage.Reason, StringComparison.Ordinal);
        Assert.Equal(2, answer.Table("good.csv").Rows.Count);
    }

    [Fact]
    public void AnAnswerThatUnpacksToTooMuchIsStopped()
    {
        var limits = Limits.Default with { MaxArchiveBytes = 1 << 20 };
        var text = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i},{i * 7919 % 1000}\n"));
        var forge = new ZipForge();
        for (var i = 0; i < 10; i++)
            forge.Add($"{i}.csv", "a,b\n" + text);

        var answer = CollectedAnswer.Of(forge.Bytes(), "a.zip", limits);

        Assert.Equal(10 - 3, answer.Damages.Count);
        Assert.All(answer.Damages, damage => Assert.Contains("more than 1048576 bytes", damage.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void TenThousandEmptyEntriesAreMembersAndTooManyAreSaid()
    {
        var forge = new ZipForge();
        for (var i = 0; i < 10_000; i++)
            forge.Add($"{i}.csv", [], deflate: false);

        var answer = Timed(forge.Bytes());
        Assert.Equal(10_000, answer.Members.Count);
        Assert.Empty(answer.Damages);

        var fewer = CollectedAnswer.Of(forge.Bytes(), "a.zip", Limits.Default with { MaxArchiveEntries = 100 });
        Assert.Equal(100, fewer.Members.Count);
        Assert.Contains("more than 100", Assert.Single(fewer.Damages).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 1)]
    public void ArchivesAreOpenedFiveDeep(int wrappings, int damages)
    {
        var bytes = new ZipForge().Add("HEARTRATE_AUTO.csv", Csv).Bytes();
        for (var i = 0; i < wrappings; i++)
            bytes = new ZipForge().Add($"level{i}.zip", bytes, deflate: i % 2 == 0).Bytes();

        var answer = CollectedAnswer.Of(bytes, "answer.zip");

        Assert.Equal(damages, answer.Damages.Count);
        Assert.Equal(1 - damages, answer.Tables.Count);
        if (damages == 0)
            Assert.Equal("level3.zip!level2.zip!level1.zip!level0.zip!HEARTRATE_AUTO.csv", answer.Tables[0].Member.Name);
    }

    [Fact]
    public void AnArchiveThatContainsItselfManyTimesEndsSoon()
    {
        var bytes = new ZipForge().Add("a.csv", Csv).Bytes();
        for (var i = 0; i < 6; i++)
        {
            var forge = new ZipForge();
            for (var copy = 0; copy < 16; copy++)
                forge.Add($"{copy}.zip", bytes);

            bytes = forge.Bytes();
        }

        var answer = CollectedAnswer.Of(bytes, "quine.zip", Limits.Default with { MaxArchiveEntries = 2_000 });
        Assert.NotEmpty(answer.Damages);
        Assert.True(answer.Members.Count <= 2_000);
    }

    [Fact]
    public void AnArchiveInsideThatIsTooLargeForMemoryIsSaid()
    {
        var noise = new byte[3 << 20];
        new Random(5).NextBytes(noise);
        var inner = new ZipForge().Add("noise.bin", noise, deflate: false).Bytes();
        var limits = Limits.Default with { MaxNestedBytes = 1 << 20 };

        var packed = CollectedAnswer.Of(new ZipForge().Add("inner.zip", inner).Add("a.csv", Csv).Bytes(), "a.zip", limits);
        Assert.Equal("inner.zip", Assert.Single(packed.Damages).At);
        Assert.Single(packed.Tables);

        var stored = CollectedAnswer.Of(new ZipForge().Add("inner.zip", inner, deflate: false).Bytes(), "a.zip", limits);
        Assert.Empty(stored.Damages);
        Assert.Contains(stored.Members, member => member.Name == "inner.zip!noise.bin");
    }

    [Fact]
    public void AMethodThatNobodyReadsHereIsNamed()
    {
        var answer = Read(new ZipForge().Add("a.csv", Csv, entry => entry.Method = 12).Add("b.csv", Csv));

        Assert.Contains("method 12", Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);
        Assert.Equal("b.csv", Assert.Single(answer.Tables).Member.Name);
    }

    [Fact]
    public void BytesBeforeTheArchiveAndACommentBehindItAreNoHindrance()
    {
        foreach (var before in new[] { "PK\x03\x04 not quite", "MZ\0\0\0\0\u0001\u0002 a program" })
        {
            var answer = Read(new ZipForge { Before = Encoding.ASCII.GetBytes(before), Comment = "a comment with PK\x05\x06 in it" }.Add("a.csv", Csv));

            Assert.Empty(answer.Damages);
            Assert.Equal(2, Assert.Single(answer.Tables).Rows.Count);
        }
    }

    [Fact]
    public void ADirectoryOf64BitsIsReadAndItsLieIsNoticed()
    {
        var honest = Read(new ZipForge { WithZip64End = true }.Add("a.csv", Csv));
        Assert.Empty(honest.Damages);
        Assert.Single(honest.Tables);

        var lying = Timed(new ZipForge { WithZip64End = true, SaidZip64Count = long.MaxValue }.Add("a.csv", Csv).Bytes());
        Assert.Single(lying.Tables);
        Assert.NotEmpty(lying.Damages);
    }

    [Theory]
    [InlineData(5, null, null)]
    [InlineData(1, null, null)]
    [InlineData(null, 60u, null)]
    [InlineData(null, 0x7fffffffu, null)]
    [InlineData(null, null, 0x7fffffffu)]
    [InlineData(0xffff, 0xfffffffeu, 0xfffffffeu)]
    public void AnEndRecordThatLiesCostsNothing(int? count, uint? size, uint? offset)
    {
        var answer = Timed(new ZipForge { SaidCount = count, SaidDirectorySize = size, SaidDirectoryOffset = offset }
            .Add("a.csv", Csv).Add("b.csv", Csv, entry => entry.Descriptor = true).Add("c.csv", Csv).Bytes());

        Assert.Equal(3, answer.Tables.Count);
        Assert.All(answer.Tables, table => Assert.Equal(2, table.Rows.Count));
    }

    [Fact]
    public void AnArchiveCutAnywhereGivesWhatIsWholeAndSaysSo()
    {
        var whole = new ZipForge().Add("a.csv", Csv).Add("b.csv", Csv, entry => entry.Descriptor = true).Add("c.csv", Csv, deflate: false).Bytes();
        var before = 0;
        for (var length = 60; length < whole.Length; length++)
        {
            var answer = CollectedAnswer.Of(whole[..length], "a.zip");
            var intact = answer.Tables.Count(table => table.Rows.Count == 2 && !answer.Damages.Exists(damage => damage.At == table.Member.Name));
            Assert.NotEmpty(answer.Damages);
            Assert.True(intact >= before, $"at {length} bytes {intact} tables, before {before}");
            before = intact;
        }

        Assert.Equal(3, before);
    }

    [Fact]
    public void BytesThatOnlyBeginLikeAnArchiveAreRefused()
    {
        var refusal = Assert.Throws<ImportException>(() => CollectedAnswer.Of("PK\x03\x04 and nothing else", "a.zip"));
        Assert.Equal("a.zip", refusal.Member);
    }

    private static CollectedAnswer Read(ZipForge forge) => CollectedAnswer.Of(forge.Bytes(), "answer.zip");

    /// <summary>The promise is two seconds each on a quiet machine (measured elsewhere); this only notices that one does not end.</summary>
    private static CollectedAnswer Timed(byte[] bytes)
    {
        var watch = Stopwatch.StartNew();
        var answer = CollectedAnswer.Of(bytes, "answer.zip");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
        return answer;
    }
}
