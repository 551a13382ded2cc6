using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>How the date of a holiday follows from the year. Each form stands under its own name in a holiday table.</summary>
public abstract record HolidayRule
{
    /// <summary>The date in <paramref name="year"/>, or null when there is none.</summary>
    public abstract LocalDate? In(int year);

    private static LocalDate? DateOrNone(int year, int month, int day) =>
        day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;

    /// <summary>The same day each year: <c>"fixed": "04-27"</c>.</summary>
    public sealed record Fixed(int Month, int Day) : HolidayRule
    {
        public override LocalDate? In(int year) => DateOrNone(year, Month, Day);
    }

    /// <summary>Days after Easter Sunday, negative before it: <c>"easter": 39</c>, <c>"orthodoxEaster": -2</c>.</summary>
    public sealed record FromEaster(int Offset, bool Orthodox) : HolidayRule
    {
        public override LocalDate? In(int year) => (Orthodox ? Easter.Orthodox(year) : Easter.Western(year)).PlusDays(Offset);
    }

    /// <summary>The n-th weekday of a month, -1 for the last: <c>"nth": {"nth": 1, "weekday": "monday", "month": 5}</c>.</summary>
    public sealed record NthWeekday(int Nth, IsoDayOfWeek Weekday, int Month) : HolidayRule
    {
        public override LocalDate? In(int year)
        {
            if (Nth < 0)
                return DateAdjusters.PreviousOrSame(Weekday)(new LocalDate(year, Month, CalendarSystem.Iso.GetDaysInMonth(year, Month)));
            var date = DateAdjusters.NextOrSame(Weekday)(new LocalDate(year, Month, 1)).PlusWeeks(Nth - 1);
            return date.Month == Month ? date : null;
        }
    }

    /// <summary>The first such weekday on or after a day: <c>"onOrAfter": {"weekday": "saturday", "day": "06-20"}</c>.</summary>
    public sealed record OnOrAfter(IsoDayOfWeek Weekday, int Month, int Day) : HolidayRule
    {
        public override LocalDate? In(int year) => DateOrNone(year, Month, Day) is { } day ? DateAdjusters.NextOrSame(Weekday)(day) : null;
    }

    /// <summary>The last such weekday on or before a day: <c>"onOrBefore": {"weekday": "wednesday", "day": "11-22"}</c>.</summary>
    public sealed record OnOrBefore(IsoDayOfWeek Weekday, int Month, int Day) : HolidayRule
    {
        public override LocalDate? In(int year) => DateOrNone(year, Month, Day) is { } day ? DateAdjusters.PreviousOrSame(Weekday)(day) : null;
    }

    /// <summary>One day of one year: <c>"once": "2022-09-19"</c>.</summary>
    public sealed record Once(LocalDate Date) : HolidayRule
    {
        public override LocalDate? In(int year) => Date.Year == year ? Date : null;
    }
}
