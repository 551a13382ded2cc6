using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Tests.Synthetic;

/// <summary>A difference that was put into an answer on purpose, and the finding that must come of it.</summary>
public sealed record Planted(FindingKind Kind, Category Category, LocalDateTime From, LocalDateTime To, long Count, bool Aggregate = false);

/// <summary>Plants differences at random places that do not touch each other: each is one finding.</summary>
public sealed class Planter(SyntheticWeeks weeks, SyntheticExport export, Random random)
{
    private readonly HashSet<(Category, LocalDate)> _taken = [];

    public List<Planted> All { get; } = [];

    /// <summary>Removes the rows of consecutive samples within one day.</summary>
    public void RemoveMinutes(Category category, int count)
    {
        var (rows, keys) = Pick(category, count);
        foreach (var key in keys)
        {
            rows.Remove(key);
        }

        All.Add(new Planted(FindingKind.NotDisclosed, category, keys[0], keys[^1], keys.Count));
    }

    public void AlterMinutes(Category category, int count)
    {
        var (rows, keys) = Pick(category, count);
        foreach (var key in keys)
        {
            rows[key] += random.Next(3, 20);
        }

        All.Add(new Planted(FindingKind.Altered, category, keys[0], keys[^1], keys.Count));
    }

    public void RemoveDay(Category category)
    {
        var day = FreeDay(category);
        var rows = Rows(category);
        var keys = rows.Keys.Where(at => at.Date == day).ToList();
        keys.ForEach(at => rows.Remove(at));
        All.Add(new Planted(FindingKind.NotDisclosed, category, keys[0], keys[^1], keys.Count));
    }

    public void AlterTotal()
    {
        var day = FreeDay(Category.Usage);
        var (steps, distance, calories) = export.Totals[day];
        export.Totals[day] = (steps - random.Next(50, 400), distance, calories);
        All.Add(new Planted(FindingKind.Altered, Category.Steps, day.AtMidnight(), day.At(new LocalTime(23, 59)), 1, Aggregate: true));
    }

    public void AlterNight()
    {
        var day = FreeDay(Category.Sleep);
        var night = export.Nights[day];
        export.Nights[day] = night with { End = night.End - Duration.FromMinutes(random.Next(4, 30)) };
        All.Add(Night(FindingKind.Altered, day));
    }

    public void RemoveNight()
    {
        var day = FreeDay(Category.Sleep);
        export.Nights.Remove(day);
        All.Add(Night(FindingKind.NotDisclosed, day));
    }

    private Planted Night(FindingKind kind, LocalDate date)
    {
        var day = weeks.Days.Single(day => day.Date == date);
        var start = day.SleepStart.WithOffset(day.Offset).LocalDateTime;
        return new Planted(kind, Category.Sleep, start, start, 1);
    }

    private (SortedDictionary<LocalDateTime, int> Rows, List<LocalDateTime> Keys) Pick(Category category, int count)
    {
        var day = FreeDay(category);
        var rows = Rows(category);
        var ofDay = rows.Keys.Where(at => at.Date == day).ToList();
        // Never a whole run: an export may leave the minutes of a workout to the workout.
        count = Math.Min(count, Math.Min(20, ofDay.Count - 2));
        var at = random.Next(1, ofDay.Count - count);
        if (category == Category.Steps)
        {
            at = Math.Min(at, Math.Max(1, ofDay.FindIndex(key => key.Hour >= 17) - count - 1));
        }

        return (rows, ofDay.GetRange(at, count));
    }

    private SortedDictionary<LocalDateTime, int> Rows(Category category) => category == Category.Steps ? export.Steps : export.Heart;

    /// <summary>A day that nothing was planted on, and not its neighbours either.</summary>
    private LocalDate FreeDay(Category category)
    {
        while (true)
        {
            var day = weeks.Days[random.Next(1, weeks.Days.Count - 1)].Date;
            if (Enumerable.Range(-1, 3).All(near => !_taken.Contains((category, day.PlusDays(near)))))
            {
                _taken.Add((category, day));
                return day;
            }
        }
    }
}
