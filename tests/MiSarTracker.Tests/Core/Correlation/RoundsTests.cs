using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using MiSarTracker.Tests.Synthetic;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Correlation;

/// <summary>A second answer is held against the first: mended, still missing, newly missing.</summary>
public sealed class RoundsTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public void ALaterAnswerMendsSomeGapsLeavesOthersAndOpensNewOnes()
    {
        var (first, second, uploaded, days) = TwoAnswers();

        var rounds = Compare(uploaded, Together(first, second), [first.Answer(), Later(second)]).Rounds;

        var heart = rounds[1].Categories.Single(category => category.Category == Category.HeartRate);
        Assert.Equal(["R-001"], rounds[0].Exhibits);
        Assert.Equal((2, new LocalDate(2026, 12, 2)), (rounds[1].Number, rounds[1].Received));
        Assert.Equal((days[3] + 1, days[5], days[8]), (heart.Fixed, heart.StillMissing, heart.NewlyMissing));
        Assert.Equal((0L, 0L, 0L), (rounds[0].Categories[0].Fixed, rounds[0].Categories[0].StillMissing, rounds[0].Categories[0].NewlyMissing));
    }

    [Fact]
    public void BothAnswersCountTogetherAndTheLaterCorrectsTheEarlier()
    {
        var (first, second, uploaded, days) = TwoAnswers();

        var comparison = Compare(uploaded, Together(first, second), []);

        var heart = comparison.Categories.Single(category => category.Category == Category.HeartRate);
        Assert.Equal((days[5], 0L), (heart.Missing, heart.Altered));
        Assert.Empty(comparison.Rounds);
        var conflict = Assert.Single(comparison.Findings, finding => finding.Kind == FindingKind.ConflictingInResponse);
        Assert.Equal(1, conflict.Count);
        Assert.Contains("the latest was compared", conflict.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void ASupplementNeedNotRepeatWhatItIsNotAbout()
    {
        var first = SyntheticLife.Make(2, 14, Berlin);
        var second = SyntheticLife.Make(2, 14, Berlin);
        var nights = first.Occurrences.RemoveAll(what => what.Category == Category.Sleep);
        second.Steps.Clear();
        second.Heart.Clear();
        second.Series.Clear();
        second.Facts.Clear();
        second.Occurrences.RemoveAll(what => what.Category != Category.Sleep);

        var rounds = Compare(first.Uploaded, first.Answer(), [first.Answer(), Later(second)]).Rounds;

        Assert.All(rounds[1].Categories, category => Assert.Equal(0, category.NewlyMissing));
        Assert.Equal(nights, rounds[1].Categories.Single(category => category.Category == Category.Sleep).Fixed);
    }

    /// <summary>The first answer lacks day 3 and 5 and alters one value; the second lacks 5 and 8.</summary>
    private static (SyntheticLife First, SyntheticLife Second, Uploaded Uploaded, IReadOnlyList<long> Days) TwoAnswers()
    {
        var first = SyntheticLife.Make(1, 14, Berlin);
        var second = SyntheticLife.Make(1, 14, Berlin);
        var dates = first.Weeks.Days.Select(day => day.Date).ToList();
        IReadOnlyList<long> days = [.. dates.Select(date => (long)first.Heart.Count(row => row.At.Date == date))];
        first.Heart.RemoveAll(row => row.At.Date == dates[3] || row.At.Date == dates[5]);
        first.Heart[10] = (first.Heart[10].At, (short)(first.Heart[10].Value + 40));
        second.Heart.RemoveAll(row => row.At.Date == dates[5] || row.At.Date == dates[8]);
        return (first, second, first.Uploaded, days);
    }

    /// <summary>Both, the second on a clock of its own.</summary>
    private static Disclosed Together(SyntheticLife first, SyntheticLife second)
    {
        var (one, other) = (first.Answer(), Later(second));
        return new Disclosed
        {
            Exhibits = [.. one.Exhibits, .. other.Exhibits],
            Minutes = [.. one.Minutes, .. other.Minutes],
            Occurrences = one.Occurrences,
            Series = one.Series,
            Facts = one.Facts,
            Totals = one.Totals,
            Texts = one.Texts,
        };
    }

    private static Disclosed Later(SyntheticLife life) =>
        life.Answer(null, ("R-002", _ => true, at => Berlin.AtLeniently(at).ToInstant().InUtc().LocalDateTime));

    private static Comparison Compare(Uploaded uploaded, Disclosed disclosed, IReadOnlyList<Disclosed> rounds) => Correlator.Compare(
        new ComparisonInput { Case = "SAR-2026-0001", ComparedAt = Instant.FromUtc(2026, 12, 3, 10, 0), Uploaded = uploaded, Disclosed = disclosed, Rounds = rounds },
        TestContext.Current.CancellationToken);
}
