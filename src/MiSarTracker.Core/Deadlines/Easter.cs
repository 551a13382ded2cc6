using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>The date of Easter Sunday, from which the moveable feasts are counted.</summary>
public static class Easter
{
    /// <summary>Western churches: the Gregorian computus (the "anonymous" algorithm, J. Meeus, Astronomical Algorithms, ch. 8).</summary>
    public static LocalDate Western(int year)
    {
        var goldenNumber = year % 19;
        var (century, yearOfCentury) = Math.DivRem(year, 100);
        var (leapCenturies, leapRest) = Math.DivRem(century, 4);
        var moonShift = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * goldenNumber) + century - leapCenturies - moonShift + 15) % 30;
        var (leapYears, restYears) = Math.DivRem(yearOfCentury, 4);
        var weekdayShift = (32 + (2 * leapRest) + (2 * leapYears) - epact - restYears) % 7;
        var correction = (goldenNumber + (11 * epact) + (22 * weekdayShift)) / 451;
        var (month, day) = Math.DivRem(epact + weekdayShift - (7 * correction) + 114, 31);
        return new LocalDate(year, month, day + 1);
    }

    /// <summary>Orthodox churches: the Julian computus (Meeus, same place), told in the Gregorian calendar.</summary>
    public static LocalDate Orthodox(int year)
    {
        var moon = ((19 * (year % 19)) + 15) % 30;
        var weekday = ((2 * (year % 4)) + (4 * (year % 7)) - moon + 34) % 7;
        var (month, day) = Math.DivRem(moon + weekday + 114, 31);
        return new LocalDate(year, month, day + 1, CalendarSystem.Julian).WithCalendar(CalendarSystem.Iso);
    }
}
