using System.Globalization;
using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>
/// The day on which a request reached the controller, as its own clock showed it. A mail's date may carry any offset;
/// the law counts the day at the controller's place.
/// </summary>
/// <param name="Date">Local to the controller.</param>
/// <param name="Remark">What was shifted, in a plain English sentence, or null when the stated date is the local one.</param>
public sealed record ReceiptDate(LocalDate Date, string? Remark)
{
    /// <summary>Tells the local day of a moment whose source stated it with an offset.</summary>
    /// <param name="stated">For example a mail's date, <c>2026-03-06T02:10:00+08:00</c>.</param>
    /// <param name="zone">The zone of the controller's country; see <see cref="HolidayTable.Zone"/>.</param>
    public static ReceiptDate Of(OffsetDateTime stated, DateTimeZone zone)
    {
        var local = stated.InZone(zone);
        if (local.Date == stated.Date)
            return new ReceiptDate(local.Date, null);
        var written = stated.ToString("uuuu-MM-dd HH:mm o<m>", CultureInfo.InvariantCulture);
        return new ReceiptDate(
            local.Date,
            $"The source gives {written}; at the controller's place ({zone.Id}) that was {EnglishDate.WithWeekday(local.Date)}, and that day counts.");
    }
}
