using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Tests.Synthetic;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Correlation;

/// <summary>What was planted is found, to the minute, and nothing else is held against anybody.</summary>
public sealed class PlantedGapTests(ITestOutputHelper output)
{
    private static readonly DateTimeZone Amsterdam = DateTimeZoneProviders.Tzdb["Europe/Amsterdam"];
    private static readonly LocalDate First = new(2026, 3, 2);

    [Fact]
    public void EveryPlantedDifferenceIsFoundAndNothingElseIsAnAccusation()
    {
        int planted = 0, found = 0, accusations = 0;
        for (var seed = 1; seed <= 200; seed++)
        {
            var (expected, actual) = Run(seed);
            planted += expected.Count;
            accusations += actual.Count;
            found += expected.Intersect(actual).Count();
            Assert.True(
                expected.SetEquals(actual),
                $"seed {seed}\nnot found: {string.Join("\n  ", expected.Except(actual))}\nnot planted: {string.Join("\n  ", actual.Except(expected))}");
        }

        output.WriteLine($"200 seeds: {planted} planted, precision {found / (double)accusations:0.000}, recall {found / (double)planted:0.000}");
        Assert.True(planted > 1000);
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Asia/Shanghai")]
    [InlineData("Asia/Kolkata")]
    [InlineData("America/New_York")]
    [InlineData("Europe/Amsterdam")]
    public void AnotherClockInTheAnswerAccusesNobodyAndIsSaid(string zoneId)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        for (var seed = 1; seed <= 10; seed++)
        {
            var weeks = SyntheticWeeks.Make(seed, First, 42, Amsterdam, heartEvery: 5);
            var export = new SyntheticExport(weeks);
            export.ShiftMinutes(local => Amsterdam.AtLeniently(local).ToInstant().InZone(zone).LocalDateTime);

            var comparison = Compare(weeks, export);

            Assert.DoesNotContain(comparison.Findings, finding => finding.Severity > Severity.Info);
            var longest = comparison.Clock.Members.Where(member => member.Member == "heart-rate").MaxBy(member => member.Shared)!;
            var noon = longest.From.At(new LocalTime(12, 0)).InZoneLeniently(Amsterdam).ToInstant();
            Assert.Equal(zone.GetUtcOffset(noon).Seconds / 60, longest.OffsetMinutes);
            Assert.False(comparison.Clock.Ambiguous);
        }
    }

    [Fact]
    public void GapsAreFoundUnderAnotherClockToo()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (expected, actual) = Run(seed, export => export.ShiftMinutes(local => local.PlusHours(7)));
            Assert.Equal(expected.Order(ByTime), actual.Order(ByTime));
        }
    }

    [Fact]
    public void TheOrderOfTheUploadsDoesNotMatter()
    {
        var weeks = SyntheticWeeks.Make(7, First, 20, Amsterdam);
        var export = new SyntheticExport(weeks);
        new Planter(weeks, export, new Random(7)).RemoveDay(Category.HeartRate);
        var uploaded = Observed.Upload(weeks);
        var answer = Observed.Answer(export, CutOff(weeks));
        var turned = new Uploaded
        {
            Exhibits = uploaded.Exhibits,
            Minutes = [.. uploaded.Minutes.Reverse()],
            Occurrences = [.. uploaded.Occurrences.Reverse()],
            Totals = [.. uploaded.Totals.Reverse()],
        };

        Assert.Equal(Json(uploaded, answer), Json(turned, answer));
    }

    [Fact]
    public void WhatLiesAfterTheCutOffIsNotComparable()
    {
        var weeks = SyntheticWeeks.Make(3, First, 14, Amsterdam);
        var export = new SyntheticExport(weeks);
        var last = weeks.Days[^1].Date;
        foreach (var key in export.Heart.Keys.Where(at => at.Date == last).ToList())
        {
            export.Heart.Remove(key);
        }

        var cutOff = last.AtMidnight().WithOffset(weeks.Days[^1].Offset).ToInstant();
        var comparison = Correlator.Compare(Input(Observed.Upload(weeks), Observed.Answer(export, cutOff)), TestContext.Current.CancellationToken);

        var heart = comparison.Categories.Single(category => category.Category == Category.HeartRate);
        Assert.Equal(weeks.Days[^1].Heart.Count(bpm => bpm < 254), heart.NotComparable);
        Assert.Equal(0, heart.Missing);
        Assert.Contains("cut-off", heart.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(comparison.Findings, finding => finding.Category == Category.HeartRate && finding.Severity > Severity.Info);
    }

    [Fact]
    public void TheCountsOfACategoryAddUp()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var weeks = SyntheticWeeks.Make(seed, First, 28, Amsterdam, heartEvery: 3);
            var export = new SyntheticExport(weeks);
            var planter = new Planter(weeks, export, new Random(seed));
            planter.RemoveDay(Category.HeartRate);
            planter.AlterMinutes(Category.HeartRate, 9);

            var heart = Compare(weeks, export).Categories.Single(category => category.Category == Category.HeartRate);

            Assert.Equal(weeks.Days.Sum(day => day.Heart.Count(bpm => bpm < 254)), heart.Uploaded);
            Assert.Equal(export.Heart.Count, heart.Disclosed);
            Assert.Equal(heart.Uploaded, heart.Matched + heart.Altered + heart.Missing + heart.NotComparable);
            Assert.Equal(planter.All.Where(planted => planted.Kind == FindingKind.NotDisclosed).Sum(planted => planted.Count), heart.Missing);
            Assert.Equal(planter.All.Where(planted => planted.Kind == FindingKind.Altered).Sum(planted => planted.Count), heart.Altered);
        }
    }

    private static readonly Comparer<Planted> ByTime = Comparer<Planted>.Create((a, b) =>
        (a.Category, a.From, a.Kind, a.Aggregate).CompareTo((b.Category, b.From, b.Kind, b.Aggregate)));

    private static (HashSet<Planted> Expected, HashSet<Planted> Actual) Run(int seed, Action<SyntheticExport>? clock = null)
    {
        var random = new Random(seed * 7919);
        var weeks = SyntheticWeeks.Make(seed, First, 30 + random.Next(60), Amsterdam, heartEvery: new[] { 1, 5, 10 }[random.Next(3)]);
        var export = new SyntheticExport(weeks);
        var planter = new Planter(weeks, export, random);
        planter.RemoveMinutes(Category.Steps, random.Next(1, 15));
        planter.RemoveMinutes(Category.HeartRate, random.Next(1, 25));
        planter.AlterMinutes(Category.HeartRate, random.Next(1, 12));
        planter.AlterMinutes(Category.Steps, 1);
        planter.RemoveDay(Category.HeartRate);
        planter.RemoveDay(Category.Steps);
        planter.AlterTotal();
        planter.AlterNight();
        planter.RemoveNight();
        clock?.Invoke(export);
        var comparison = Compare(weeks, export);
        var actual = comparison.Findings.Where(finding => finding.Severity > Severity.Info)
            .Select(finding => new Planted(finding.Kind, finding.Category!.Value, finding.From!.Value.Local, finding.To!.Value.Local, finding.Count, finding.Aggregate))
            .ToHashSet();
        return ([.. planter.All], actual);
    }

    private static Comparison Compare(SyntheticWeeks weeks, SyntheticExport export) =>
        Correlator.Compare(Input(Observed.Upload(weeks), Observed.Answer(export, CutOff(weeks))), TestContext.Current.CancellationToken);

    private static Instant CutOff(SyntheticWeeks weeks) => weeks.Days[^1].Date.PlusDays(30).AtMidnight().InUtc().ToInstant();

    private static ComparisonInput Input(Uploaded uploaded, Disclosed disclosed) => new()
    {
        Case = "SAR-2026-0001",
        ComparedAt = Instant.FromUtc(2026, 11, 22, 10, 0),
        Uploaded = uploaded,
        Disclosed = disclosed,
    };

    private static string Json(Uploaded uploaded, Disclosed disclosed) =>
        System.Text.Encoding.UTF8.GetString(ComparisonJson.Write(Correlator.Compare(Input(uploaded, disclosed), TestContext.Current.CancellationToken)));
}
