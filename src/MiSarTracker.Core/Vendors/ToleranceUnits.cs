namespace MiSarTracker.Core.Vendors;

/// <summary>The units of tolerances, and what they come to in the field's own unit.</summary>
public static class ToleranceUnits
{
    public const string Seconds = "seconds";
    public const string Minutes = "minutes";
    public const string Percent = "percent";
    public const string Absolute = "absolute";

    public static IReadOnlyList<string> Names { get; } = [Seconds, Minutes, Percent, Absolute];

    /// <summary>True when the unit can be the field's: only times and lengths have minutes, and no moment has a percentage.</summary>
    public static bool Fits(ToleranceRule rule) => rule.Unit switch
    {
        Seconds or Minutes => MeasureOf(rule.Field) is not Measure.Number,
        Percent => MeasureOf(rule.Field) is not Measure.Moment,
        _ => true,
    };

    /// <summary>The amount in the unit in which the field is compared: minutes for moments, its own for everything else.</summary>
    public static decimal InFieldUnit(ToleranceRule rule) => (rule.Unit, MeasureOf(rule.Field)) switch
    {
        (Seconds, Measure.Moment or Measure.Minutes) => rule.Amount / 60,
        (Minutes, Measure.Seconds) => rule.Amount * 60,
        _ => rule.Amount,
    };

    internal static Measure MeasureOf(string field) => field switch
    {
        "start" or "end" or "time" => Measure.Moment,
        "deep" or "light" or "awake" or "rem" => Measure.Minutes,
        "duration" => Measure.Seconds,
        _ => Measure.Number,
    };

    /// <summary>What a canonical field measures.</summary>
    internal enum Measure
    {
        Number,

        Moment,

        Minutes,

        Seconds,
    }
}
