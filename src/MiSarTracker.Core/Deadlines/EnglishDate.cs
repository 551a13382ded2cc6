using System.Globalization;
using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>Dates within English sentences.</summary>
internal static class EnglishDate
{
    /// <summary><c>5 April 2026</c></summary>
    public static string Long(LocalDate date) => date.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);

    /// <summary><c>Sunday, 5 April 2026</c></summary>
    public static string WithWeekday(LocalDate date) => date.ToString("dddd, d MMMM uuuu", CultureInfo.InvariantCulture);

    /// <summary><c>Sunday</c></summary>
    public static string Weekday(LocalDate date) => date.ToString("dddd", CultureInfo.InvariantCulture);

    /// <summary><c>April</c></summary>
    public static string Month(LocalDate date) => date.ToString("MMMM", CultureInfo.InvariantCulture);

    /// <summary><c>a, b and c</c></summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
    };
}
