using System.Globalization;
using NodaTime;

namespace MiSarTracker.Formats.Captures.Json;

/// <summary>Reads the dates of HAR files: ISO 8601 with an offset, <c>Z</c> or none, and any number of fractional digits.</summary>
internal static class IsoMoment
{
    /// <summary>The instant, or null when the text is no date; <paramref name="lacksOffset"/> tells that UTC was assumed.</summary>
    public static Instant? Read(string text, out bool lacksOffset)
    {
        lacksOffset = false;
        var rest = text.AsSpan().Trim();
        if (!Number(ref rest, 4, '-', out var year) || !Number(ref rest, 2, '-', out var month) || !Number(ref rest, 2, '\0', out var day))
            return null;
        if (rest.IsEmpty || rest[0] is not ('T' or 't' or ' '))
            return null;
        rest = rest[1..];
        if (!Number(ref rest, 2, ':', out var hour) || !Number(ref rest, 2, '\0', out var minute))
            return null;
        var second = 0;
        if (rest.StartsWith(":"))
        {
            rest = rest[1..];
            if (!Number(ref rest, 2, '\0', out second))
                return null;
        }

        var nanoseconds = Fraction(ref rest);
        if (nanoseconds is null || Offset(rest.Trim(), out lacksOffset) is not { } offset)
            return null;
        if (year is < 1 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
            return null;
        // A leap second has no place in the calendar; it is the next second's beginning.
        return new LocalDateTime(year, month, day, hour, minute, 0).PlusSeconds(second).PlusNanoseconds(nanoseconds.Value)
            .WithOffset(offset).ToInstant();
    }

    private static bool Number(ref ReadOnlySpan<char> rest, int digits, char separator, out int number)
    {
        number = 0;
        if (rest.Length < digits || !int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return false;
        rest = rest[digits..];
        if (separator == '\0')
            return true;
        if (rest.IsEmpty || rest[0] != separator)
            return false;
        rest = rest[1..];
        return true;
    }

    private static long? Fraction(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] is not ('.' or ','))
            return 0;
        rest = rest[1..];
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? rest.Length : digits;
        long nanoseconds = 0;
        for (var i = 0; i < 9; i++)
            nanoseconds = (nanoseconds * 10) + (i < digits ? rest[i] - '0' : 0);
        rest = rest[digits..];
        return nanoseconds;
    }

    private static Offset? Offset(ReadOnlySpan<char> text, out bool isMissing)
    {
        isMissing = text.IsEmpty;
        if (isMissing || text is "Z" or "z")
            return NodaTime.Offset.Zero;
        if (text[0] is not ('+' or '-' or '\u2212'))
            return null;
        var sign = text[0] == '+' ? 1 : -1;
        var rest = text[1..];
        if (!Number(ref rest, 2, '\0', out var hours))
            return null;
        if (rest.StartsWith(":"))
            rest = rest[1..];
        var minutes = 0;
        if (!rest.IsEmpty && (!Number(ref rest, 2, '\0', out minutes) || !rest.IsEmpty))
            return null;
        return hours > 18 || minutes > 59 || (hours == 18 && minutes > 0) ? null : NodaTime.Offset.FromHoursAndMinutes(sign * hours, sign * minutes);
    }
}
