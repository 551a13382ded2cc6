using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers.Mapping;

/// <summary>A stamp that the rows contradict is no cut-off: an answer cannot tell of days after it was made.</summary>
public sealed class StampTests
{
    private static readonly Instant Added = Instant.FromUtc(2024, 5, 3, 0, 0);

    [Fact]
    public void AStampOfYearsBeforeTheRowsIsReportedAndNotBelieved()
    {
        var answer = new AnswerCase().Sample("zepp_old_headers_plain.zip");

        Assert.Equal(Added, answer.Exhibit!.CutOff);
        var damage = Assert.Single(answer.Mapper!.Damages);
        Assert.Contains("2024-03-31", damage.Reason, StringComparison.Ordinal);
        Assert.Contains("not believed", damage.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void OneOddDateAmongManyDoesNotDiscreditAStamp()
    {
        var rows = string.Concat(Enumerable.Range(0, 300).Select(day => $"{new LocalDate(2023, 1, 1).PlusDays(day):uuuu-MM-dd},100,70,0,5\n"));
        var answer = new AnswerCase().Table("ACTIVITY_1714557600000.csv", "date,steps,distance,runDistance,calories\n" + rows + "2031-01-01,100,70,0,5\n");

        Assert.Equal(Instant.FromUnixTimeMilliseconds(1714557600000), answer.Exhibit!.CutOff);
        Assert.Contains("taken for a fault", Assert.Single(answer.Mapper!.Damages).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-05-01", true)]
    [InlineData("2024-05-02", true)]
    [InlineData("2024-05-03", false)]
    public void ALocalDayMayBeginBeforeTheStampsDayInUtcDoes(string date, bool isBelieved)
    {
        // 1714557600000 is 2024-05-01T10:00Z.
        var answer = new AnswerCase().Table("ACTIVITY_1714557600000.csv", $"date,steps,distance,runDistance,calories\n{date},100,70,0,5\n");

        Assert.Equal(isBelieved, answer.Exhibit!.CutOff != Added);
    }

    [Fact]
    public void TheStampInTheArchivesOwnNameCountsByTheProfile()
    {
        var profile = MiSarTracker.Core.Vendors.VendorProfileReader.Read(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "templates", "vendors", "fitbit.json")), "fitbit.json");
        using var zip = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(zip, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("Takeout/Fitbit/weight-2024-03-30.json").Open())
        {
            entry.Write("""[{"logId":1,"weight":157.3,"date":"03/30/24","time":"07:00:00"}]"""u8);
        }

        var answer = new AnswerCase(profile).Read(zip.ToArray(), "takeout-20240502T090000Z-001.zip", "R-001", []);
        Assert.Equal(Instant.FromUtc(2024, 5, 2, 9, 0), answer.Exhibit!.CutOff);
        Assert.Equal(71.35008m, answer.Disclosed().Occurrences.Single()["weight"]!.Number);
    }

    private const string January = "1704103200000"; // 2024-01-01T10:00Z
    private const string May = "1714557600000"; // 2024-05-01T10:00Z

    [Fact]
    public void EachArchiveInOneFileHasItsOwnCutOffAndTheLatestIsTheAnswers()
    {
        var zip = new ZipForge()
            .Add($"3000000001_{January}.zip", Activity("2023-12-31", $"ACTIVITY/ACTIVITY_{January}.csv"))
            .Add($"3000000001_{May}.zip", Activity("2024-04-30", $"ACTIVITY/ACTIVITY_{May}.csv"))
            .Bytes();
        var answer = new AnswerCase().Read(zip, "both.zip", "R-001", []);

        Assert.Equal(
            [($"3000000001_{January}.zip", 2, Instant.FromUtc(2024, 1, 1, 10, 0)), ($"3000000001_{May}.zip", 2, Instant.FromUtc(2024, 5, 1, 10, 0))],
            answer.Exhibit!.Archives.Select(archive => (archive.Name, archive.Members, archive.CutOff)));
        Assert.Equal(Instant.FromUtc(2024, 5, 1, 10, 0), answer.Exhibit.CutOff);
        Assert.Equal(answer.Exhibit.CutOff, answer.Mapper!.CutOff!.Value.At);
        Assert.Empty(answer.Mapper.Damages);
    }

    [Fact]
    public void RowsThatContradictOneArchivesStampLeaveTheOthersAlone()
    {
        var zip = new ZipForge()
            .Add($"3000000001_{January}.zip", Activity("2024-03-31", $"ACTIVITY/ACTIVITY_{January}.csv"))
            .Add("second.zip", new ZipForge().Add($"ACTIVITY/ACTIVITY_{May}.csv", Table("2024-04-30")).Bytes())
            .Bytes();
        var answer = new AnswerCase().Read(zip, "both.zip", "R-001", []);

        // The first one's stamp is before its own rows; it speaks until it was added, the other one until its stamp.
        Assert.Equal([Added, Instant.FromUtc(2024, 5, 1, 10, 0)], answer.Exhibit!.Archives.Select(archive => archive.CutOff));
        Assert.Contains(January, Assert.Single(answer.Mapper!.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArchiveWithoutAStampIsAsOldAsTheMailThatBroughtIt()
    {
        string Mail(string date, string name, byte[] zip) =>
            $"From sender@vendor.test Mon Jan  1 00:00:00 2024\r\nFrom: p@vendor.test\r\nTo: a@example.test\r\nSubject: your data\r\nDate: {date}\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nEnclosed.\r\n--b\r\n"
            + $"Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename={name}\r\n\r\n{Convert.ToBase64String(zip)}\r\n--b--\r\n\r\n";
        var mbox = Mail("Fri, 2 Feb 2024 09:00:00 +0000", "data.zip", Activity("2024-01-31", "ACTIVITY/ACTIVITY.csv"))
            + Mail("Thu, 2 May 2024 09:00:00 +0000", "data.zip", Activity("2024-04-30", "ACTIVITY/ACTIVITY.csv"));
        var answer = new AnswerCase().Read(System.Text.Encoding.ASCII.GetBytes(mbox), "answers.mbox", "R-001", []);

        Assert.Equal([Instant.FromUtc(2024, 2, 2, 9, 0), Instant.FromUtc(2024, 5, 2, 9, 0)], answer.Exhibit!.Archives.Select(archive => archive.CutOff));
        Assert.All(answer.Exhibit.Archives, archive => Assert.Equal("the mail's Date header", archive.How));
        Assert.Equal(2, answer.Disclosed().Totals.Select(total => total.Date).Distinct().Count());
    }

    [Fact]
    public void OneArchiveInAMailIsNoListOfArchives()
    {
        var zip = new ZipForge().Add($"3000000001_{May}.zip", Activity("2024-04-30", $"ACTIVITY/ACTIVITY_{May}.csv")).Bytes();
        Assert.Empty(new AnswerCase().Read(zip, "outer.zip", "R-001", []).Exhibit!.Archives);
    }

    private static byte[] Activity(string date, string name) => new ZipForge().Add(name, Table(date)).Add("readme.txt", "Your data.").Bytes();

    private static string Table(string date) => $"date,steps,distance,runDistance,calories\n{date},100,70,0,5\n";
}
