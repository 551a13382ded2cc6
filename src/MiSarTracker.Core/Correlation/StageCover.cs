using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// One side's sleep stages by kind and time. One side lists a stage in pieces (over midnight, or as two codes of one kind) where the other has
/// it whole; who asks whether a stage is covered does not mind.
/// </summary>
internal sealed class StageCover
{
    /// <summary>Inclusive and exclusive last minutes.</summary>
    private static readonly Duration Seam = Duration.FromMinutes(1);

    private readonly Dictionary<string, List<(Instant Start, Instant End)>> _kinds = [];

    public StageCover(IEnumerable<Placed> stages)
    {
        foreach (var stage in stages.Where(stage => stage.What.Category == Category.SleepStage && stage.End is not null).OrderBy(stage => stage.Start))
        {
            var runs = _kinds.TryGetValue(Kind(stage), out var held) ? held : _kinds[Kind(stage)] = [];
            if (runs.Count > 0 && stage.Start <= runs[^1].End + Seam)
            {
                runs[^1] = (runs[^1].Start, Instant.Max(runs[^1].End, stage.End!.Value));
            }
            else
            {
                runs.Add((stage.Start, stage.End!.Value));
            }
        }
    }

    /// <summary>True when stages of the same kind fill the stage's time from end to end.</summary>
    public bool Covers(Placed stage)
    {
        if (stage.End is not { } end || !_kinds.TryGetValue(Kind(stage), out var runs))
        {
            return false;
        }

        var (low, high) = (0, runs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = runs[middle].Start <= stage.Start + Seam ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && runs[low - 1].End + Seam >= end;
    }

    private static string Kind(Placed stage) => stage.What["stage"]?.Text ?? "";
}
