using NodaTime;

namespace MiSarTracker.Core.Observations;

/// <summary>The names of sleep stages; the same on both sides of the comparison, in the field <c>stage</c>.</summary>
public static class StageNames
{
    public const string Light = "light";
    public const string Deep = "deep";
    public const string Rem = "rem";
    public const string Awake = "awake";

    /// <summary>By the number that stands for the stage in a day's minutes.</summary>
    public static IReadOnlyList<string> ByNumber { get; } = [Light, Deep, Rem, Awake];

    /// <summary>The stage's number, or -1 for a name that is none.</summary>
    public static short NumberOf(string name)
    {
        for (short i = 0; i < ByNumber.Count; i++)
        {
            if (ByNumber[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Turns minutes of stages into stretches: equal neighbours are one stage, over midnight too.</summary>
internal static class StageStretches
{
    public static IEnumerable<Occurrence> Of(IReadOnlyList<MinuteDay> days)
    {
        foreach (var clock in days.GroupBy(day => (day.Category, day.Offset, day.Origin.Exhibit, day.Origin.Part)))
        {
            Open? open = null;
            foreach (var day in clock.OrderBy(day => day.Date))
            {
                for (var minute = 0; minute < MinuteDay.MinutesPerDay; minute++)
                {
                    if (day.Values[minute] == MinuteDay.None)
                    {
                        continue;
                    }

                    var at = day.Date.AtMidnight().PlusMinutes(minute);
                    if (open is { } running && running.Stage == day.Values[minute] && running.Next == at)
                    {
                        open = running with { Next = at.PlusMinutes(1) };
                        continue;
                    }

                    if (open is { } ended)
                    {
                        yield return ended.Close();
                    }

                    open = new Open(day, day.Values[minute], at, at.PlusMinutes(1), day.Lines?[minute] ?? 0);
                }
            }

            if (open is { } last)
            {
                yield return last.Close();
            }
        }
    }

    private sealed record Open(MinuteDay Day, short Stage, LocalDateTime Start, LocalDateTime Next, int Line)
    {
        public Occurrence Close() => new(
            Day.Category,
            new Moment(Start, Day.Offset),
            new Moment(Next, Day.Offset),
            [Field.Of("stage", StageNames.ByNumber[Stage])],
            Day.Origin with { Number = Line });
    }
}
