using NodaTime;

namespace MiSarTracker.Core.Deadlines;

/// <summary>One row of a holiday table: a holiday, where and when it applies, and by which law.</summary>
public sealed record HolidayRow
{
    /// <summary>English name, as it stands in a derivation: <c>Easter Monday</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name in the country's language.</summary>
    public required string LocalName { get; init; }

    public required HolidayRule Rule { get; init; }

    /// <summary>The act that makes it a public holiday.</summary>
    public required string Source { get; init; }

    /// <summary>First year in which it is one.</summary>
    public int FirstYear { get; init; } = int.MinValue;

    /// <summary>Last year in which it is one.</summary>
    public int LastYear { get; init; } = int.MaxValue;

    /// <summary>Years within these without it, because it was moved or called off.</summary>
    public IReadOnlyList<int> ExceptYears { get; init; } = [];

    /// <summary>Codes of the regions where it applies; empty for the whole country.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>When it falls on this weekday it is kept that many days later (negative: earlier) instead, as King's Day is.</summary>
    public IReadOnlyDictionary<IsoDayOfWeek, int> Moved { get; init; } = new Dictionary<IsoDayOfWeek, int>();

    /// <summary>When it falls on one of these weekdays the next weekday that is no holiday itself is a holiday too, as in the UK.</summary>
    public IReadOnlyList<IsoDayOfWeek> SubstitutedOn { get; init; } = [];

    /// <summary>
    /// Why it is not certain that the day counts for Regulation 1182/71, or null when it is certain. Such a day is
    /// not skipped, but it is told, and nobody is called late before it is over.
    /// </summary>
    public string? Doubt { get; init; }

    /// <summary>Whether the row applies in <paramref name="region"/>; null asks for the whole country only.</summary>
    public bool AppliesIn(string? region) => Regions.Count == 0 || (region is not null && Regions.Contains(region));

    /// <summary>The day of <paramref name="year"/> on which it is kept, substitute days not counted; null when there is none.</summary>
    public LocalDate? In(int year)
    {
        if (year < FirstYear || year > LastYear || ExceptYears.Contains(year) || Rule.In(year) is not { } date)
            return null;
        return Moved.TryGetValue(date.DayOfWeek, out var days) ? date.PlusDays(days) : date;
    }
}
