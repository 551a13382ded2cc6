using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// Several answers may print bare times on different clocks. Each is aligned by itself; those that keep another clock than the one
/// with the most agreement are moved onto it, so that what follows sees one clock. One whose own clock cannot be found stays as it is.
/// </summary>
internal static class CommonClock
{
    /// <param name="days">The answers' minutes of one category, bare and with offsets.</param>
    /// <returns>The minutes, moved where needed, and the clocks of the answers that were moved.</returns>
    public static (IReadOnlyList<MinuteDay> Days, IReadOnlyList<ClockAlignment> Moved) Of(
        Category category, IReadOnlyList<UploadedDay> uploaded, IReadOnlyList<MinuteDay> days, MinuteTolerance tolerance, DateTimeZone? zone)
    {
        var answers = days.Where(day => day.Offset is null).GroupBy(day => day.Origin.Exhibit).OrderBy(answer => answer.Key, StringComparer.Ordinal).ToList();
        if (answers.Count < 2 || uploaded.Count == 0)
        {
            return (days, []);
        }

        var clocks = answers.Select(answer =>
        {
            var minutes = AnswerMinutes.Bare(answer);
            return new Answer(answer.Key, minutes, ClockAlignment.Find($"{category.Name} {answer.Key}", uploaded, minutes, tolerance, zone));
        }).ToList();
        var main = clocks.MaxBy(one => one.Clock.Matching)!;
        var others = clocks.Where(one => IsKnown(one.Clock) && Differs(one.Clock, main.Clock)).ToDictionary(one => one.Exhibit);
        return others.Count == 0
            ? (days, [])
            : ([.. days.Where(day => day.Offset is not null || !others.ContainsKey(day.Origin.Exhibit)),
                .. others.Values.SelectMany(one => new MovedMinutes(category, uploaded, tolerance).Move(one, main))],
                [.. others.Values.Select(one => one.Clock)]);
    }

    /// <summary>More agreement than chance gives: a single offset under which most of what both sides have agrees.</summary>
    private static bool IsKnown(ClockAlignment clock) => clock.Matching > 0 && clock.Matching * 2 > clock.Shared;

    private static bool Differs(ClockAlignment clock, ClockAlignment main) =>
        clock.Stretches.Where(stretch => stretch.Matching > 0).Any(stretch =>
            main.ShiftNear(stretch.From) != stretch.ShiftMinutes || main.ShiftNear(stretch.To) != stretch.ShiftMinutes);

    /// <summary>One answer's minutes with the clock that it keeps.</summary>
    internal sealed record Answer(string Exhibit, AnswerMinutes Minutes, ClockAlignment Clock);
}
