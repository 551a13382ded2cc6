using NodaTime;

namespace MiSarTracker.Tests.Synthetic;

/// <summary>
/// A vendor's answer made from a wearer's weeks, complete and true until something is planted in it.
/// Rows can be changed freely; what was planted is for the test to remember.
/// </summary>
public sealed class SyntheticExport
{
    public SyntheticExport(SyntheticWeeks weeks)
    {
        foreach (var day in weeks.Days)
        {
            for (var minute = 0; minute < 1440; minute++)
            {
                var at = day.Date.AtMidnight().PlusMinutes(minute);
                if (day.Steps[minute] > 0)
                {
                    Steps.Add(at, day.Steps[minute]);
                }

                if (day.Heart[minute] < 254)
                {
                    Heart.Add(at, day.Heart[minute]);
                }
            }

            Totals[day.Date] = (day.TotalSteps, day.Distance, day.Calories);
            Nights[day.Date] = (day.SleepStart, day.SleepEnd, day.Deep, day.Light, day.Awake);
        }

        Runs.AddRange(weeks.Runs);
    }

    /// <summary>By local time.</summary>
    public SortedDictionary<LocalDateTime, int> Steps { get; private set; } = [];

    public SortedDictionary<LocalDateTime, int> Heart { get; private set; } = [];

    public SortedDictionary<LocalDate, (int Steps, int Distance, int Calories)> Totals { get; } = [];

    public SortedDictionary<LocalDate, (Instant Start, Instant End, int Deep, int Light, int Awake)> Nights { get; } = [];

    public List<SyntheticRun> Runs { get; } = [];

    /// <summary>Prints the minute tables on another clock.</summary>
    public void ShiftMinutes(Func<LocalDateTime, LocalDateTime> clock)
    {
        Steps = Moved(Steps, clock);
        Heart = Moved(Heart, clock);
    }

    private static SortedDictionary<LocalDateTime, int> Moved(SortedDictionary<LocalDateTime, int> rows, Func<LocalDateTime, LocalDateTime> clock)
    {
        var moved = new SortedDictionary<LocalDateTime, int>();
        foreach (var (at, value) in rows)
        {
            moved[clock(at)] = value;
        }

        return moved;
    }
}
