using NodaTime;

namespace MiSarTracker.Tests.Synthetic;

/// <summary>Weeks of a made-up wearer, from a seed: the same seed gives the same weeks.</summary>
public sealed class SyntheticWeeks
{
    private SyntheticWeeks(IReadOnlyList<SyntheticDay> days, IReadOnlyList<SyntheticRun> runs) => (Days, Runs) = (days, runs);

    public IReadOnlyList<SyntheticDay> Days { get; }

    public IReadOnlyList<SyntheticRun> Runs { get; }

    /// <param name="seed">Decides every value.</param>
    /// <param name="first">The first day.</param>
    /// <param name="count">How many days.</param>
    /// <param name="zone">The wearer's time zone.</param>
    /// <param name="heartEvery">Minutes between two automatic heart-rate measurements.</param>
    public static SyntheticWeeks Make(int seed, LocalDate first, int count, DateTimeZone zone, int heartEvery = 1)
    {
        var random = new Random(seed);
        var days = new List<SyntheticDay>();
        var runs = new List<SyntheticRun>();
        var rest = random.Next(52, 66);
        for (var i = 0; i < count; i++)
        {
            var date = first.PlusDays(i);
            var day = new SyntheticDay(date, zone.GetUtcOffset(date.At(new LocalTime(12, 0)).InZoneLeniently(zone).ToInstant()));
            Sleep(day, random);
            Walk(day, random);
            if (date.DayOfWeek is IsoDayOfWeek.Tuesday or IsoDayOfWeek.Saturday)
            {
                runs.Add(SyntheticRun.Add(day, random));
            }

            Beat(day, random, rest, heartEvery);
            SkipHourThatWasNot(day, zone);
            days.Add(day);
        }

        return new SyntheticWeeks(days, runs);
    }

    /// <summary>In spring an hour of the local day does not exist; nothing can have been recorded in it.</summary>
    private static void SkipHourThatWasNot(SyntheticDay day, DateTimeZone zone)
    {
        for (var minute = 0; minute < 1440; minute++)
        {
            if (zone.MapLocal(day.Date.AtMidnight().PlusMinutes(minute)).Count == 0)
            {
                (day.Kind[minute], day.Intensity[minute], day.Steps[minute], day.Heart[minute]) = (0x7E, 0, 0, 254);
            }
        }
    }

    private static void Sleep(SyntheticDay day, Random random)
    {
        var start = day.Date.PlusDays(-1).At(new LocalTime(22, 30)).PlusMinutes(random.Next(90));
        var end = day.Date.At(new LocalTime(6, 15)).PlusMinutes(random.Next(75));
        day.SleepStart = start.WithOffset(day.Offset).ToInstant();
        day.SleepEnd = end.WithOffset(day.Offset).ToInstant();
        var minutes = (int)(day.SleepEnd - day.SleepStart).TotalMinutes;
        day.Awake = random.Next(2, 9);
        day.Deep = minutes / 4;
        day.Light = minutes - day.Deep - day.Awake;
        var wake = (end.Hour * 60) + end.Minute;
        for (var minute = 0; minute < 1440; minute++)
        {
            day.Kind[minute] = minute < wake ? (byte)(minute % 200 < 60 ? 0x7B : 0x79) : (byte)0x50;
            day.Intensity[minute] = minute < wake ? (byte)random.Next(3) : (byte)random.Next(8, 24);
        }
    }

    private static void Walk(SyntheticDay day, Random random)
    {
        for (var walks = random.Next(6, 12); walks > 0; walks--)
        {
            var at = random.Next(450, 1330);
            for (var minute = at; minute < Math.Min(1439, at + random.Next(4, 22)); minute++)
            {
                day.Kind[minute] = 0x11;
                day.Intensity[minute] = (byte)random.Next(40, 90);
                day.Steps[minute] = (byte)random.Next(21, 118);
            }
        }
    }

    private static void Beat(SyntheticDay day, Random random, int rest, int every)
    {
        for (var minute = 0; minute < 1440; minute++)
        {
            var measured = minute % every == 0 && random.Next(100) < 97;
            var effort = day.Steps[minute] > 130 ? 75 : day.Steps[minute] > 0 ? 28 : day.Intensity[minute] > 5 ? 10 : 0;
            day.Heart[minute] = measured ? (byte)(rest + effort + random.Next(14)) : (byte)255;
        }
    }
}

/// <summary>A run: its minutes stand in the day's steps too.</summary>
/// <param name="Start">When it began; its id is this as Unix seconds.</param>
public sealed record SyntheticRun(Instant Start, Instant End, Offset Offset, int Distance, int Calories, double Latitude, double Longitude)
{
    public static SyntheticRun Add(SyntheticDay day, Random random)
    {
        const int Minutes = 31;
        var at = 1080 + random.Next(60);
        for (var minute = at; minute < at + Minutes; minute++)
        {
            day.Kind[minute] = 0x12;
            day.Intensity[minute] = (byte)random.Next(110, 150);
            day.Steps[minute] = (byte)random.Next(140, 175);
        }

        var start = day.Date.AtMidnight().PlusMinutes(at).WithOffset(day.Offset).ToInstant();
        return new SyntheticRun(
            start, start + Duration.FromMinutes(Minutes), day.Offset, random.Next(4300, 5600), random.Next(290, 360),
            52.06 + (random.NextDouble() / 100), 4.29 + (random.NextDouble() / 100));
    }
}
