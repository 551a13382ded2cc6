using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Core.Deadlines;

/// <summary>Dates as the product reads them: <c>2026-03-05</c> and nothing else, because an invented deadline is worse than none.</summary>
public static class IsoDate
{
    private static readonly LocalDatePattern Pattern = LocalDatePattern.CreateWithInvariantCulture("yyyy'-'MM'-'dd");

    /// <summary>Reads one date of the calendar, written year-month-day with four, two and two ASCII digits.</summary>
    /// <param name="field">Where the text came from ("--received"); it stands in the message.</param>
    /// <exception cref="BadInput">Not that form, or no day of the calendar (30 February).</exception>
    public static LocalDate Parse(string? text, string field)
    {
        var formed = text is { Length: 10 } && text.Select((c, i) => i is 4 or 7 ? c == '-' : char.IsAsciiDigit(c)).All(fits => fits);
        if (!formed)
        {
            var what = string.IsNullOrWhiteSpace(text) ? "is empty" : $"\"{Shown(text)}\" is not written as a date";
            throw new BadInput(field, null, $"{what}; a date as year-month-day is expected, for example 2026-03-05");
        }

        var result = Pattern.Parse(text!);
        return result.Success
            ? result.Value
            : throw new BadInput(field, null, $"{text} is no day of the calendar; a date as year-month-day is expected, for example 2026-03-05");
    }

    /// <summary>Writes <c>2026-03-05</c>.</summary>
    public static string Text(LocalDate date) => Pattern.Format(date);

    private static string Shown(string text) => new(text.Take(40).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c).ToArray());
}
