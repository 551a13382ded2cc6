using MiSarTracker.Core.Observations;

namespace MiSarTracker.Formats.Uploads.Huami;

/// <summary>Names for the numbers in Huami's payloads; null for a number without a known meaning.</summary>
internal static class HuamiCodes
{
    /// <summary>
    /// A minute's kind, for a reader: the low four bits are the category, the high ones unknown (formats.md §1.7). What 4 and 5 mean depends on the
    /// device, so both meanings are named.
    /// </summary>
    /// <param name="raw">The whole byte.</param>
    /// <param name="isWide">The record has eight bytes.</param>
    public static string MinuteKind(short raw, bool isWide) => (isWide, raw) switch
    {
        (true, 64) => "running",
        (true, 115) => "not worn",
        (true, 118) => "charging",
        (true, 120) => "asleep",
        _ => (raw & 0x0F) switch
        {
            0 => "idle",
            1 => "walking",
            2 => "running",
            3 => "not worn",
            4 => "deep sleep or cycling",
            5 => "light sleep (first bands)",
            6 => "charging",
            7 => "on bed",
            9 => "light sleep",
            10 => "as before",
            11 => "deep sleep",
            12 => "waking up",
            _ => $"unknown ({(raw & 0x0F).ToString(System.Globalization.CultureInfo.InvariantCulture)})",
        },
    };

    /// <summary>The sport of a workout (formats.md §1.13), for a reader; the number itself is what is compared.</summary>
    public static string? Sport(long type) => (type is >= 1001 and <= 1999 ? type % 1000 : type) switch
    {
        1 or 2 or 3 or 4 or 5 or 192 => "running",
        6 => "walking",
        7 => "trail running",
        8 => "treadmill",
        9 => "outdoor cycling",
        10 => "indoor cycling",
        11 => "skiing",
        12 => "elliptical trainer",
        13 => "mountaineering",
        14 => "swimming in a pool",
        15 => "swimming in open water",
        16 => "free exercise",
        17 => "tennis",
        18 => "football",
        21 => "rope skipping",
        23 => "rowing",
        52 => "strength training",
        85 => "basketball",
        223 => "activity recognised by the device",
        2001 => "triathlon",
        2002 => "several sports",
        _ => null,
    };

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
