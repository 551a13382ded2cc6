using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers.Mapping;

public sealed class SampleExportsTests
{
    [Theory]
    [InlineData("3000000001_1714557600000.zip")]
    [InlineData("zepp_plain.zip")]
    [InlineData("zepp_AE1_aes128.zip")]
    [InlineData("zepp_zipcrypto_infozip.zip")]
    public void EveryTableOfAZeppExportIsMappedWhole(string sample)
    {
        var answer = new AnswerCase().Sample(sample, "R-001", "AbCdEfGh");
        var disclosed = answer.Disclosed();

        Assert.Empty(answer.Mapper!.Damages);
        Assert.All(answer.Mapper.Members.Where(member => member.Member.Format == "csv"), member =>
        {
            Assert.NotEmpty(member.MappedTo);
            Assert.Empty(member.Unmapped);
            Assert.Empty(member.UnmappedTables);
        });
        var nights = disclosed.Occurrences.Where(one => one.Category == Category.Sleep).ToList();
        Assert.Equal(["2024-03-29T22:25:00Z", "2024-03-30T22:12:00Z"], nights.Select(night => night.Start.Instant.ToString()));
        Assert.Equal(["2024-03-30T06:00:00Z", "2024-03-31T05:40:00Z"], nights.Select(night => night.End!.Value.Instant.ToString()));
        Assert.Equal([113m, 113m], nights.Select(night => night["deep"]!.Number!.Value));
        Assert.Equal([339m, 337m], nights.Select(night => night["light"]!.Number!.Value));
        Assert.Equal([0m, 0m], nights.Select(night => night["rem"]!.Number!.Value));

        var workouts = disclosed.Occurrences.Where(one => one.Category == Category.Workout).ToList();
        Assert.Equal(["2024-03-01T10:00:00Z", "2024-03-30T17:00:00Z"], workouts.Select(workout => workout.Start.Instant.ToString()));
        Assert.Equal("type 1, duration 280, distance 817, calories 61, pace-average 0.35, pace-fastest 0.31, pace-slowest 0.52", Shown(workouts[1]));
        Assert.Equal("type 6, duration 600, distance 720, calories 40, pace-average 0.833333333333", Shown(workouts[0]));

        var weighings = disclosed.Occurrences.Where(one => one.Category == Category.Body).ToList();
        Assert.Equal(["height 165", ""], weighings.Select(weighing => weighing.Subject));
        Assert.Equal("weight 60, height 165, bmi 22", Shown(weighings[0]));
        Assert.Equal(
            "weight 71.35, height 178, bmi 22.5, fat-rate 19.8, water-rate 55.1, bone-mass 3.01, metabolism 1620, muscle 54.2, visceral-fat 7",
            Shown(weighings[1]));

        var manual = Assert.Single(disclosed.Occurrences, one => one.Category == Category.HeartRate);
        Assert.Equal(("manual", "77", "2024-03-31T08:00:00Z"), (manual.Subject, manual["bpm"]!.Display, manual.Start.Instant.ToString()));

        var stretches = disclosed.Occurrences.Where(one => one.Category == Category.ActivityKind).ToList();
        Assert.Equal(5, stretches.Count);
        Assert.Equal(new LocalDateTime(2024, 3, 30, 8, 0), stretches[0].Start.Local);
        Assert.Equal(new LocalDateTime(2024, 3, 30, 8, 20), stretches[0].End!.Value.Local);
        Assert.Null(stretches[0].Start.Offset);

        Assert.Equal(
            [("calories", 270m), ("distance", 5561m), ("run-distance", 3049m), ("steps", 7724m), ("calories", 95m), ("distance", 1962m), ("run-distance", 0m), ("steps", 2605m)],
            disclosed.Totals.Select(total => (total.Name, total.Value)));
        Assert.Equal(1, answer.Member("ACTIVITY_1714557600000.csv").Placeholders);
        Assert.Equal(1, answer.Member("SLEEP_1714557600000.csv").Placeholders);
        Assert.Equal("Erika \"E\" Muster, Test", disclosed.Facts.Single(fact => fact.Name == "nickname").Value);
        Assert.True(disclosed.Facts.Single(fact => fact is { Category.Name: "account", Name: "user-id", Value: "3000000001" }).Identifies);
        Assert.Equal(Instant.FromUnixTimeMilliseconds(1714557600000), answer.Exhibit!.CutOff);
    }

    [Fact]
    public void HeartRateAndStepMinutesKeepTheirLines()
    {
        var disclosed = new AnswerCase().Sample("zepp_plain.zip").Disclosed();

        var rates = disclosed.Minutes.Where(day => day.Category == Category.HeartRate).ToList();
        Assert.Equal([new LocalDate(2024, 3, 30), new LocalDate(2024, 3, 31)], rates.Select(day => day.Date));
        Assert.Equal((61, 54, 58), (rates[0].Values[0], rates[0].Values[5], rates[0].Values[10]));
        Assert.Equal((2, 3, 4), (rates[0].Lines![0], rates[0].Lines![5], rates[0].Lines![10]));
        Assert.Equal(MinuteDay.None, rates[0].Values[1]);
        Assert.Null(rates[0].Offset);
        var steps = disclosed.Minutes.First(day => day.Category == Category.Steps);
        Assert.Equal((90, 89, 2), (steps.Values[480], steps.Values[481], steps.Lines![480]));
        Assert.Equal(7724, steps.Values.Where(value => value > 0).Sum(value => value));
    }

    [Fact]
    public void TheHeadersOf2018MeanTheSame()
    {
        var old = new AnswerCase().Sample("zepp_old_headers_plain.zip");
        var disclosed = old.Disclosed();

        Assert.Contains("the stamp is not believed", Assert.Single(old.Mapper!.Damages).Reason, StringComparison.Ordinal);
        Assert.All(old.Mapper.Members.Where(member => member.Member.Format == "csv"), member => Assert.Empty(member.Unmapped));
        var nights = disclosed.Occurrences.Where(one => one.Category == Category.Sleep).ToList();
        Assert.Equal([1711751100, 1711836720], nights.Select(night => night.Start.Instant!.Value.ToUnixTimeSeconds()));
        Assert.Equal([1711778400, 1711863900], nights.Select(night => night.End!.Value.Instant!.Value.ToUnixTimeSeconds()));
        var manual = Assert.Single(disclosed.Occurrences, one => one.Category == Category.HeartRate);
        Assert.Equal((1711872000, "77"), (manual.Start.Instant!.Value.ToUnixTimeSeconds(), manual["bpm"]!.Display));
        var weighing = Assert.Single(disclosed.Occurrences, one => one.Category == Category.Body);
        Assert.Equal((1711872060, "512"), (weighing.Start.Instant!.Value.ToUnixTimeSeconds(), weighing["impedance"]!.Display));
        Assert.Equal([7724m, 2725m], disclosed.Totals.Where(total => total.Name == "steps").Select(total => total.Value));
    }

    [Fact]
    public void AMiFitnessExportIsMappedByTheKeysOfItsRows()
    {
        var answer = new AnswerCase().Sample("20240501_3000000001_MiFitness_fr1_data_copy.zip", "R-001", "Xy12ab");
        var disclosed = answer.Disclosed();

        Assert.Empty(answer.Mapper!.Damages);
        Assert.All(answer.Mapper.Members.Where(member => member.Member.Format == "csv"), member => Assert.Empty(member.Unmapped));
        Assert.All(answer.Mapper.Members.Where(member => member.Member.Format == "csv"), member => Assert.Empty(member.UnmappedRows));
        var rates = disclosed.Minutes.First(day => day.Category == Category.HeartRate);
        Assert.Equal(Offset.Zero, rates.Offset);

        // 1711753200 is 23:00 UTC: the first minute of 30 March in Berlin.
        Assert.Equal((new LocalDate(2024, 3, 29), 61, 54), (rates.Date, rates.Values[23 * 60], rates.Values[(23 * 60) + 5]));
        var run = Assert.Single(disclosed.Occurrences, one => one.Category == Category.Workout);
        Assert.Equal((1711818000, Offset.FromHours(1)), (run.Start.Instant!.Value.ToUnixTimeSeconds(), run.Start.Offset!.Value));
        Assert.Equal((280m, 817m, 0.343m, 121m), (
            run["duration"]!.Number!.Value, run["distance"]!.Number!.Value, run["pace-average"]!.Number!.Value, run["heart-rate-average"]!.Number!.Value));
        Assert.Equal(
            [("2024-03-30", 7724m), ("2024-03-31", 2725m)],
            disclosed.Totals.Where(total => total.Name == "steps").Select(total => ($"{total.Date:uuuu-MM-dd}", total.Value)));
        Assert.Contains(disclosed.Facts, fact => fact is { Name: "device-id", Value: "D4000000FFFF0001", Identifies: true });
        Assert.Equal(Instant.FromUtc(2024, 5, 2, 0, 0), answer.Exhibit!.CutOff);
    }

    private static string Shown(Occurrence occurrence) => string.Join(", ", occurrence.Fields.Select(field => $"{field.Name} {field.Display}"));
}
