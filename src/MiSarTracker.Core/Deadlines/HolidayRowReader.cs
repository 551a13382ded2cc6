using System.Globalization;
using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>Reads one row of a holiday table.</summary>
internal static class HolidayRowReader
{
    private static readonly string[] RuleNames = ["fixed", "easter", "orthodoxEaster", "nth", "onOrAfter", "onOrBefore", "once"];

    private static readonly string[] Known =
        [.. RuleNames, "name", "local", "source", "from", "to", "except", "regions", "moved", "substitutedOn", "doubt"];

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static HolidayRow Read(JsonPlace row, Dictionary<string, string> sources, Dictionary<string, string> regions)
    {
        row.Only(Known);
        var from = row.Optional("from")?.Whole(1900, 2199) ?? int.MinValue;
        return new HolidayRow
        {
            Name = row.Required("name").Text(),
            LocalName = row.Required("local").Text(),
            Rule = Rule(row),
            Source = Source(row.Required("source"), sources),
            FirstYear = from,
            LastYear = row.Optional("to")?.Whole(Math.Max(from, 1900), 2199) ?? int.MaxValue,
            ExceptYears = row.Optional("except")?.Items().Select(year => year.Whole(1900, 2199)).ToList() ?? [],
            Regions = row.Optional("regions") is { } places ? NonEmpty(places, place => HolidayTableReader.Region(place, regions)) : [],
            Moved = row.Optional("moved") is { } moved ? Moves(moved) : new Dictionary<IsoDayOfWeek, int>(),
            SubstitutedOn = row.Optional("substitutedOn") is { } days ? NonEmpty(days, WeekendDay) : [],
            Doubt = row.Optional("doubt")?.Text(),
        };
    }

    private static HolidayRule Rule(JsonPlace row)
    {
        var given = RuleNames.Where(name => row.Optional(name) is not null).ToList();
        if (given.Count != 1)
            throw row.Fault($"must have exactly one of {string.Join(", ", RuleNames)}");
        var value = row.Required(given[0]);
        return given[0] switch
        {
            "fixed" => Fixed(DayOfYear(value)),
            "easter" => new HolidayRule.FromEaster(value.Whole(-60, 90), Orthodox: false),
            "orthodoxEaster" => new HolidayRule.FromEaster(value.Whole(-60, 90), Orthodox: true),
            "nth" => Nth(value),
            "once" => new HolidayRule.Once(HolidayTableReader.Date(value)),
            var direction => Near(value, after: direction == "onOrAfter"),
        };
    }

    private static HolidayRule.Fixed Fixed((int Month, int Day) day) => new(day.Month, day.Day);

    private static HolidayRule.NthWeekday Nth(JsonPlace value)
    {
        value.Only("nth", "weekday", "month");
        var nth = value.Required("nth").Whole(-1, 5);
        return nth == 0
            ? throw value.Required("nth").Fault("must be 1 to 5, or -1 for the last")
            : new HolidayRule.NthWeekday(nth, Weekday(value.Required("weekday")), value.Required("month").Whole(1, 12));
    }

    private static HolidayRule Near(JsonPlace value, bool after)
    {
        value.Only("weekday", "day");
        var weekday = Weekday(value.Required("weekday"));
        var (month, day) = DayOfYear(value.Required("day"));
        return after ? new HolidayRule.OnOrAfter(weekday, month, day) : new HolidayRule.OnOrBefore(weekday, month, day);
    }

    private static string Source(JsonPlace place, Dictionary<string, string> sources)
    {
        var parts = place.Text().Split(", ", 2);
        return sources.TryGetValue(parts[0], out var source)
            ? parts.Length == 2 ? $"{source}, {parts[1]}" : source
            : throw place.Fault($"\"{parts[0]}\" is none of the table's sources");
    }

    private static Dictionary<IsoDayOfWeek, int> Moves(JsonPlace place)
    {
        var moves = new Dictionary<IsoDayOfWeek, int>();
        foreach (var (name, value) in place.Properties())
            moves[Weekday(value, name)] = value.Whole(-6, 6);
        return moves.Count > 0 ? moves : throw place.Fault("is empty");
    }

    private static List<T> NonEmpty<T>(JsonPlace place, Func<JsonPlace, T> read)
    {
        var items = place.Items().Select(read).ToList();
        return items.Count > 0 ? items : throw place.Fault("is empty");
    }

    private static IsoDayOfWeek WeekendDay(JsonPlace place) =>
        Weekday(place) is var day and (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) ? day : throw place.Fault("must be saturday or sunday");

    private static IsoDayOfWeek Weekday(JsonPlace place) => Weekday(place, place.Text());

    private static IsoDayOfWeek Weekday(JsonPlace place, string name)
    {
        var day = Array.IndexOf(Weekdays, name);
        return day >= 0 ? IsoDayOfWeek.Monday + day : throw place.Fault($"\"{name}\" is no weekday; known are {string.Join(", ", Weekdays)}");
    }

    private static (int Month, int Day) DayOfYear(JsonPlace place)
    {
        var text = place.Text();
        var formed = text.Length == 5 && text[2] == '-' && text.Remove(2, 1).All(char.IsAsciiDigit);
        var month = formed ? int.Parse(text[..2], CultureInfo.InvariantCulture) : 0;
        var day = formed ? int.Parse(text[3..], CultureInfo.InvariantCulture) : 0;
        return month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(2024, month)
            ? (month, day)
            : throw place.Fault($"\"{text}\" is no day of the year; month and day are expected, for example 04-27");
    }
}
