using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace MiSarTracker.Formats.Answers;

/// <summary>
/// When an answer was made, as its names say: <c>{userId}_{epochMs}.zip</c> and <c>{FOLDER}_{epochMs}.csv</c> (Zepp, Mi Fit),
/// <c>YYYYMMDD_{uid}_MiFitness_…</c> (Xiaomi account). Dates of ZIP entries are no stamps: they are the packer's local time, or nothing.
/// </summary>
internal static partial class CreationStamp
{
    // Before 2014 there was no Mi Band; a number beyond 2100 is no time.
    private static readonly Instant Earliest = Instant.FromUtc(2014, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2100, 1, 1, 0, 0);

    /// <summary>The stamp in a file's name (folders before it are looked at too), with how it was read; null when there is none.</summary>
    public static (Instant At, string How)? In(string name)
    {
        var parts = name.Split('/', '!');
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            if (FromMilliseconds(parts[i]) is { } exact)
                return (exact, $"the milliseconds since 1970 in the name \"{parts[i]}\"");

            if (FromDate(parts[i]) is { } day)
                return (day, $"the date in the name \"{parts[i]}\" (a day without time; taken as 00:00 UTC)");
        }

        return null;
    }

    private static Instant? FromMilliseconds(string part)
    {
        var match = Milliseconds().Match(part);
        if (!match.Success)
            return null;

        var at = Instant.FromUnixTimeMilliseconds(long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        return at >= Earliest && at < Latest ? at : null;
    }

    private static Instant? FromDate(string part)
    {
        var match = Date().Match(part);
        if (!match.Success || !DateOnly.TryParseExact(match.Groups[1].ValueSpan, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return null;

        var at = Instant.FromUtc(date.Year, date.Month, date.Day, 0, 0);
        return at >= Earliest && at < Latest ? at : null;
    }

    // A browser that already had the file adds " (1)"; a second entry of one name gets "#2" here.
    [GeneratedRegex(@"^[\p{L}\p{Nd}_-]+_(\d{13})(?: ?\(\d+\))?(?:\.[A-Za-z0-9]+)?(?:#\d+)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"^(\d{8})_\d{5,20}_", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Date();
}
