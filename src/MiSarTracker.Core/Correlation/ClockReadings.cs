using MiSarTracker.Core.Findings;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>Sums up the alignments for the reader.</summary>
internal static class ClockReadings
{
    /// <param name="clocks">By category, then those of answers that keep a clock of their own.</param>
    public static ClockReading Of(IReadOnlyList<ClockAlignment> clocks, ClockAlignment? dominant, bool answerHasBareTimes, DateTimeZone? zone)
    {
        if (!answerHasBareTimes)
        {
            return ClockReading.None;
        }

        var members = clocks.SelectMany(clock => clock.Stretches).Where(stretch => stretch.Shared > 0).ToList();
        if (dominant is null)
        {
            return new ClockReading(null, "no minute agrees under any offset, so the answer's clock could not be established", members.Count == 0 ? null : 0, members.Count > 0, members);
        }

        var main = dominant.Stretches.MaxBy(stretch => stretch.Shared)!;
        var (shared, matching) = (dominant.Shared, dominant.Matching);
        var ambiguous = main.ShiftMinutes != 0 && main.RunnerUpMatching * 100 >= main.Matching * 99;
        var how = zone is null ? $"best agreement over {Wording.Number(shared)} shared minutes" : $"stated by the user ({zone.Id}); agreement over {Wording.Number(shared)} shared minutes";
        how += dominant.Stretches.All(stretch => stretch.ShiftMinutes == 0) ? "; it is the phone's own clock" : "";
        how += dominant.Stretches.Select(stretch => stretch.OffsetMinutes).Distinct().Count() > 1 ? $"; {Changes(dominant)}" : "";
        how += ambiguous ? "; another offset fits as well, so nobody is accused on its ground" : "";
        return new ClockReading(main.OffsetMinutes, how, Math.Round(matching / (double)shared, 4), ambiguous, members);
    }

    private static string Changes(ClockAlignment clock) => string.Join(", ", clock.Stretches
        .Where((stretch, at) => at > 0 && stretch.OffsetMinutes != clock.Stretches[at - 1].OffsetMinutes)
        .Take(4)
        .Select(stretch => $"{Offset.FromSeconds(stretch.OffsetMinutes * 60)} from {Wording.Date(stretch.From)} on"));
}
