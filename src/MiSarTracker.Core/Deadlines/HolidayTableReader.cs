using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>Reads a holiday table (templates/holidays/README.md describes the form) and believes nothing that it does not understand.</summary>
public static class HolidayTableReader
{
    private const int EarliestYear = 1900;
    private const int LatestYear = 2199;

    private static readonly string[] TableProperties =
        ["country", "name", "aliases", "regime", "zone", "valid", "asOf", "sources", "regions", "defaultRegion", "notes", "holidays"];

    /// <summary>Reads the text of one file.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="BadInput">Not a table; says where (JSON path) and why.</exception>
    public static HolidayTable Read(string json, string file)
    {
        var root = JsonPlace.Root(json, file);
        root.Only(TableProperties);
        var valid = root.Required("valid");
        valid.Only("from", "to");
        var first = valid.Required("from").Whole(EarliestYear, LatestYear);
        var regions = root.Optional("regions") is { } places ? Regions(places) : [];
        var sources = root.Required("sources").Properties().ToDictionary(source => source.Name, source => source.Value.Text(), StringComparer.Ordinal);
        _ = root.Optional("notes")?.Items().Select(note => note.Text()).ToList();
        return new HolidayTable(new HolidayTableContent
        {
            Country = Country(root.Required("country")),
            Name = root.Required("name").Text(),
            Aliases = root.Optional("aliases")?.Items().Select(Country).ToList() ?? [],
            Regime = RegimeOf(root.Required("regime")),
            Zone = Zone(root.Required("zone")),
            FirstYear = first,
            LastYear = valid.Required("to").Whole(first, LatestYear),
            AsOf = Date(root.Required("asOf")),
            Regions = regions,
            DefaultRegion = root.Optional("defaultRegion") is { } region ? Region(region, regions) : null,
            Rows = Rows(root.Required("holidays"), sources, regions),
        });
    }

    private static List<HolidayRow> Rows(JsonPlace holidays, Dictionary<string, string> sources, Dictionary<string, string> regions)
    {
        var rows = holidays.Items().Select(row => HolidayRowReader.Read(row, sources, regions)).ToList();
        return rows.Count > 0 ? rows : throw holidays.Fault("is empty; a country without holidays is a mistake");
    }

    private static string Country(JsonPlace place)
    {
        var code = place.Text();
        return code.Length == 2 && code.All(char.IsAsciiLetterUpper) ? code : throw place.Fault($"\"{code}\" is no country code of two capital letters");
    }

    private static string Zone(JsonPlace place)
    {
        var zone = place.Text();
        return DateTimeZoneProviders.Tzdb.Ids.Contains(zone) ? zone : throw place.Fault($"\"{zone}\" is no IANA time zone");
    }

    private static Regime RegimeOf(JsonPlace place) =>
        Regime.All.FirstOrDefault(regime => regime.Code == place.Text())
        ?? throw place.Fault($"\"{place.Text()}\" is no regime; known are {string.Join(", ", Regime.All.Select(regime => regime.Code))}");

    private static Dictionary<string, string> Regions(JsonPlace place) =>
        place.Properties().ToDictionary(region => region.Name, region => region.Value.Text(), StringComparer.Ordinal);

    internal static string Region(JsonPlace place, IReadOnlyDictionary<string, string> regions) =>
        regions.ContainsKey(place.Text()) ? place.Text() : throw place.Fault($"\"{place.Text()}\" is none of the table's regions");

    internal static LocalDate Date(JsonPlace place)
    {
        try
        {
            return IsoDate.Parse(place.Text(), place.Path);
        }
        catch (BadInput fault)
        {
            throw place.Fault(fault.Reason);
        }
    }
}
