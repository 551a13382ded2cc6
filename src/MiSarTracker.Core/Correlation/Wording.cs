using System.Globalization;
using MiSarTracker.Core.Observations;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Core.Correlation;

/// <summary>The words of the findings: plain, exact, calm.</summary>
internal static class Wording
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");
    private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalTimePattern Seconds = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");

    /// <summary><c>the answer holds them only encoded, in data_hr of days.json, and does not say how</c></summary>
    public static string OnlyEncoded(IReadOnlyList<EncodedField> fields) =>
        $"the answer holds them only encoded, in {string.Join(" and ", fields.Take(3).Select(field => $"{field.Field} of {field.Origin.Part}"))}, and does not say how";

    /// <summary>With comma thousands, as sentences write numbers.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A value without trailing zeros.</summary>
    public static string Value(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Date(LocalDate date) => Day.Format(date);

    /// <summary><c>8 minutes with steps</c>, <c>1 night</c>.</summary>
    public static string Samples(Category category, long count)
    {
        var (one, many) = UnitOf(category);
        return $"{Number(count)} {(count == 1 ? one : many)}";
    }

    /// <summary>What one sample of the category is.</summary>
    public static string Unit(Category category) => UnitOf(category).One;

    private static (string One, string Many) UnitOf(Category category) => category.Name switch
    {
        "steps" => ("minute with steps", "minutes with steps"),
        "activity-kind" => ("minute with an activity kind", "minutes with an activity kind"),
        "activity-intensity" => ("minute with an activity intensity", "minutes with an activity intensity"),
        "heart-rate" => ("heart-rate value", "heart-rate values"),
        "sleep" => ("night", "nights"),
        "sleep-stage" => ("sleep stage", "sleep stages"),
        "workout" => ("workout", "workouts"),
        "workout-track" => ("position", "positions"),
        "body" => ("weighing", "weighings"),
        "profile" => ("profile field", "profile fields"),
        "device" => ("device field", "device fields"),
        "account" => ("account field", "account fields"),
        "network" => ("network field", "network fields"),
        "location" => ("place", "places"),
        "usage" => ("usage field", "usage fields"),
        "other:workout-heart-rate" => ("heart-rate value of a workout", "heart-rate values of workouts"),
        "other:workout-gait" => ("gait value of a workout", "gait values of workouts"),
        "other:workout-pace" => ("pace value of a workout", "pace values of workouts"),
        "other:workout-distance" => ("distance value of a workout", "distance values of workouts"),
        "other:workout-speed" => ("speed value of a workout", "speed values of workouts"),
        "other:workout-flag" => ("flag of a workout", "flags of workouts"),
        "other:workout-pause" => ("pause of a workout", "pauses of workouts"),
        "other:workout-altitude" => ("altitude of a workout", "altitudes of workouts"),
        _ => ("value", "values"),
    };

    /// <summary>The unit after a value: <c> bpm</c>; empty when it has none.</summary>
    public static string Suffix(Category category) => category.Name switch
    {
        "steps" => " steps",
        "heart-rate" => " bpm",
        _ => "",
    };

    /// <summary><c>07:40</c>, <c>07:40:30</c>; with its date when it is not <paramref name="other"/>.</summary>
    public static string Clock(LocalDateTime at, LocalDate other)
    {
        var time = (at.Second == 0 ? Minutes : Seconds).Format(at.TimeOfDay);
        return at.Date == other ? time : $"{Date(at.Date)} {time}";
    }

    /// <summary><c>on 31 March 2024 from 11:00 to 11:07</c>; both inclusive.</summary>
    public static string Time(Moment from, Moment to)
    {
        if (from.Local == to.Local)
        {
            return $"on {Date(from.Local.Date)} at {Minutes.Format(from.Local.TimeOfDay)}";
        }

        return from.Local.Date == to.Local.Date
            ? $"on {Date(from.Local.Date)} from {Minutes.Format(from.Local.TimeOfDay)} to {Minutes.Format(to.Local.TimeOfDay)}"
            : $"from {Date(from.Local.Date)} {Minutes.Format(from.Local.TimeOfDay)} to {Date(to.Local.Date)} {Minutes.Format(to.Local.TimeOfDay)}";
    }
}
