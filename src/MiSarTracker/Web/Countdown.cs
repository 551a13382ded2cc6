using NodaTime;

namespace MiSarTracker.Web;

/// <summary>Where a clock stands today, in words: nobody is called late before the safe date is past.</summary>
/// <param name="Days">Until the law's date; negative after it.</param>
/// <param name="Tone">A class of the stylesheet: <c>calm</c>, <c>near</c>, <c>late</c>.</param>
internal sealed record Countdown(int Days, string Words, string Tone)
{
    private const int Near = 7;

    public static Countdown? Of(LocalDate? due, LocalDate? safe, LocalDate today)
    {
        if (due is not { } last || safe is not { } certain)
            return null;
        var left = Period.DaysBetween(today, last);
        return today > certain ? new(left, $"overdue for {Shown.Days(Period.DaysBetween(certain, today))}", "late")
            : left > 0 ? new(left, $"{Shown.Days(left)} left", left <= Near ? "near" : "calm")
            : left == 0 ? new(0, "ends today", "near")
            : new(left, $"ended {Shown.Days(-left)} ago by law; late beyond doubt after {Shown.Day(certain)}", "near");
    }
}
