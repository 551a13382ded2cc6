using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>A person's own changes to one country's holidays, each with a reason that a derivation tells.</summary>
/// <param name="Country">Two capital letters.</param>
public sealed record OwnHolidays(string Country, IReadOnlyList<OwnHoliday> Added, IReadOnlyList<OwnHoliday> Removed)
{
    /// <summary>
    /// Reads <c>{"country": "NL", "add": [{"date": "2026-12-24", "name": "…", "reason": "…"}], "remove": [{"date": "…", "reason": "…"}]}</c>.
    /// </summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="BadInput">It is not that; says where.</exception>
    public static OwnHolidays Read(string json, string file)
    {
        var root = JsonPlace.Root(json, file);
        root.Only("country", "add", "remove");
        var country = root.Required("country").Text();
        var own = new OwnHolidays(country, Days(root.Optional("add"), isNamed: true), Days(root.Optional("remove"), isNamed: false));
        return own.Added.Count + own.Removed.Count > 0 ? own : throw root.Fault("neither adds nor removes a day");
    }

    private static List<OwnHoliday> Days(JsonPlace? place, bool isNamed) => place is not { } days ? [] :
    [
        .. days.Items().Select(day =>
        {
            day.Only(isNamed ? ["date", "name", "reason"] : ["date", "reason"]);
            return new OwnHoliday(HolidayTableReader.Date(day.Required("date")), isNamed ? day.Required("name").Text() : "", day.Required("reason").Text());
        }),
    ];
}

/// <summary>One day of a person's own list.</summary>
/// <param name="Name">Empty for a day that is taken away.</param>
/// <param name="Reason">A half-sentence, without a full stop.</param>
public sealed record OwnHoliday(LocalDate Date, string Name, string Reason);
