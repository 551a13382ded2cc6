using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Web;

/// <summary>How values stand on a page.</summary>
internal static class Shown
{
    private const char ThinSpace = '\u202f';

    /// <summary>
    /// Text that somebody else wrote, as what it is: control characters and those that turn the direction of writing are
    /// replaced, so that a name cannot be shown as another. (Markup is the page's to escape.)
    /// </summary>
    public static string Text(string? text)
    {
        if (text is null)
            return "";
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var hidden = category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            _ = hidden && rune.Value is not ('\n' or '\u200d' or '\u200c') ? shown.Append('\ufffd') : shown.Append(rune);
        }

        return shown.ToString();
    }

    /// <summary><c>2026-11-22</c></summary>
    public static string Day(LocalDate? day) => day is { } value ? LocalDatePattern.Iso.Format(value) : "–";

    /// <summary><c>22 November 2026</c></summary>
    public static string Written(LocalDate day) => day.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-22 14:05</c> on the person's clock.</summary>
    public static string Moment(Instant? moment, DateTimeZone zone) =>
        moment is { } value ? value.InZone(zone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture) : "–";

    /// <summary><c>21 344</c>, with thin spaces.</summary>
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ThinSpace);

    /// <summary><c>4.2 MB</c></summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} bytes",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    /// <summary>The contract's <c>2026-11-03T09:00+01:00</c> with a blank for the T.</summary>
    public static string Time(string? time) => Text(time).Replace('T', ' ');

    /// <summary><c>not-disclosed</c> as words.</summary>
    public static string Words(string name) => name.Replace('-', ' ');

    public static string Days(int days) => days == 1 ? "1 day" : $"{days} days";
}
