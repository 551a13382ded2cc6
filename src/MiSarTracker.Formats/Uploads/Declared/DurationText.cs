using MiSarTracker.Core.Vendors;

namespace MiSarTracker.Formats.Uploads.Declared;

/// <summary>Lengths of time as sources state them.</summary>
internal static class DurationText
{
    /// <summary>A leap year: nothing that is recorded in one piece lasts longer.</summary>
    private const decimal Longest = 31_622_400;

    /// <summary>Whole seconds; null for a length that is none.</summary>
    public static long? Seconds(decimal length, DurationUnit unit)
    {
        var seconds = unit switch
        {
            DurationUnit.Minutes => length * 60,
            DurationUnit.Milliseconds => length / 1000,
            _ => length,
        };
        return seconds is >= 0 and < Longest ? (long)seconds : null;
    }
}
