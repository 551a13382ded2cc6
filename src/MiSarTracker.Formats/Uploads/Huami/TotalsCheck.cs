using System.Globalization;
using System.Text.Json;
using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>
/// Holds a day's own totals against its own minutes. They agree on nearly all days of real data (formats.md §1.7), but a day that was still being
/// synced, or merged with another source, may rightly differ: what does not fit is said, and is never an error.
/// </summary>
internal sealed class TotalsCheck(MinuteArrays minutes, string path, UploadSink sink)
{
    /// <summary>Steps, or their share of the total, by which the two may differ.</summary>
    private const long MostSteps = 20;

    private const decimal MostShare = 0.02m;

    /// <param name="steps">The summary's <c>stp</c>.</param>
    public void Check(JsonElement steps)
    {
        var isWhole = minutes is { Covered: >= MinuteDay.MinutesPerDay, Unsynced: 0 };
        if (steps.Number("ttl") is { } total)
        {
            var sum = minutes.StepsBetween(0, MinuteDay.MinutesPerDay - 1);
            if (Differs(total, sum, isWhole))
            {
                sink.Remark($"{path}.stp.ttl: the total is {total} steps, the minutes come to {sum}{(isWhole ? "" : ", though some are still missing")}");
            }
        }

        if (steps.At("stage") is not { ValueKind: JsonValueKind.Array } list)
        {
            return;
        }

        var index = -1;
        foreach (var stage in list.EnumerateArray())
        {
            index++;
            if (stage.Whole("start") is { } start && stage.Whole("stop") is { } stop && start >= 0 && stop >= start
                && stop < MinuteDay.MinutesPerDay && stage.Number("step") is { } stated
                && minutes.StepsBetween((int)start, (int)stop) is var sum && Differs(stated, sum, isWhole))
            {
                sink.Remark($"{path}.stp.stage[{index.ToString(CultureInfo.InvariantCulture)}]: it states {stated} steps, its minutes come to {sum}");
            }
        }
    }

    // Missing minutes can only lower the sum.
    private static bool Differs(decimal stated, long sum, bool isWhole) =>
        (isWhole ? Math.Abs(stated - sum) : sum - stated) > Math.Max(MostSteps, stated * MostShare);
}
