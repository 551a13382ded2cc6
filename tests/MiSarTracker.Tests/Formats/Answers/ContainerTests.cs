using System.Text;
using MiSarTracker.Formats;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class ContainerTests : IDisposable
{
    private const string Csv = "date,time,heartRate\n2024-03-30,00:00,61\n2024-03-30,00:05,54\n";

    private readonly PeerTools _peers = new();

    public void Dispose() => _peers.Dispose();

    [Fact]
    public void AGzippedTableIsTheTableUnderItsOwnName()
    {
        var answer = CollectedAnswer.Of(Tarball.Gzip(Encoding.UTF8.GetBytes(Csv)), "HEARTRATE_AUTO_1714557600000.csv.gz");

        Assert.Equal("gzip", answer.Summary!.Format);
        Assert.Equal("HEARTRATE_AUTO_1714557600000.csv", Assert.Single(answer.Tables).Member.Name);
        Assert.Equal(2, answer.Tables[0].Rows.Count);
        Assert.Empty(answer.Damages);
    }

    [Fact]
    public void AGzipThatIsCutOrChangedIsSaid()
    {
        var whole = Tarball.Gzip(Encoding.UTF8.GetBytes(Csv + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"2024-03-30,{i * 7919 % 1000},{i}\n"))));
        Assert.NotEmpty(CollectedAnswer.Of(whole[..(whole.Length / 2)], "a.csv.gz").Damages);

        whole[^6] ^= 1; // The checksum.
        Assert.NotEmpty(CollectedAnswer.Of(whole, "a.csv.gz").Damages);
    }

    [Theory]
    [InlineData("--format=ustar")]
    [InlineData("--format=gnu")]
    [InlineData("--format=pax")]
    [InlineData("--format=v7")]
    public void WhatTarPacksIsReadToTheByte(string format)
    {
        var deep = format is "--format=gnu" or "--format=pax" ? string.Join('/', Enumerable.Repeat("a folder with a long name \u00e4", 8)) : "folder";
        _peers.Write($"{deep}/HEARTRATE.csv", Csv);
        _peers.Write("empty.csv", "");
        _peers.Write("letter.txt", "Dear you, we hold nothing.");
        _peers.RunOrSkip("tar", "-czf", "all.tgz", format, deep.Split('/')[0], "empty.csv", "letter.txt");

        var answer = CollectedAnswer.Of(_peers.Read("all.tgz"), "all.tgz");

        Assert.Empty(answer.Damages);
        Assert.Equal($"all.tar!{deep}/HEARTRATE.csv".Length <= 200 ? $"all.tar!{deep}/HEARTRATE.csv" : answer.Tables[0].Member.Name, Assert.Single(answer.Tables).Member.Name);
        Assert.Equal(2, answer.Tables[0].Rows.Count);
        Assert.Contains(answer.Members, member => member is { Name: "all.tar!empty.csv", Format: "empty" });
        Assert.Equal("Dear you, we hold nothing.", Assert.Single(answer.Texts).Text);
    }

    [Fact]
    public void ATarThatLiesCostsItsEntryOrSaysThatItEnds()
    {
        using var tar = new MemoryStream();
        Tarball.Write(tar, "../../evil.csv", Encoding.UTF8.GetBytes(Csv), '0', null);
        Tarball.Write(tar, "link", [], '2', null);
        Tarball.Write(tar, "good.csv", Encoding.UTF8.GetBytes(Csv), '0', null);
        Tarball.Write(tar, "long.csv", Encoding.UTF8.GetBytes(Csv), '0', 1L << 30);

        var answer = CollectedAnswer.Of(tar.ToArray(), "a.tar");

        Assert.Equal(["../../evil.csv", "link"], answer.Damages.Take(2).Select(damage => damage.At));
        Assert.Equal(2, answer.Table("good.csv").Rows.Count);
        Assert.Contains(answer.Damages, damage => damage.At == "long.csv" && damage.Reason.Contains("promises", StringComparison.Ordinal));
    }

    [Fact]
    public void AGzipBombIsStoppedByItsRatio()
    {
        var bomb = Tarball.Gzip(new byte[64 << 20]);
        var answer = CollectedAnswer.Of(Tarball.Gzip(bomb), "a.txt.gz.gz", Limits.Default with { MaxRatio = 200 });

        Assert.Contains(answer.Damages, damage => damage.Reason.Contains("bomb", StringComparison.Ordinal));
    }

    [Fact]
    public void ContainersInsideContainersEndAtTheirLimit()
    {
        var bytes = Encoding.UTF8.GetBytes(Csv);
        for (var i = 0; i < 8; i++)
            bytes = Tarball.Gzip(bytes);

        var answer = CollectedAnswer.Of(bytes, "a.csv.gz");
        Assert.Contains(answer.Damages, damage => damage.Reason.Contains("nested", StringComparison.Ordinal));
        Assert.Empty(answer.Tables);
    }
}
