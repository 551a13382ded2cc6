using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>
/// Several answers, and several archives or folders of one, may print bare times on different clocks. Each is aligned by itself; those that keep another clock than the one
/// with the most agreement are moved onto it, so that what follows sees one clock. One whose own clock cannot be found stays as it is.
/// </summary>
internal static class CommonClock
{
    /// <summary>An answer in more folders than these has one for each day or device, and one clock.</summary>
    private const int MostSources = 16;

    /// <param name="days">The answers' minutes of one category, bare and with offsets.</param>
    /// <returns>The minutes, moved where needed, and the clocks of the answers that were moved.</returns>
    public static (IReadOnlyList<MinuteDay> Days, IReadOnlyList<ClockAlignment> Moved) Of(
        Category category, IReadOnlyList<UploadedDay> uploaded, IReadOnlyList<MinuteDay> days, MinuteTolerance tolerance, DateTimeZone? zone)
    {
        var bare = days.Where(day => day.Offset is null).ToList();
        var crowded = bare.Select(day => AnswerSource.Of(day.Origin)).Distinct().GroupBy(source => source.Exhibit)
            .Where(sources => sources.Count() > MostSources).Select(sources => sources.Key).ToHashSet(StringComparer.Ordinal);
        AnswerSource SourceOf(MinuteDay day) => crowded.Contains(day.Origin.Exhibit) ? new AnswerSource(day.Origin.Exhibit, "") : AnswerSource.Of(day.Origin);
        var answers = bare.GroupBy(SourceOf).OrderBy(answer => answer.Key).ToList();
        if (answers.Count < 2 || uploaded.Count == 0)
        {
            return (days, []);
        }

        var clocks = answers.Select(answer =>
        {
            var minutes = AnswerMinutes.Bare(answer);
            return new Answer(answer.Key, minutes, ClockAlignment.Find($"{category.Name} {NameOf(answer.Key, answers.Select(other => other.Key))}", uploaded, minutes, tolerance, zone));
        }).ToList();
        var main = clocks.MaxBy(one => one.Clock.Matching)!;
        var others = clocks.Where(one => IsKnown(one.Clock) && Differs(one.Clock, main.Clock)).ToDictionary(one => one.Source);
        return others.Count == 0
            ? (days, [])
            : ([.. days.Where(day => day.Offset is not null || !others.ContainsKey(SourceOf(day))),
                .. others.Values.SelectMany(one => new MovedMinutes(category, uploaded, tolerance).Move(one, main))],
                [.. others.Values.Select(one => one.Clock)]);
    }

    private static string NameOf(AnswerSource source, IEnumerable<AnswerSource> all) =>
        all.Count(other => other.Exhibit == source.Exhibit) > 1 ? $"{source.Exhibit} {source.Folder}".TrimEnd() : source.Exhibit;

    /// <summary>More agreement than chance gives: a single offset under which most of what both sides have agrees.</summary>
    private static bool IsKnown(ClockAlignment clock) => clock.Matching > 0 && clock.Matching * 2 > clock.Shared;

    private static bool Differs(ClockAlignment clock, ClockAlignment main) =>
        clock.Stretches.Where(stretch => stretch.Matching > 0).Any(stretch =>
            main.ShiftNear(stretch.From) != stretch.ShiftMinutes || main.ShiftNear(stretch.To) != stretch.ShiftMinutes);

    /// <summary>One source's minutes with the clock that it keeps.</summary>
    internal sealed record Answer(AnswerSource Source, AnswerMinutes Minutes, ClockAlignment Clock);
}
