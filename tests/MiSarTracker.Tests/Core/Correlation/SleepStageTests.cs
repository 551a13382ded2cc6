using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Correlation;

/// <summary>A stage of sleep has two ends; how many pieces it is listed in says nothing.</summary>
public sealed class SleepStageTests
{
    private static readonly LocalDateTime Night = new(2026, 5, 1, 23, 0);

    [Fact]
    public void AStageInPiecesIsTheStageInOne()
    {
        var comparison = Compare([(0, 30, "light"), (30, 90, "light"), (90, 120, "deep")], [(0, 90, "light"), (90, 100, "deep"), (100, 120, "deep")]);

        Assert.DoesNotContain(comparison.Findings, finding => finding.Severity > Severity.Info);
        Assert.Equal((3L, 3L), Assert.Single(comparison.Categories) is var stages ? (stages.Uploaded, stages.Matched) : default);
        Assert.Empty(comparison.Findings);
    }

    [Fact]
    public void AnotherKindBetweenTwoEqualOnesIsOneDifference()
    {
        var comparison = Compare([(0, 30, "light"), (30, 60, "deep"), (60, 90, "light")], [(0, 30, "light"), (30, 60, "light"), (60, 90, "light")]);

        var finding = Assert.Single(comparison.Findings, finding => finding.Severity > Severity.Info);
        Assert.Equal((FindingKind.Altered, 1L), (finding.Kind, finding.Count));
        Assert.Contains("first in stage: light instead of deep", finding.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void AStageThatEndsEarlierInTheAnswerIsAltered()
    {
        var comparison = Compare([(0, 90, "light"), (90, 120, "deep")], [(0, 60, "light"), (90, 120, "deep")]);

        var finding = Assert.Single(comparison.Findings, finding => finding.Severity > Severity.Info);
        Assert.Equal((FindingKind.Altered, 1L), (finding.Kind, finding.Count));
        Assert.Contains("first in end: 00:00 instead of 00:30", finding.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInclusiveLastMinuteIsNoDifference() =>
        Assert.DoesNotContain(Compare([(0, 90, "light")], [(0, 89, "light")]).Findings, finding => finding.Severity > Severity.Info);

    private static Comparison Compare((int From, int To, string Stage)[] sent, (int From, int To, string Stage)[] told)
    {
        var uploaded = new Uploaded { Occurrences = [.. sent.Select((one, i) => Stage(one, Origin.InUpload("E-001", 1, $"stage[{i}]")))] };
        var builder = new DisclosedBuilder();
        builder.Exhibit(new AnswerExhibit("R-001", new string('b', 64), "csv", new LocalDate(2026, 6, 1), 1, Instant.FromUtc(2026, 6, 1, 0, 0), null, null));
        foreach (var (one, i) in told.Select((one, i) => (one, i)))
        {
            builder.Occurrence(Stage(one, Origin.InAnswer("R-001", "SLEEP.csv", i + 2)));
        }

        return Correlator.Compare(
            new ComparisonInput { Case = "SAR-2026-0001", ComparedAt = Instant.FromUtc(2026, 11, 22, 10, 0), Uploaded = uploaded, Disclosed = builder.Build() },
            TestContext.Current.CancellationToken);
    }

    private static Occurrence Stage((int From, int To, string Stage) one, Origin origin) => new(
        Category.SleepStage, new Moment(Night.PlusMinutes(one.From), Offset.FromHours(2)), new Moment(Night.PlusMinutes(one.To), Offset.FromHours(2)),
        [Field.Of("stage", one.Stage)], origin);
}
