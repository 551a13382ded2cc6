using MiSarTracker.Core.Vendors;
using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>
/// Reads times as uploads and answers write them, straight from UTF-8: <c>2022-06-30 12:35:45+0000</c>, ISO 8601, seconds or
/// milliseconds since 1970 (told apart by size). What states no offset stays a bare local time.
/// </summary>
public static class MomentText
{
    /// <summary>A whole number above this counts milliseconds, not seconds: 1e11 s is the year 5138, 1e11 ms is 1973.</summary>
    private const long MostSeconds = 100_000_000_000;

    /// <summary>The last second that a stamp may name, in the year 2199: what is later was no stamp, and no offset can lead out of the calendar.</summary>
    private const long LastSecond = 7_258_118_399;

    private const int LastYear = 2199;

    /// <summary>Reads a time with date. A date alone is its midnight, bare.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Moment moment) => TryParse(text, DateOrder.Stated, out moment);

    /// <summary>The same for a source that writes dates in its own order.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, DateOrder order, out Moment moment)
    {
        text = text.Trim((byte)' ');
        moment = default;
        if (TryEpoch(text, out var instant))
        {
            moment = Moment.At(instant, Offset.Zero);
            return true;
        }

        var dateLength = DateLength(text);
        if (!TryDate(text[..dateLength], order, out var date))
        {
            return false;
        }

        var rest = text[dateLength..].TrimStart((byte)' ');
        if (rest.IsEmpty)
        {
            moment = Moment.Bare(date.AtMidnight());
            return true;
        }

        if (rest[0] is (byte)'T' or (byte)'t')
        {
            rest = rest[1..];
        }

        if (!TryClock(rest, out var second, out var used) || !TryOffset(rest[used..], out var offset))
        {
            return false;
        }

        moment = new Moment(date.AtMidnight().PlusSeconds(second), offset);
        return true;
    }

    /// <summary>Seconds or milliseconds since 1970 as a whole number of 9 to 14 digits.</summary>
    public static bool TryEpoch(ReadOnlySpan<byte> text, out Instant instant)
    {
        instant = default;
        if (text.EndsWith(".0"u8))
        {
            text = text[..^2];
        }

        return text.Length is >= 9 and <= 14 && TryNumber(text, out var number) && TryFromEpoch(number, out instant);
    }

    /// <summary>Seconds, or milliseconds when the number is too large for seconds; false outside 1970 to 2199.</summary>
    public static bool TryFromEpoch(long number, out Instant instant)
    {
        var isSeconds = number <= MostSeconds;
        instant = default;
        if (number < 0 || number > (isSeconds ? LastSecond : LastSecond * 1000))
        {
            return false;
        }

        instant = isSeconds ? Instant.FromUnixTimeSeconds(number) : Instant.FromUnixTimeMilliseconds(number);
        return true;
    }

    /// <summary>A date as <see cref="TryDate(ReadOnlySpan{byte}, out LocalDate)"/> reads it, or in the given order with any separator; two digits are a year from 1970 on.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, DateOrder order, out LocalDate date)
    {
        return (order != DateOrder.Stated && TryOrdered(text, order, out date)) || TryDate(text, out date);
    }

    private static bool TryOrdered(ReadOnlySpan<byte> text, DateOrder order, out LocalDate date)
    {
        date = default;
        var first = text.IndexOfAny((byte)'/', (byte)'-', (byte)'.');
        var second = first < 0 ? -1 : text[(first + 1)..].IndexOfAny((byte)'/', (byte)'-', (byte)'.') + first + 1;
        if (first is < 1 or > 2 || second - first is < 2 or > 3 || text.Length - second is not (3 or 5)
            || !TryNumber(text[..first], out var one) || !TryNumber(text[(first + 1)..second], out var two) || !TryNumber(text[(second + 1)..], out var year))
        {
            return false;
        }

        var (month, day) = order == DateOrder.MonthDayYear ? (one, two) : (two, one);
        year += text.Length - second == 5 ? 0 : year < 70 ? 2000 : 1900;
        if (year is < 1900 or > LastYear || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth((int)year, (int)month))
        {
            return false;
        }

        date = new LocalDate((int)year, (int)month, (int)day);
        return true;
    }

    /// <summary><c>yyyy-MM-dd</c> (also with slashes or dots, or no separators), or <c>dd.MM.yyyy</c>.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, out LocalDate date)
    {
        date = default;
        long year, month, day;
        if (text.Length == 8)
        {
            if (!TryNumber(text[..4], out year) || !TryNumber(text.Slice(4, 2), out month) || !TryNumber(text.Slice(6, 2), out day))
            {
                return false;
            }
        }
        else if (text.Length != 10)
        {
            return false;
        }
        else if (text[4] is (byte)'-' or (byte)'/' or (byte)'.' && text[7] == text[4])
        {
            if (!TryNumber(text[..4], out year) || !TryNumber(text.Slice(5, 2), out month) || !TryNumber(text.Slice(8, 2), out day))
            {
                return false;
            }
        }
        else if (text[2] != '.' || text[5] != '.'
            || !TryNumber(text[..2], out day) || !TryNumber(text.Slice(3, 2), out month) || !TryNumber(text.Slice(6, 4), out year))
        {
            return false;
        }

        if (year is < 1900 or > LastYear || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth((int)year, (int)month))
        {
            return false;
        }

        date = new LocalDate((int)year, (int)month, (int)day);
        return true;
    }

    /// <summary>
    /// <c>7:13</c>, <c>07:13</c>, <c>07:13:05</c>, <c>07:13:05.123</c>, and each with <c>AM</c> or <c>PM</c> behind it; fractions of a second are dropped.
    /// </summary>
    /// <param name="second">Seconds since midnight.</param>
    /// <param name="used">The bytes that belong to the clock time; what follows may be an offset.</param>
    public static bool TryClock(ReadOnlySpan<byte> text, out int second, out int used)
    {
        (second, used) = (0, 0);
        var colon = text.IndexOf((byte)':');
        if (colon is not (1 or 2) || text.Length < colon + 3
            || !TryNumber(text[..colon], out var hour) || !TryNumber(text.Slice(colon + 1, 2), out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        used = colon + 3;
        long seconds = 0;
        if (text.Length >= used + 3 && text[used] == ':')
        {
            if (!TryNumber(text.Slice(used + 1, 2), out seconds) || seconds > 60)
            {
                return false;
            }

            used += 3;
            if (used < text.Length && text[used] is (byte)'.' or (byte)',')
            {
                used++;
                while (used < text.Length && char.IsAsciiDigit((char)text[used]))
                {
                    used++;
                }
            }
        }

        if (Half(text[used..]) is var (half, length) && length > 0)
        {
            if (hour is 0 or > 12)
            {
                return false;
            }

            (hour, used) = ((hour % 12) + half, used + length);
        }

        second = (int)((hour * 3600) + (minute * 60) + Math.Min(seconds, 59));
        return true;
    }

    /// <summary>The hours that <c> PM</c> adds, and the bytes that it takes; 0 bytes when the text does not begin so.</summary>
    private static (int Hours, int Length) Half(ReadOnlySpan<byte> text)
    {
        var rest = text.TrimStart(" \u202F"u8);
        var blanks = text.Length - rest.Length;
        return rest.Length < 2 || (rest[1] | 0x20) != 'm' || (rest.Length > 2 && char.IsAsciiLetterOrDigit((char)rest[2])) ? (0, 0)
            : (rest[0] | 0x20) switch
            {
                'a' => (0, blanks + 2),
                'p' => (12, blanks + 2),
                _ => (0, 0),
            };
    }

    private static int DateLength(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)' ', (byte)'T', (byte)'t');
        return end < 0 ? text.Length : end;
    }

    // "" (none), Z, UTC, GMT, +01, +0100, +01:00
    private static bool TryOffset(ReadOnlySpan<byte> text, out Offset? offset)
    {
        offset = null;
        text = text.Trim((byte)' ');
        if (text.IsEmpty)
        {
            return true;
        }

        if (text is [(byte)'Z'] or [(byte)'z'] || text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8))
        {
            offset = Offset.Zero;
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length < 3 || !TryNumber(text.Slice(1, 2), out var hours))
        {
            return false;
        }

        var rest = text[3..];
        if (!rest.IsEmpty && rest[0] == ':')
        {
            rest = rest[1..];
        }

        long minutes = 0;
        if ((!rest.IsEmpty && (rest.Length != 2 || !TryNumber(rest, out minutes))) || hours > 18 || minutes > 59)
        {
            return false;
        }

        return TryOffsetSeconds((text[0] == '-' ? -1 : 1) * ((hours * 3600) + (minutes * 60)), out offset);
    }

    /// <summary>An offset of at most 18 hours, or false.</summary>
    public static bool TryOffsetSeconds(long seconds, out Offset? offset)
    {
        offset = Math.Abs(seconds) <= 18 * 3600 ? Offset.FromSeconds((int)seconds) : null;
        return offset is not null;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return !digits.IsEmpty;
    }
}
