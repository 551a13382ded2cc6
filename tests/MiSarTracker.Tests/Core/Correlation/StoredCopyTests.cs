using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Correlation;

/// <summary>What the vendor's server gives back to the app proves that it is stored; it is held against the answer, and never mixed with what was uploaded.</summary>
public sealed class StoredCopyTests
{
    private static readonly LocalDate Uploaded = new(2026, 5, 2);
    private static readonly LocalDate GivenBack = new(2024, 1, 9);
    private static readonly Offset Phone = Offset.FromHours(2);

    [Fact]
    public void AGapInWhatWasGivenBackIsAFindingOfItsOwn()
    {
        var comparison = Compare(answer: Hours(Uploaded, 8, 12).Concat(Hours(GivenBack, 8, 10)));

        var finding = Assert.Single(comparison.Findings, finding => finding.Severity > Severity.Info);
        Assert.Equal((true, FindingKind.NotDisclosed, 120L), (finding.Stored, finding.Kind, finding.Count));
        Assert.Equal(
            "The vendor's server gave the app 120 heart-rate values, recorded on 9 January 2024 from 10:00 to 11:59; they are not in the answer.", finding.Statement);
        Assert.Equal(("E-001", 7L), (Assert.Single(finding.Evidence).Exhibit, finding.Evidence[0].Number));
        var stored = Assert.Single(comparison.Stored);
        Assert.Equal((240L, 120L, 120L, 0L), (stored.Uploaded, stored.Matched, stored.Missing, stored.Altered));
        Assert.Equal((240L, 240L, Verdict.Disclosed), Assert.Single(comparison.Categories) is var uploads ? (uploads.Uploaded, uploads.Matched, uploads.Verdict) : default);
    }

    [Fact]
    public void WhatWasUploadedTooCountsOnceAndWasCertainlyStored()
    {
        var comparison = Compare(answer: Hours(Uploaded, 8, 10).Concat(Hours(GivenBack, 8, 12)), alsoGivenBack: Uploaded);

        var finding = Assert.Single(comparison.Findings, finding => finding.Severity > Severity.Info);
        Assert.Equal((false, 120L), (finding.Stored, finding.Count));
        Assert.True(Assert.Single(finding.Innocent, innocent => innocent.Explanation == "never stored").RuledOut);
        Assert.Equal(240, Assert.Single(comparison.Stored).Uploaded);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-120)]
    [InlineData(345)]
    public void AWholeAnswerOnAnyClockIsNotAccused(int shiftMinutes)
    {
        var comparison = Compare(Hours(Uploaded, 8, 12).Concat(Hours(GivenBack, 8, 12)), shiftMinutes: shiftMinutes);

        Assert.DoesNotContain(comparison.Findings, finding => finding.Severity > Severity.Info);
        Assert.Equal((240L, 240L), Assert.Single(comparison.Stored) is var stored ? (stored.Uploaded, stored.Matched) : default);
    }

    [Fact]
    public void OtherValuesThanWereGivenBackAreTold()
    {
        var comparison = Compare(Hours(Uploaded, 8, 12).Concat(Hours(GivenBack, 8, 12)), alteredMinute: (GivenBack, 9 * 60));

        var finding = Assert.Single(comparison.Findings, finding => finding.Severity > Severity.Info);
        Assert.Equal((true, FindingKind.Altered, 1L), (finding.Stored, finding.Kind, finding.Count));
        Assert.Contains("than the vendor's server gave the app", finding.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutCopiesNothingIsSaidOfThem()
    {
        var comparison = Compare(Hours(Uploaded, 8, 12), withStored: false);

        Assert.Empty(comparison.Stored);
        Assert.DoesNotContain("\"stored\"", System.Text.Encoding.UTF8.GetString(ComparisonJson.Write(comparison)), StringComparison.Ordinal);
    }

    private static IEnumerable<(LocalDate Date, int Minute)> Hours(LocalDate date, int from, int to) =>
        Enumerable.Range(from * 60, (to - from) * 60).Select(minute => (date, minute));

    private static short Rate(LocalDate date, int minute) => (short)(60 + (((minute * 7919) + (date.Day * 31)) % 67));

    private static MinuteDay Sent(LocalDate date, long exchange) => Day(
        Hours(date, 8, 12), Phone, Origin.InUpload("E-001", exchange, "data_hr"), date, Instant.FromUtc(2026, 5, 3, 6, 0));

    private static MinuteDay Day(IEnumerable<(LocalDate Date, int Minute)> minutes, Offset? offset, Origin origin, LocalDate date, Instant? seen)
    {
        var values = new short[MinuteDay.MinutesPerDay];
        values.AsSpan().Fill(MinuteDay.None);
        foreach (var (day, minute) in minutes)
        {
            values[minute] = Rate(day, minute);
        }

        return new MinuteDay(Category.HeartRate, date, offset, origin, values) { SeenAt = seen };
    }

    private static Comparison Compare(
        IEnumerable<(LocalDate Date, int Minute)> answer, LocalDate? alsoGivenBack = null, int shiftMinutes = 0, (LocalDate Date, int Minute)? alteredMinute = null, bool withStored = true)
    {
        MinuteDay[] copies = [Sent(GivenBack, 7), .. alsoGivenBack is { } too ? [Sent(too, 8)] : Array.Empty<MinuteDay>()];
        var uploaded = new Uploaded
        {
            Exhibits = [new UploadExhibit("E-001", new string('a', 64), "mitmproxy-21", null, null, 9, 1, 0)],
            Minutes = [Sent(Uploaded, 3)],
            Stored = withStored ? new Uploaded { Minutes = copies } : null,
        };
        var builder = new DisclosedBuilder();
        builder.Exhibit(new AnswerExhibit("R-001", new string('b', 64), "csv", new LocalDate(2026, 6, 1), 1, Instant.FromUtc(2026, 6, 1, 0, 0), null, null));
        var line = 2;
        foreach (var (date, minute) in answer)
        {
            var at = date.AtMidnight().PlusMinutes(minute + shiftMinutes);
            var value = alteredMinute == (date, minute) ? (short)(Rate(date, minute) + 40) : Rate(date, minute);
            builder.Minutes("R-001", "HEARTRATE_AUTO.csv", Category.HeartRate, null, at.Date).Add((at.Hour * 60) + at.Minute, value, line++);
        }

        return Correlator.Compare(
            new ComparisonInput { Case = "SAR-2026-0001", ComparedAt = Instant.FromUtc(2026, 11, 22, 10, 0), Uploaded = uploaded, Disclosed = builder.Build() },
            TestContext.Current.CancellationToken);
    }
}
