using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Tests.Synthetic;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Correlation;

/// <summary>
/// The usual day, of one device, is compared as a whole; a day of several devices minute by minute. A second device that sent
/// nothing changes the way and must not change the result.
/// </summary>
public sealed class SilentDeviceTests
{
    private static readonly DateTimeZone Amsterdam = DateTimeZoneProviders.Tzdb["Europe/Amsterdam"];
    private static readonly LocalDate First = new(2026, 3, 2);

    [Theory]
    [InlineData("Europe/Amsterdam", 0, false)]
    [InlineData("UTC", 0, false)]
    [InlineData("Asia/Kolkata", 2, false)]
    [InlineData("America/New_York", 5, true)]
    public void ADeviceThatSentNothingChangesNoMinute(string zoneId, int tolerance, bool isPercent)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        for (var seed = 1; seed <= 8; seed++)
        {
            var weeks = SyntheticWeeks.Make(seed, First, 35, Amsterdam, heartEvery: 1 + (seed % 3));
            var export = new SyntheticExport(weeks);
            Spoil(export, new Random(seed));
            export.ShiftMinutes(local => Amsterdam.AtLeniently(local).ToInstant().InZone(zone).LocalDateTime);
            var rules = new ComparisonRules { Tolerances = new Dictionary<string, Tolerance> { ["heart-rate"] = new(tolerance, "a test") { IsPercent = isPercent } } };

            // The answer ends within the weeks, so that minutes lie behind its end.
            var answer = Observed.Answer(export, First.PlusDays(28).AtMidnight().InZoneLeniently(Amsterdam).ToInstant());
            var alone = Observed.Upload(weeks);
            var one = Compare(alone, answer, rules);
            var two = Compare(WithSilentDevice(alone), answer, rules);

            Assert.Equal(one.Categories, two.Categories);
            Assert.Contains(one.Categories, category => category is { Altered: > 0, Missing: > 0, NotComparable: > 0 });
            Assert.Equal(one.Days.Count, two.Days.Count);
            Assert.All(one.Days.Zip(two.Days), pair => Assert.Equal(pair.First.Minutes, pair.Second.Minutes));
        }
    }

    private static Comparison Compare(Uploaded uploaded, Disclosed disclosed, ComparisonRules rules) => Correlator.Compare(
        new ComparisonInput { Case = "SAR-2026-0001", ComparedAt = Instant.FromUtc(2026, 5, 1, 0, 0), Uploaded = uploaded, Disclosed = disclosed, Rules = rules },
        TestContext.Current.CancellationToken);

    private static void Spoil(SyntheticExport export, Random random)
    {
        foreach (var at in export.Heart.Keys.ToList())
        {
            switch (random.Next(40))
            {
                case 0:
                    export.Heart.Remove(at);
                    break;
                case 1:
                    export.Heart[at] += random.Next(-9, 10);
                    break;
                default:
                    break;
            }
        }
    }

    private static Uploaded WithSilentDevice(Uploaded alone) => new()
    {
        Exhibits = alone.Exhibits,
        Minutes = [.. alone.Minutes.SelectMany(day => new[] { day, Silent(day) })],
        Occurrences = alone.Occurrences,
        Totals = alone.Totals,
    };

    private static MinuteDay Silent(MinuteDay day) => new(day.Category, day.Date, day.Offset, day.Origin, [.. Enumerable.Repeat(MinuteDay.None, MinuteDay.MinutesPerDay)])
    {
        Device = "silent",
        SeenAt = day.SeenAt,
    };
}
