using System.Globalization;
using System.Text;
using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers.Mapping;

public sealed class AnswerMapperTests
{
    [Fact]
    public void ColumnsAreFoundByNameInAnyOrderAndCase()
    {
        var disclosed = new AnswerCase().Table("ACTIVITY_1.csv", "Calories,DATE,runDistance,Steps,Distance\n85,2026-01-01,1175,2133,1413\n").Disclosed();

        Assert.Equal(
            [("calories", 85m), ("distance", 1413m), ("run-distance", 1175m), ("steps", 2133m)],
            disclosed.Totals.Select(total => (total.Name, total.Value)));
    }

    [Fact]
    public void ARenamedTableIsRecognisedByItsHeader()
    {
        var answer = new AnswerCase().Table("my pulse.csv", "date,time,heartRate\n2026-01-01,07:13,107\n");

        Assert.Equal(["heart-rate-auto"], answer.Mapper!.Members.Single().MappedTo);
        Assert.Equal(107, answer.Disclosed().Minutes.Single().Values[433]);
    }

    [Fact]
    public void ATableThatNoRuleKnowsIsListedAndItsTextCanBeSearched()
    {
        var answer = new AnswerCase().Table("HEALTH_DATA_1.csv", "date,armCirc,note\n2026-01-01,31,D4000000FFFF0001\n2026-01-02,32,x\n");
        var report = answer.Mapper!.Members.Single();

        Assert.Equal((2, 0), (report.Rows, report.MappedTo.Count));
        Assert.Equal(["date", "armCirc", "note"], report.UnmappedTables.Single());
        Assert.Contains("D4000000FFFF0001", answer.Disclosed().Texts.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void DecimalCommasAndATwelveHourClockAreReadAsTheyAreMeant()
    {
        var body = new AnswerCase().Table("BODY_1.csv", "time;weight;height\n2026-01-01 7:01 AM +0000;71,35;178,0\n").Disclosed();
        var pulse = new AnswerCase().Table("HEARTRATE_AUTO_1.csv", "date,time,heartRate\n2026-01-01,07:13 PM,107\n2026-01-01,12:05 AM,61\n").Disclosed();

        Assert.Equal((71.35m, 178.0m), Assert.Single(body.Occurrences) is var weighing ? (weighing["weight"]!.Number, weighing["height"]!.Number) : default);
        Assert.Equal((107, 61), Assert.Single(pulse.Minutes) is var day ? (day.Values[(19 * 60) + 13], day.Values[5]) : default);
    }

    [Fact]
    public void AnUnknownColumnIsNamed()
    {
        var answer = new AnswerCase().Table("HEARTRATE_AUTO_1.csv", "date,time,heartRate,confidence\n2026-01-01,07:13,107,3\n");

        Assert.Equal(["confidence"], answer.Mapper!.Members.Single().Unmapped);
    }

    [Fact]
    public void ARowThatCannotBeReadCostsItselfAndIsReportedWithItsLine()
    {
        var answer = new AnswerCase().Table(
            "HEARTRATE_AUTO_1.csv", "date,time,heartRate\n2026-01-01,07:13,107\n2026-13-01,07:14,108\n2026-01-01,07:15,fast\n2026-01-01,07:16,99\n");
        var report = answer.Mapper!.Members.Single();

        Assert.Equal(["HEARTRATE_AUTO_1.csv line 3", "HEARTRATE_AUTO_1.csv line 4"], answer.Mapper.Damages.Select(damage => damage.At));
        Assert.Equal((4, 2, 2), (report.Rows, report.Unreadable, report.Observations[Category.HeartRate]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("254")]
    public void AMinuteWithoutAValueIsAPlaceholderAndNoError(string value)
    {
        var answer = new AnswerCase().Table("HEARTRATE_AUTO_1.csv", $"date,time,heartRate\n2026-01-01,07:13,{value}\n");

        Assert.Equal(1, answer.Mapper!.Members.Single().Placeholders);
        Assert.Empty(answer.Mapper.Damages);
        Assert.Empty(answer.Disclosed().Minutes);
    }

    [Fact]
    public void EmptyRowsOfSportAndSleepArePlaceholders()
    {
        var answer = new AnswerCase()
            .Table("SPORT_1.csv", "type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),avgPace(/meter),calories(kcal)\n,,,,,,,\nnull,null,null,null,null,null,null,null\n");
        Assert.Equal(2, answer.Member("SPORT_1.csv").Placeholders);
        Assert.Empty(answer.Mapper!.Damages);
        answer.Table("SLEEP_1.csv", "date,deepSleepTime,shallowSleepTime,wakeTime,start,stop,REMTime,naps\n2024-04-01,0,0,0,2024-03-31 22:00:00+0000,2024-03-31 22:00:00+0000,0,\n");
        Assert.Equal(1, answer.Member("SLEEP_1.csv").Placeholders);
        Assert.Empty(answer.Disclosed().Occurrences);
    }

    [Fact]
    public void PacesOfTheExportAreOrderedAsThoseOfTheUpload()
    {
        // A public row: maxPace is the numerically largest, which is the slowest.
        var disclosed = new AnswerCase().Table(
            "SPORT_1.csv",
            "type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),avgPace(/meter),calories(kcal)\n6,2022-06-30 12:35:45+0000,877,2.183406114578247,0.4395604133605957,1180.0,0.7415254237288136,114.9846038818359\n").Disclosed();

        var walk = Assert.Single(disclosed.Occurrences);
        Assert.Equal(0.4395604133605957m, walk["pace-fastest"]!.Number);
        Assert.Equal(2.183406114578247m, walk["pace-slowest"]!.Number);
    }

    [Fact]
    public void NapsAreOccurrencesOfTheirOwn_AndNonsenseAmongThemIsReported()
    {
        var answer = new AnswerCase().Table(
            "SLEEP_1.csv",
            "date,deepSleepTime,shallowSleepTime,wakeTime,start,stop,REMTime,naps\n"
            + "2024-04-01,76,331,0,2024-03-31 22:02:00+0000,2024-04-01 05:50:00+0000,61,\"[{\"\"start\"\":\"\"2024-04-01 12:00:00+0000\"\",\"\"stop\"\":\"\"2024-04-01 12:45:00+0000\"\"},{\"\"start\"\":\"\"2024-10-04 00:00:00+0000\"\",\"\"stop\"\":\"\"2024-10-04 01:00:00+0000\"\"}]\"\n");
        var disclosed = answer.Disclosed();

        Assert.Equal(["", "nap"], disclosed.Occurrences.Select(one => one.Subject));
        Assert.Equal("2024-04-01T12:45:00Z", disclosed.Occurrences[1].End!.Value.Instant.ToString());
        Assert.Equal(["SLEEP_1.csv line 2"], answer.Mapper!.Damages.Select(damage => damage.At));
    }

    [Fact]
    public void SleepMinutesBecomeStretchesAndEveningsBelongToTheDayBefore()
    {
        var disclosed = new AnswerCase().Table(
            "SLEEP_MINUTE_1.csv",
            "date,time,stage,hr,respiratory_rate\n2024-04-02,23:58,LIGHT,60,14\n2024-04-02,23:59,LIGHT,60,14\n2024-04-02,00:00,LIGHT,61,14\n2024-04-02,00:01,DEEP,58,13\n2024-04-02,00:02,DEEP,57,0\n2024-04-02,00:04,DEEP,57,13\n").Disclosed();

        Assert.Equal(
            [("light", 1, 23, 58, 0, 1), ("deep", 2, 0, 1, 0, 3), ("deep", 2, 0, 4, 0, 5)],
            disclosed.Occurrences.Select(one => (
                one["stage"]!.Text!, one.Start.Local.Day, one.Start.Local.Hour, one.Start.Local.Minute, one.End!.Value.Local.Hour, one.End.Value.Local.Minute)));
        Assert.Equal([2, 5, 7], disclosed.Occurrences.Select(one => one.Origin.Number));
        Assert.Equal(60, disclosed.Minutes.First(day => day.Category.Name == "other:sleep-heart-rate").Values[1438]);
        Assert.Equal(5, disclosed.Minutes.Where(day => day.Category.Name == "other:respiratory-rate").Sum(SampleCounts.Of));
    }

    [Fact]
    public void MillionsOfMinutesMakeNoObjectPerRow()
    {
        // What thirty further days cost, so that buffers which are made once do not count.
        Allocated(30);
        var perRow = (Allocated(60) - Allocated(30)) / 43_200.0;

        Assert.InRange(perRow, 0, 10);
    }

    private static long Allocated(int days)
    {
        var table = new StringBuilder("date,time,heartRate\n");
        for (var minute = 0; minute < days * 1440; minute++)
        {
            var at = new LocalDateTime(2024, 1, 1, 0, 0).PlusMinutes(minute);
            table.Append(CultureInfo.InvariantCulture, $"{at.Year:0000}-{at.Month:00}-{at.Day:00},{at.Hour:00}:{at.Minute:00},70\n");
        }

        var bytes = Encoding.UTF8.GetBytes(table.ToString());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var answer = new AnswerCase().Read(bytes, "HEARTRATE_AUTO_1.csv", "R-001", []);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(days * 1440, answer.Mapper!.Members.Single().Observations[Category.HeartRate]);
        return allocated;
    }

    [Fact]
    public void TheCutOffIsTheNamesStampBeforeTheMailsDate()
    {
        var answer = new AnswerCase().Table("HEARTRATE_AUTO_1714557600000.csv", "date,time,heartRate\n2024-01-01,07:13,107\n");
        Assert.Equal(Instant.FromUnixTimeMilliseconds(1714557600000), answer.Exhibit!.CutOff);
        answer.Table("HEARTRATE_AUTO.csv", "date,time,heartRate\n2024-01-01,07:13,107\n", "R-002");
        Assert.Equal(Instant.FromUtc(2024, 5, 3, 0, 0), answer.Exhibit!.CutOff);
    }
}
