using System.Runtime.InteropServices;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Core.Correlation;

/// <summary>An unbroken run of samples in the same state: consecutive samples, whatever minutes without samples lie between.</summary>
internal sealed class Stretch(MinuteState state)
{
    public MinuteState State { get; set; } = state;

    public LocalDate FirstDay { get; private set; }

    public int FirstMinute { get; private set; }

    public LocalDate LastDay { get; private set; }

    public int LastMinute { get; private set; }

    public long Count { get; private set; }

    /// <summary>The first few minutes, for examples.</summary>
    public List<(LocalDate Date, int Minute)> Sample { get; } = [];

    public LocalDateTime From => FirstDay.AtMidnight().PlusMinutes(FirstMinute);

    public LocalDateTime To => LastDay.AtMidnight().PlusMinutes(LastMinute);

    private void Add(LocalDate date, int minute)
    {
        if (Count++ == 0)
        {
            (FirstDay, FirstMinute) = (date, minute);
        }

        (LastDay, LastMinute) = (date, minute);
        if (Sample.Count < Finding.MaxExamples)
        {
            Sample.Add((date, minute));
        }
    }

    /// <summary>Takes the minutes from there on that go on with the stretch, all at once.</summary>
    /// <returns>How many they are, with those that hold nothing.</returns>
    private int Run(DayMap map, int from)
    {
        var minutes = MemoryMarshal.AsBytes(map.Minutes.AsSpan(from));
        var end = minutes.IndexOfAnyExcept((byte)State, (byte)MinuteState.NoData);
        minutes = end < 0 ? minutes : minutes[..end];
        if (minutes.LastIndexOf((byte)State) is var last and >= 0)
        {
            Count += minutes.Count((byte)State);
            (LastDay, LastMinute) = (map.Date, from + last);
        }

        return minutes.Length;
    }

    /// <summary>
    /// Folds the minutes of consecutive days. A gap between captured days ends a stretch: what was not captured in
    /// between is not claimed. Outside the captures only the answer's own rows count, so gaps do not matter there.
    /// </summary>
    public static List<Stretch> Fold(IReadOnlyList<DayMap> maps)
    {
        var stretches = new List<Stretch>();
        Stretch? current = null;
        foreach (var map in maps)
        {
            // Asked once a day: behind the day's first sample the stretch has come as far as the day.
            var isBehindGap = current is not null && Period.DaysBetween(current.LastDay, map.Date) > 1;
            var minutes = map.Minutes.AsSpan();
            for (var minute = 0; minute < minutes.Length; minute++)
            {
                var state = minutes[minute];
                if (state == MinuteState.NoData)
                {
                    continue;
                }

                if (current?.State != state || (isBehindGap && state != MinuteState.OutsideCapture))
                {
                    stretches.Add(current = new Stretch(state));
                }

                isBehindGap = false;
                current.Add(map.Date, minute);
                minute += current.Sample.Count == Finding.MaxExamples ? current.Run(map, minute + 1) : 0;
            }
        }

        return stretches;
    }

    /// <summary>Exhibit and path of every upload that holds one of the stretch's minutes, within the limit.</summary>
    public IReadOnlyList<Origin> Uploads(MinuteResult result) =>
    [
        .. result.DaysFrom(FirstDay, LastDay)
            .SelectMany(day => day.Sources)
            .Where(HoldsAny)
            .Select(source => source.Origin)
            .Distinct()
            .Take(Finding.MaxReferences),
    ];

    private bool HoldsAny(MinuteDay source)
    {
        var from = source.Date == FirstDay ? FirstMinute : 0;
        var to = source.Date == LastDay ? LastMinute : MinuteDay.MinutesPerDay - 1;
        return source.Values.AsSpan(from, to - from + 1).ContainsAnyExcept(MinuteDay.None);
    }
}
