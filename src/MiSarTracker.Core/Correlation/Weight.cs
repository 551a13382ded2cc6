using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Correlation;

/// <summary>How much a gap weighs: by what it tells about a person, then by its size.</summary>
internal static class Weight
{
    /// <summary>What is there in another form weighs less than what is not there at all.</summary>
    public static Severity OfMissing(FindingKind kind, Category category, long count) => kind switch
    {
        FindingKind.AggregatedOnly => Severity.Low,
        FindingKind.Unintelligible => Severity.Medium,
        _ => OfMissing(category, count),
    };

    /// <summary>Where a person was, and health data (Art. 9 GDPR), weigh most.</summary>
    public static Severity OfMissing(Category category, long count)
    {
        if (category == Category.WorkoutTrack || category == Category.Location)
        {
            return Severity.High;
        }

        if (category == Category.HeartRate || category == Category.Sleep || category == Category.Body || category == Category.SleepStage)
        {
            return count >= 60 ? Severity.High : Severity.Medium;
        }

        return category == Category.ActivityKind || category == Category.ActivityIntensity || category == Category.Usage
            ? Severity.Low
            : Severity.Medium;
    }
}
