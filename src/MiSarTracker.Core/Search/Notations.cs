using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace MiSarTracker.Core.Search;

/// <summary>The forms in which a value may stand in an answer, the likeliest first.</summary>
public static class Notations
{
    // Chosen so that a number in it is a moment of this trade and not a count of something.
    private const long EarliestSecond = 1_262_304_000; // 2010-01-01
    private const long LatestSecond = 2_208_988_800; // 2040-01-01

    private const int SmallestAccount = 100_000;
    private const int HardwareDigits = 12;
    private static readonly int[] PrintedPlaces = [1, 2, 3, 6];

    private static readonly string[] Days = ["uuuuMMdd", "uuuu/MM/dd", "dd.MM.uuuu", "d.M.uuuu", "dd/MM/uuuu", "MM/dd/uuuu", "dd-MM-uuuu", "d MMMM uuuu", "MMMM d, uuuu"];

    private static readonly string[] Moments =
    [
        "uuuu-MM-dd'T'HH:mm:ss'Z'", "uuuu-MM-dd'T'HH:mm:ss", "uuuu-MM-dd HH:mm:ss", "uuuu-MM-dd'T'HH:mm:ss'.000Z'", "uuuu-MM-dd HH:mm:ss'+0000'", "uuuu-MM-dd'T'HH:mm:ss'+00:00'", "uuuu/MM/dd HH:mm:ss",
    ];

    /// <summary>Every form of a value but its hashes, the value as it is first; no form twice.</summary>
    /// <param name="zone">The person's clock: a moment may be printed in it. Null for UTC alone.</param>
    public static IEnumerable<Written> Of(string value, DateTimeZone? zone = null)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var written in All(value.Trim(), zone))
        {
            if (written.Text.Length > 0 && seen.Add(written.Text))
            {
                yield return written;
            }
        }
    }

    /// <summary>
    /// The hashes of a value: as it is, in lower and in upper case, and of what may be a hardware address also without its colons. Empty for what
    /// nobody hashes one by one: numbers with a fraction and short numbers.
    /// </summary>
    public static IEnumerable<(Notation Notation, byte[] Digest)> Hashes(string value)
    {
        var text = value.Trim();
        return IsMeasurement(text) ? [] : Spellings(text).SelectMany(form => Hashed(Encoding.UTF8.GetBytes(form)));
    }

    private static IEnumerable<Written> All(string value, DateTimeZone? zone)
    {
        yield return new Written(Notation.AsSent, value);
        foreach (var other in Numbers(value).Concat(Times(value, zone)).Concat(HardwareAddresses(value)))
        {
            yield return new Written(Notation.OtherNotation, other);
        }

        if (IsMeasurement(value))
        {
            yield break;
        }

        yield return new Written(Notation.UrlEncoded, Uri.EscapeDataString(value));
        var bytes = Encoding.UTF8.GetBytes(value);
        yield return new Written(Notation.Base64, Convert.ToBase64String(bytes));
        yield return new Written(Notation.Base64, Convert.ToBase64String(bytes).TrimEnd('='));
        yield return new Written(Notation.Base64, System.Buffers.Text.Base64Url.EncodeToString(bytes));
        yield return new Written(Notation.Hexadecimal, Convert.ToHexStringLower(bytes));
    }

    // A measured value; an account's or a device's number has more digits and no fraction.
    private static bool IsMeasurement(string value) =>
        decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && (number != decimal.Truncate(number) || Math.Abs(number) < SmallestAccount);

    private static IEnumerable<string> Spellings(string value)
    {
        var bare = value.Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return new[] { value, value.ToLowerInvariant(), value.ToUpperInvariant(), bare.ToLowerInvariant(), bare.ToUpperInvariant() }.Distinct(StringComparer.Ordinal);
    }

    /// <summary>A hardware address is printed with colons, with hyphens and bare.</summary>
    private static IEnumerable<string> HardwareAddresses(string value)
    {
        var bare = value.Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (bare.Length != HardwareDigits || value.Length is not (HardwareDigits or HardwareDigits + 5) || !bare.All(char.IsAsciiHexDigit) || bare.All(char.IsAsciiDigit))
        {
            return [];
        }

        var pairs = bare.Chunk(2).Select(pair => new string(pair)).ToList();
        return [bare, string.Join(':', pairs), string.Join('-', pairs)];
    }

    private static IEnumerable<(Notation Notation, byte[] Digest)> Hashed(byte[] bytes)
    {
#pragma warning disable CA5350, CA5351 // Not to protect anything: these are the hashes that vendors use.
        yield return (Notation.Md5, MD5.HashData(bytes));
        yield return (Notation.Sha1, SHA1.HashData(bytes));
#pragma warning restore CA5350, CA5351
        yield return (Notation.Sha256, SHA256.HashData(bytes));
    }

    private static IEnumerable<string> Numbers(string value)
    {
        if (!decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            yield break;
        }

        var plain = number.ToString("0.############################", CultureInfo.InvariantCulture);
        yield return plain;
        yield return plain.Replace('.', ',');
        foreach (var places in PrintedPlaces.Where(places => places > Places(plain)))
        {
            var padded = number.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            yield return padded;
            yield return padded.Replace('.', ',');
        }

        if (Math.Abs(number) >= 1_000)
        {
            var grouped = number.ToString("#,##0.############################", CultureInfo.InvariantCulture);
            yield return grouped;
            yield return grouped.Replace(',', '\u0001').Replace('.', ',').Replace('\u0001', '.');
            yield return grouped.Replace(',', '\'');
        }
    }

    private static int Places(string plain) => plain.IndexOf('.', StringComparison.Ordinal) is var at and >= 0 ? plain.Length - at - 1 : 0;

    private static IEnumerable<string> Times(string value, DateTimeZone? zone)
    {
        if (NodaTime.Text.LocalDatePattern.Iso.Parse(value) is { Success: true } day)
        {
            return Days.Select(pattern => day.Value.ToString(pattern, CultureInfo.InvariantCulture));
        }

        return Moment(value) is { } moment ? Printed(moment, zone) : [];
    }

    private static IEnumerable<string> Printed(Instant moment, DateTimeZone? zone)
    {
        var clocks = zone is null ? [moment.InUtc().LocalDateTime] : new[] { moment.InUtc().LocalDateTime, moment.InZone(zone).LocalDateTime };
        var seconds = moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var milliseconds = moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return clocks.SelectMany(clock => Moments.Select(pattern => clock.ToString(pattern, CultureInfo.InvariantCulture))).Append(seconds).Append(milliseconds);
    }

    private static Instant? Moment(string value)
    {
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number is >= EarliestSecond and < LatestSecond ? Instant.FromUnixTimeSeconds(number)
                : number is >= EarliestSecond * 1_000 and < LatestSecond * 1_000 ? Instant.FromUnixTimeMilliseconds(number)
                : null;
        }

        if (value.Length is < 19 or > 35 || value[4] != '-')
        {
            return null;
        }

        // A moment without an offset could be any: only one that states its own has other notations.
        return NodaTime.Text.OffsetDateTimePattern.ExtendedIso.Parse(value) is { Success: true } stated ? stated.Value.ToInstant() : null;
    }
}
