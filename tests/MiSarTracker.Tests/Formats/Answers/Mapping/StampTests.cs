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
}
