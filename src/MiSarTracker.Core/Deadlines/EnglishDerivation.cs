using System.Globalization;

namespace MiSarTracker.Core.Deadlines;

/// <summary>A deadline's derivation in plain English, for a person who checks it with a wall calendar.</summary>
internal static class EnglishDerivation
{
    public static IReadOnlyList<string> Of(Deadline deadline) =>
    [
        Receipt(deadline),
        .. Extension(deadline),
        Nominal(deadline),
        .. deadline.Skipped.Select(day => Skipped(day, deadline.Calendar)),
        End(deadline),
        .. Doubts(deadline),
        .. Regions(deadline),
        .. Future(deadline),
        Thumb(deadline),
    ];

    private static string Receipt(Deadline deadline) =>
        $"The request reached the controller on {EnglishDate.WithWeekday(deadline.Received)}; that day itself is not counted ({Law(deadline).Counting}, Art. 3(1)).";

    private static IEnumerable<string> Extension(Deadline deadline)
    {
        if (!deadline.Extended)
            yield break;
        yield return $"The controller extended the period by two further months; the whole period is counted from receipt ({Law(deadline).Period}).";
        yield return $"An extension counts only if the controller told you of it, with the reasons, by {EnglishDate.WithWeekday(deadline.NoticeBy)}, the last day of the first period.";
    }

    private static string Nominal(Deadline deadline)
    {
        var rule = deadline.Extended ? deadline.Rule.Extended() : deadline.Rule;
        var day = EnglishDate.WithWeekday(deadline.Nominal);
        if (!rule.InMonths)
            return $"The rule {deadline.Rule} counts days: the {rule.Count}th day after receipt is {day}.";

        var period = $"The period of {(rule.Count == 1 ? "one month" : $"{Number(rule.Count)} months")} ends on";
        return deadline.Nominal.Day == deadline.Received.Day
            ? $"{period} the day with the same number: {day} ({Law(deadline).Period}; {Law(deadline).Corresponding})."
            : $"{period} the last day of {EnglishDate.Month(deadline.Nominal)}, because {EnglishDate.Month(deadline.Nominal)} {deadline.Nominal.Year} has no day {deadline.Received.Day}: {day} ({Law(deadline).Period}; {Law(deadline).Corresponding}).";
    }

    private static string Skipped(SkippedDay day, HolidayCalendar calendar)
    {
        var names = EnglishDate.List([.. day.Holidays.Select(holiday => holiday.Name)]);
        return HolidayCalendar.IsWeekend(day.Date)
            ? $"{EnglishDate.Long(day.Date)} is a {EnglishDate.Weekday(day.Date)}{(names.Length > 0 ? $" ({names})" : "")}, so the period does not end then."
            : $"{EnglishDate.WithWeekday(day.Date)}, is a {calendar.Table.Regime.HolidayWord} in {calendar.Name} ({names}), so the period does not end then.";
    }

    private static string End(Deadline deadline) =>
        deadline.Skipped.Count == 0
            ? $"That is no Saturday, no Sunday and no {Law(deadline).HolidayWord} in {deadline.Calendar.Name}, so it is the last day."
            : $"The next working day is {EnglishDate.WithWeekday(deadline.Due)}: the last day (Art. 3(4) of the Regulation).";

    private static IEnumerable<string> Doubts(Deadline deadline)
    {
        var doubtful = deadline.Calendar.DoubtfulOn(deadline.Due);
        if (doubtful.Count == 0)
            yield break;
        var after = deadline.Calendar.CertainWorkingDayFrom(deadline.Due);
        foreach (var holiday in doubtful)
            yield return $"It is not certain whether {EnglishDate.Long(holiday.Date)} ({holiday.Name}) is a working day: {holiday.Doubt}. If it is not, the last day is {EnglishDate.WithWeekday(after)}.";
    }

    private static IEnumerable<string> Regions(Deadline deadline)
    {
        var others = from place in Deadline.Places(deadline.Calendar)
                     let due = place.CertainWorkingDayFrom(deadline.Nominal)
                     where due != deadline.Calendar.CertainWorkingDayFrom(deadline.Nominal)
                     group place by due into places
                     orderby places.Key
                     select places;
        foreach (var places in others)
        {
            var names = EnglishDate.List([.. places.Select(place => place.Table.Regions[place.Region!])]);
            yield return $"Regions have {Law(deadline).HolidayWord}s of their own: in {names} the last day is {EnglishDate.WithWeekday(places.Key)}{Because(deadline, places.First())}.";
        }
    }

    /// <summary>The holidays that the region has and the calendar has not, on the days that make the difference.</summary>
    private static string Because(Deadline deadline, HolidayCalendar place)
    {
        var due = place.CertainWorkingDayFrom(deadline.Nominal);
        var extra = new List<string>();
        for (var date = deadline.Nominal; date < due; date = date.PlusDays(1))
        {
            var own = place.HolidaysOn(date).Concat(place.DoubtfulOn(date)).Select(holiday => holiday.Name);
            var names = own.Except(deadline.Calendar.HolidaysOn(date).Select(holiday => holiday.Name)).ToList();
            if (names.Count > 0)
                extra.Add($"{EnglishDate.Long(date)}, {EnglishDate.List(names)}");
        }

        return extra.Count > 0 ? $" ({string.Join("; ", extra)})" : "";
    }

    private static IEnumerable<string> Future(Deadline deadline)
    {
        var table = deadline.Calendar.Table;
        if (deadline.Due.Year > table.AsOf.Year + 1)
            yield return $"The {Law(deadline).HolidayWord}s of {deadline.Due.Year} follow from the rules in the holiday table of {EnglishDate.Long(table.AsOf)}; a later act can change them.";
    }

    private static string Thumb(Deadline deadline) =>
        deadline.Extended
            ? $"Rule of thumb: 30 days after receipt was {EnglishDate.Long(deadline.ThirtyDays)}; it plays no part once the period is extended."
            : $"Rule of thumb: 30 days after receipt is {EnglishDate.Long(deadline.ThirtyDays)}; {(deadline.Rule.InMonths ? "the law counts by the calendar month, not by 30 days" : "the law of the European Union counts one calendar month")}.";

    private static string Number(int count) => count switch { 2 => "two", 3 => "three", 4 => "four", _ => count.ToString(CultureInfo.InvariantCulture) };

    private static Regime Law(Deadline deadline) => deadline.Calendar.Table.Regime;
}
