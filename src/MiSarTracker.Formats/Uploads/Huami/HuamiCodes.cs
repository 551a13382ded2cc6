using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>Names for the numbers in Huami's payloads; null for a number without a known meaning.</summary>
internal static class HuamiCodes
{
    /// <summary><c>stp.stage[].mode</c>.</summary>
    public static string? ActivityMode(long mode) => mode switch
    {
        1 => "slow walking",
        3 => "fast walking",
        4 => "running",
        7 or 76 => "light activity",
        9 => "cycling",
        _ => null,
    };

    /// <summary><c>slp.stage[].mode</c>: light, deep, awake, REM (8, and 11 on newer firmware).</summary>
    public static string? SleepStage(long mode) => mode switch
    {
        4 => StageNames.Light,
        5 => StageNames.Deep,
        7 => StageNames.Awake,
        8 or 11 => StageNames.Rem,
        _ => null,
    };
}
