using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>The innocent explanations that a finding is held against, each with what the data say of it.</summary>
internal sealed class Innocence(Uploaded uploaded, AnswerRange range, IReadOnlyList<AnswerExhibit> answers, Shown shown)
{
    /// <summary>For samples that the answer does not hold.</summary>
    /// <param name="hasSeveralDevices">Whether several devices sent this category.</param>
    /// <param name="seenAt">When the stretch was captured, or null.</param>
    /// <param name="oldest">The answer's oldest day of the category, or null when it holds none.</param>
    public IReadOnlyList<InnocentExplanation> OfMissing(
        Category category, Moment from, Moment to, ClockAlignment? clock, bool hasSeveralDevices, Instant? seenAt, LocalDate? oldest)
    {
        var explanations = new List<InnocentExplanation> { Range(from, to), Retention(from, oldest) };
        if (seenAt is { } seen)
        {
            explanations.Add(LateSync(seen));
        }

        if (GivenBack(category, from, to) is { } given)
        {
            explanations.Add(given);
        }

        if (clock is not null)
        {
            explanations.Insert(0, TimeZone(clock));
        }

        if (category == Category.Steps)
        {
            explanations.Add(Workouts(from, to));
        }

        if (hasSeveralDevices)
        {
            explanations.Add(new InnocentExplanation("merged source", null, "Several devices sent this category; the vendor may have kept only one of them."));
        }

        return explanations;
    }

    /// <summary>For samples on which the two sides differ.</summary>
    public static IReadOnlyList<InnocentExplanation> OfAltered(Tolerance tolerance, ClockAlignment? clock, bool hasSeveralDevices)
    {
        var explanations = new List<InnocentExplanation>
        {
            new("rounding", true, tolerance.Amount == 0 ? "The values must be equal, and they are not." : $"They differ by more than the tolerance of {tolerance.Display}."),
        };
        if (clock is not null)
        {
            explanations.Add(TimeZone(clock));
        }

        explanations.Add(hasSeveralDevices
            ? new InnocentExplanation("merged source", null, "Several devices sent this category; neither one's value nor their sum is disclosed, but a merge by other rules is possible.")
            : new InnocentExplanation("merged source", null, "Only one device was captured; a device that was not captured may have been merged in."));
        explanations.Add(new InnocentExplanation("correction by the user", null, "A value corrected in the app after the capture would look the same."));
        return explanations;
    }

    public InnocentExplanation Range(Moment from, Moment to)
    {
        var inside = range.Outside(from.Local, from.Instant ?? Instant.MinValue, null) is null
            && range.Outside(to.Local, to.Instant ?? Instant.MinValue, null) is null;
        var cutOff = range.CutOff is { } at ? $" Its cut-off is {Wording.Date(at.InUtc().Date)}." : "";
        return new InnocentExplanation("range asked for", inside, $"The answer states no range that would leave the time out.{cutOff}");
    }

    private static InnocentExplanation TimeZone(ClockAlignment clock)
    {
        if (clock.Shared == 0)
        {
            return new InnocentExplanation("another time zone", true, "The answer holds nothing near that time under any offset.");
        }

        var share = clock.Matching * 100.0 / clock.Shared;
        return new InnocentExplanation(
            "another time zone",
            share >= 50,
            $"{Wording.Number(clock.Matching)} of {Wording.Number(clock.Shared)} shared minutes agree under the clock that was found.");
    }

    private static InnocentExplanation Retention(Moment from, LocalDate? oldest) =>
        oldest is { } day && day <= from.Local.Date
            ? new InnocentExplanation("retention", true, $"The answer holds older data of this kind, from {Wording.Date(day)} on.")
            : new InnocentExplanation("retention", null, "The answer holds nothing older of this kind; whether it was deleted before the request, the answer does not say.");

    private InnocentExplanation LateSync(Instant seen)
    {
        var cutOff = answers.Count == 0 ? (Instant?)null : answers.Max(answer => answer.CutOff);
        return cutOff is { } at && seen < at
            ? new InnocentExplanation("late sync", true, $"{shown.It} on {Wording.Date(seen.InUtc().Date)}, before the answer was made.")
            : new InnocentExplanation("late sync", false, $"The capture that shows it was made on {Wording.Date(seen.InUtc().Date)}, after the answer was.");
    }

    /// <summary>That the upload never arrived, or was deleted at once: what the vendor's server gave back later was kept. Null when nothing was given back.</summary>
    private InnocentExplanation? GivenBack(Category category, Moment from, Moment to)
    {
        if (uploaded.Stored is not { } stored || from.Instant is not { } first || to.Instant is not { } last)
        {
            return null;
        }

        var minutes = stored.Minutes.Any(day => day.Category == category && IsTouched(day, first, last));
        var things = stored.Occurrences.Any(what => what.Category == category && what.Start.Instant is { } start && first <= start && start <= last);
        return minutes || things
            ? new InnocentExplanation("never stored", true, "The captures show the vendor's server giving data of this kind and time back to the app.")
            : null;
    }

    private static bool IsTouched(MinuteDay day, Instant first, Instant last)
    {
        var start = day.Date.AtMidnight().WithOffset(day.Offset ?? Offset.Zero).ToInstant();
        var (from, to) = ((first - start).TotalMinutes, (last - start).TotalMinutes);
        return to >= 0 && from < MinuteDay.MinutesPerDay
            && day.Values.AsSpan((int)Math.Max(0, from)..((int)Math.Min(MinuteDay.MinutesPerDay - 1, to) + 1)).ContainsAnyExcept(MinuteDay.None);
    }

    private InnocentExplanation Workouts(Moment from, Moment to)
    {
        var touched = uploaded.Occurrences.Any(what =>
            what.Category == Category.Workout && what.Start.Instant is { } start && (what.End?.Instant ?? start) is var end
            && start <= to.Instant && from.Instant <= end);
        return touched
            ? new InnocentExplanation("workout minutes left out of minute steps", null, "A workout lies in this time, but the gap reaches beyond it.")
            : new InnocentExplanation("workout minutes left out of minute steps", true, "No workout was uploaded for this time.");
    }
}
