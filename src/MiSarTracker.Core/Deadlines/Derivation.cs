using System.Globalization;

namespace MiSarTracker.Core.Deadlines;

/// <summary>How a deadline came about, for a person who checks it with a wall calendar.</summary>
internal sealed class Derivation(Deadline deadline, DerivationWords words)
{
    private readonly Regime _regime = deadline.Calendar.Table.Regime;

    public static IReadOnlyList<string> Of(Deadline deadline, DerivationWords words) => new Derivation(deadline, words).Sentences();

    private List<string> Sentences() =>
    [
        words.Say("receipt", ("received", words.WithWeekday(deadline.Received)), ("counting", Law("counting"))),
        .. Extension(),
        Nominal(),
        .. deadline.Skipped.Select(Skipped),
        End(),
        .. Own(),
        .. Doubts(),
        .. Regions(),
        .. Future(),
        Thumb(),
    ];

    private string Law(string name) => words.Law(_regime, name);

    private IEnumerable<string> Extension()
    {
        if (!deadline.Extended)
            yield break;
        yield return words.Say("extended", ("period", Law("period")));
        yield return words.Say("extended-notice", ("noticeBy", words.WithWeekday(deadline.NoticeBy)));
    }

    private string Nominal()
    {
        var rule = deadline.Extended ? deadline.Rule.Extended() : deadline.Rule;
        var nominal = words.WithWeekday(deadline.Nominal);
        if (!rule.InMonths)
        {
            return deadline.Rule == _regime.Rule
                ? words.Say("nominal-days-law", ("count", Number(rule.Count)), ("period", Law("period")), ("nominal", nominal))
                : words.Say("nominal-days", ("rule", deadline.Rule.Name), ("count", Number(rule.Count)), ("nominal", nominal));
        }

        var length = words.Months(rule.Count);
        return deadline.Nominal.Day == deadline.Received.Day
            ? words.Say("nominal-same", ("length", length), ("nominal", nominal), ("period", Law("period")), ("corresponding", Law("corresponding")))
            : words.Say("nominal-last", ("length", length), ("month", words.Month(deadline.Nominal)), ("year", Number(deadline.Nominal.Year)), ("number", Number(deadline.Received.Day)),
                ("nominal", nominal), ("period", Law("period")), ("corresponding", Law("corresponding")));
    }

    private string Skipped(SkippedDay day)
    {
        var names = words.List([.. day.Holidays.Select(words.Name)]);
        return HolidayCalendar.IsWeekend(day.Date)
            ? words.Say("skipped-weekend", ("day", words.Date(day.Date)), ("weekday", words.Weekday(day.Date)), ("names", names.Length > 0 ? $" ({names})" : ""))
            : words.Say("skipped-holiday", ("day", words.WithWeekday(day.Date)), ("holiday", Law("holiday")), ("in", words.In(deadline.Calendar)), ("names", names));
    }

    private string End() => deadline.Skipped.Count == 0
        ? words.Say("end", ("holiday", Law("holiday")), ("in", words.In(deadline.Calendar)))
        : words.Say("end-rolled", ("due", words.WithWeekday(deadline.Due)), ("rolling", Law("rolling")));

    /// <summary>Days of the person's own list, where they matter.</summary>
    private IEnumerable<string> Own()
    {
        if (deadline.Calendar.Table.Own is not { } own)
            yield break;
        foreach (var day in own.Added.Where(day => day.Date >= deadline.Nominal && day.Date <= deadline.Due))
            yield return words.Say("own-added", ("day", words.Date(day.Date)), ("name", day.Name), ("reason", day.Reason));
        foreach (var day in own.Removed.Where(day => day.Date >= deadline.Nominal && day.Date <= deadline.Due))
            yield return words.Say("own-removed", ("day", words.Date(day.Date)), ("reason", day.Reason));
    }

    private IEnumerable<string> Doubts()
    {
        var after = words.WithWeekday(deadline.Calendar.CertainWorkingDayFrom(deadline.Due));
        return deadline.Calendar.DoubtfulOn(deadline.Due).Select(holiday => words.Say(
            "doubt", ("day", words.Date(holiday.Date)), ("name", words.Name(holiday)), ("doubt", words.Reason(holiday.Doubt!)), ("after", after)));
    }

    private IEnumerable<string> Regions()
    {
        var others = from place in Deadline.Places(deadline.Calendar)
                     let due = place.CertainWorkingDayFrom(deadline.Nominal)
                     where due != deadline.Calendar.CertainWorkingDayFrom(deadline.Nominal)
                     group place by due into places
                     orderby places.Key
                     select places;
        foreach (var places in others)
        {
            var names = words.List([.. places.Select(place => words.Region(place.Table, place.Region!))]);
            yield return words.Say("region", ("holidays", Law("holidays")), ("regions", names), ("due", words.WithWeekday(places.Key)), ("because", Because(places.First())));
        }
    }

    /// <summary>The holidays that the region has and the calendar has not, on the days that make the difference.</summary>
    private string Because(HolidayCalendar place)
    {
        var due = place.CertainWorkingDayFrom(deadline.Nominal);
        var extra = new List<string>();
        for (var date = deadline.Nominal; date < due; date = date.PlusDays(1))
        {
            var own = place.HolidaysOn(date).Concat(place.DoubtfulOn(date)).Select(words.Name);
            var names = own.Except(deadline.Calendar.HolidaysOn(date).Select(words.Name)).ToList();
            if (names.Count > 0)
                extra.Add($"{words.Date(date)}, {words.List(names)}");
        }

        return extra.Count > 0 ? $" ({string.Join("; ", extra)})" : "";
    }

    private IEnumerable<string> Future()
    {
        var table = deadline.Calendar.Table;
        if (deadline.Due.Year > table.AsOf.Year + 1)
            yield return words.Say("future", ("holidays", Law("holidays")), ("year", Number(deadline.Due.Year)), ("asOf", words.Date(table.AsOf)));
    }

    private string Thumb()
    {
        if (!deadline.Rule.InMonths && deadline.Rule == _regime.Rule)
            return words.Say("thumb-law");
        var phrase = deadline.Extended ? "thumb-extended" : deadline.Rule.InMonths ? "thumb-month" : "thumb-days";
        return words.Say(phrase, ("thirty", words.Date(deadline.ThirtyDays)));
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
