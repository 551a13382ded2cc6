using MiSarTracker.Formats;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class SampleExportTests
{
    [Theory]
    [InlineData("3000000001_1714557600000.zip")]
    [InlineData("zepp_AE1_aes128.zip")]
    [InlineData("zepp_zipcrypto_infozip.zip")]
    [InlineData("zepp_plain.zip")]
    public void AnExportReadsTheSameWhateverItsEncryption(string sample)
    {
        var plain = CollectedAnswer.Of(CollectedAnswer.Sample("zepp_plain.zip"), "zepp_plain.zip");
        var answer = CollectedAnswer.Of(CollectedAnswer.Sample(sample), sample, "AbCdEfGh");

        Assert.Empty(answer.Damages);
        Assert.Equal(9, answer.Tables.Count);
        Assert.Equal("zip", answer.Summary!.Format);
        foreach (var table in answer.Tables)
        {
            var same = plain.Table('/' + table.Member.Name.Split('/')[^1]);
            Assert.Equal(same.Header, table.Header);
            Assert.Equal(same.Rows, table.Rows, (a, b) => a.Line == b.Line && a.Fields.SequenceEqual(b.Fields));
            Assert.Empty(table.UnreadableRows);
        }
    }

    [Fact]
    public void TheHeartRatesOfTheZeppExportAreThoseOfItsFile()
    {
        var answer = CollectedAnswer.Of(CollectedAnswer.Sample("3000000001_1714557600000.zip"), "3000000001_1714557600000.zip", "AbCdEfGh");

        var table = answer.Table("/HEARTRATE_AUTO_");
        Assert.Equal(["date", "time", "heartRate"], table.Header);
        Assert.Equal(506, table.Rows.Count); // wc -l counts 507 lines
        Assert.All(table.Rows, row => Assert.Equal(3, row.Fields.Length));
        Assert.Equal(2, table.Rows[0].Line);
        var sport = answer.Table("/SPORT_");
        Assert.Equal(["6", "2024-03-01 10:00:00+0000", "600", "-1.0", "-1.0", "720.0", "0.8333333333333334", "40.0"], sport.Rows[1].Fields);
    }

    [Fact]
    public void TheMillisecondsInTheNamesSayWhenTheExportWasMade()
    {
        var answer = CollectedAnswer.Of(CollectedAnswer.Sample("3000000001_1714557600000.zip"), "3000000001_1714557600000.zip", "AbCdEfGh");

        Assert.Equal(10, answer.Stamps.Count);
        Assert.All(answer.Stamps, stamp => Assert.Equal(Instant.FromUtc(2024, 5, 1, 10, 0), stamp.At));
        Assert.Equal("3000000001_1714557600000.zip", answer.Stamps[0].Member.Name);
    }

    [Fact]
    public void TheXiaomiExportOpensWithItsPasswordAndTellsItsDay()
    {
        const string name = "20240501_3000000001_MiFitness_fr1_data_copy.zip";
        var answer = CollectedAnswer.Of(CollectedAnswer.Sample(name), name, "wrong", "Xy12ab");

        Assert.Empty(answer.Damages);
        Assert.Equal(4, answer.Tables.Count);
        var table = answer.Table("aggregated");
        Assert.Equal(["Uid", "Sid", "Tag", "Key", "Time", "Value", "UpdateTime"], table.Header);
        Assert.Equal("""{"steps":7724,"distance":5561,"calories":270,"goal":8000}""", table.Rows[0].Fields[5]);
        Assert.Contains(answer.Stamps, stamp => stamp.At == Instant.FromUtc(2024, 5, 1, 0, 0) && stamp.How.Contains("day", StringComparison.Ordinal));
    }

    [Fact]
    public void TheHeadersOf2018AreReadAsTheyAre()
    {
        var answer = CollectedAnswer.Of(CollectedAnswer.Sample("zepp_old_headers_plain.zip"), "zepp_old_headers_plain.zip");

        Assert.Equal(["date", "lastSyncTime", "steps", "distance", "runDistance", "calories"], answer.Table("/ACTIVITY_").Header);
        Assert.Equal(4, answer.Tables.Count);
        Assert.Empty(answer.Damages);
    }

    [Fact]
    public void AWorkbookIsOneMemberAndNotAnArchive()
    {
        var answer = CollectedAnswer.Of(CollectedAnswer.Sample("letter_table.xlsx"), "letter_table.xlsx");

        Assert.Equal("xlsx", answer.Summary!.Format);
        Assert.Equal("xlsx", Assert.Single(answer.Members).Format);
        Assert.Empty(answer.Damages);
    }

    [Theory]
    [InlineData("3000000001_1714557600000.zip")]
    [InlineData("zepp_AE1_aes128.zip")]
    [InlineData("zepp_zipcrypto_infozip.zip")]
    [InlineData("20240501_3000000001_MiFitness_fr1_data_copy.zip")]
    public void AWrongOrMissingPasswordIsOneRefusalWithARemedy(string sample)
    {
        var bytes = CollectedAnswer.Sample(sample);
        string[][] attempts = [[], ["abcdefgh"], ["one", "zwei", "Größe"]];
        foreach (var passwords in attempts)
        {
            var refusal = Assert.Throws<ImportException>(() => CollectedAnswer.Of(bytes, sample, passwords));
            Assert.Equal(3, refusal.ExitCode);
            Assert.Contains("password", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("--password", refusal.Remedy, StringComparison.Ordinal);
        }
    }
}
