namespace MiSarTracker.Core.Deadlines;

/// <summary>Every holiday table that was loaded, found by country or region code.</summary>
public sealed class HolidayTables
{
    private readonly SortedDictionary<string, HolidayTable> _byCountry = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HolidayTable> _byAlias = new(StringComparer.Ordinal);

    /// <param name="tables">One per country.</param>
    /// <exception cref="BadInput">Two tables claim the same country.</exception>
    public HolidayTables(IEnumerable<HolidayTable> tables)
    {
        foreach (var table in tables)
        {
            if (!_byCountry.TryAdd(table.Country, table))
                throw new BadInput("holiday tables", null, $"two tables are for {table.Country}");
            foreach (var alias in table.Aliases)
                _byAlias[alias] = table;
        }
    }

    /// <summary>The same with a person's own days.</summary>
    /// <exception cref="BadInput">A list is for a country that has no table.</exception>
    public HolidayTables With(IEnumerable<OwnHolidays> lists)
    {
        var own = lists.ToDictionary(list => list.Country, StringComparer.Ordinal);
        if (own.Keys.FirstOrDefault(country => !_byCountry.ContainsKey(country)) is { } unknown)
            throw new BadInput("your own holidays", null, $"there is no holiday table for \"{unknown}\" to change");
        return own.Count == 0 ? this : new HolidayTables(All.Select(table => own.TryGetValue(table.Country, out var list) ? table.With(list) : table));
    }

    /// <summary>The countries with a table, by code.</summary>
    public IReadOnlyCollection<HolidayTable> All => _byCountry.Values;

    /// <summary>Finds the calendar for a code as people write it, in any case.</summary>
    /// <param name="code">A country (<c>NL</c>; <c>UK</c> is taken for <c>GB</c>) or a region of one (<c>DE-BY</c>, <c>GB-SCT</c>).</param>
    /// <exception cref="Refusal">Unknown; lists the known ones. No country is ever treated as one without holidays.</exception>
    public HolidayCalendar For(string? code)
    {
        var wanted = (code ?? "").Trim().ToUpperInvariant();
        var country = wanted.Split('-')[0];
        if (!_byCountry.TryGetValue(country, out var table) && !_byAlias.TryGetValue(country, out table))
            throw new Refusal(
                $"There is no holiday table for \"{code}\", and without one a deadline would be a guess.",
                $"Known countries: {string.Join(", ", _byCountry.Values.Select(known => $"{known.Country} ({known.Name})"))}. A table is one file in templates/holidays.");
        return wanted == country ? table.Calendar() : table.Calendar(table.Country + wanted[country.Length..]);
    }
}
