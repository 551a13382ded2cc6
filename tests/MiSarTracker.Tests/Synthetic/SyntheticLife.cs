using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Tests.Synthetic;

/// <summary>
/// A wearer's weeks with everything that apps send: minutes of two bands, nights with stages, workouts with tracks, a scale that the
/// whole family uses, profile, identifiers, places, hosts. The answer is a list of rows that is true and complete until
/// something is planted in it.
/// </summary>
public sealed class SyntheticLife
{
    public const string Numbers = "HEARTRATE_AUTO/HEARTRATE_AUTO_1.csv";

    private SyntheticLife(SyntheticWeeks weeks, Uploaded uploaded)
    {
        (Weeks, Uploaded) = (weeks, uploaded);
        Steps = [.. Rows(weeks, day => day.Steps, value => value > 0)];
        Heart = [.. Rows(weeks, day => day.Heart, value => value < 254)];
        Occurrences = [.. uploaded.Occurrences.Select((what, i) => what with { Origin = Origin.InAnswer("R-001", $"{what.Category.Name}.csv", i + 2) })];
        Series = [.. uploaded.Series.Select((series, i) => series with { Origin = Origin.InAnswer("R-001", "TRACK.csv", i + 2), Values = [.. series.Values.Select(column => (double[])column.Clone())] })];
        Facts = [.. uploaded.Facts.Select((fact, i) => fact with { Origin = Origin.InAnswer("R-001", "USER.csv", i + 2) })];
    }

    public SyntheticWeeks Weeks { get; }

    public Uploaded Uploaded { get; set; }

    public List<(LocalDateTime At, short Value)> Steps { get; }

    public List<(LocalDateTime At, short Value)> Heart { get; }

    public List<Occurrence> Occurrences { get; }

    public List<Series> Series { get; }

    public List<Fact> Facts { get; }

    public string Letter { get; set; } = "We give your data to Amplitude, Inc. and to Meta Platforms, Inc. (Facebook).";

    /// <summary>Rows that say again, or otherwise, what another row says; they stand at the end.</summary>
    public List<(Category Category, LocalDateTime At, short Value)> Again { get; } = [];

    public LocalDate Received { get; set; } = new(2026, 11, 12);

    public Instant CutOff { get; set; } = Instant.FromUtc(2026, 11, 10, 0, 0);

    public static SyntheticLife Make(int seed, int days, DateTimeZone zone)
    {
        var random = new Random(seed);
        var weeks = SyntheticWeeks.Make(seed, new LocalDate(2026, 3, 2), days, zone, heartEvery: random.Next(2) == 0 ? 5 : 10);
        var plain = Observed.Upload(weeks);
        return new SyntheticLife(weeks, new Uploaded
        {
            Exhibits = plain.Exhibits,
            Minutes = [.. plain.Minutes.SelectMany(day => TwoBands(day, random.Next(3) == 0))],
            Occurrences = [.. plain.Occurrences, .. weeks.Days.SelectMany(Stages), .. weeks.Days.Where(day => day.Date.DayOfWeek == IsoDayOfWeek.Sunday).SelectMany(day => Weighings(day, random))],
            Totals = plain.Totals,
            Series = [.. weeks.Runs.Select((run, i) => Track(run, i, random))],
            Facts = [.. FactsOf(random)],
            Hosts = [Host("api-mifit-de.huami.com"), Host("api2.amplitude.com"), Host("graph.facebook.com")],
        });
    }

    /// <summary>The answer, through the builder that real answers go through.</summary>
    /// <param name="order">Shuffles the rows; null leaves them as they are.</param>
    /// <param name="exhibits">
    /// Which rows each exhibit holds, and its clock; one with all of them on the local clock by default. <c>R-001/second.zip/</c> is an archive in it.
    /// </param>
    public Disclosed Answer(Random? order = null, params (string Source, Func<int, bool> Holds, Func<LocalDateTime, LocalDateTime> Clock)[] exhibits)
    {
        var builder = new DisclosedBuilder();
        if (exhibits.Length == 0)
        {
            exhibits = [("R-001", _ => true, at => at)];
        }

        var work = new List<Action>();
        foreach (var (source, holds, clock) in exhibits)
        {
            var (exhibit, archive) = (source.Split('/')[0], source[source.Split('/')[0].Length..].TrimStart('/'));
            if (archive.Length == 0)
            {
                builder.Exhibit(new AnswerExhibit(exhibit, new string('b', 64), "zip", Received.PlusDays(exhibit == "R-002" ? 20 : 0), 8, CutOff, null, null));
            }

            var line = 1;
            foreach (var (category, at, value) in Steps.Select(row => (Category.Steps, row.At, row.Value)).Concat(Heart.Select(row => (Category.HeartRate, row.At, row.Value))).Concat(Again))
            {
                line++;
                if (holds(line))
                {
                    var (own, local) = (line, clock(at));
                    var member = archive + (category == Category.Steps ? "ACTIVITY_MINUTE/ACTIVITY_MINUTE_1.csv" : Numbers);
                    work.Add(() => builder.Minutes(exhibit, member, category, null, local.Date).Add((local.Hour * 60) + local.Minute, value, own));
                }
            }

            work.AddRange(Occurrences.Where((_, i) => holds(i)).Select(what => (Action)(() => builder.Occurrence(what with { Origin = what.Origin with { Exhibit = exhibit } }))));
            work.AddRange(Series.Where((_, i) => holds(i)).Select(series => (Action)(() => builder.Series(series with { Origin = series.Origin with { Exhibit = exhibit } }))));
            work.AddRange(Facts.Where((_, i) => holds(i)).Select(fact => (Action)(() => builder.Fact(fact with { Origin = fact.Origin with { Exhibit = exhibit } }))));
            work.AddRange(Uploaded.Totals.Where((_, i) => holds(i)).Select((total, i) => (Action)(() => builder.Total(total with { Origin = Origin.InAnswer(exhibit, "ACTIVITY/ACTIVITY_1.csv", i + 2) }))));
        }

        builder.Text(new AnswerText(Origin.InAnswer("R-001", "letter.eml", 0), Letter));
        foreach (var one in order is null ? work.AsEnumerable() : work.OrderBy(_ => order.Next()))
        {
            one();
        }

        return builder.Build();
    }

    private static IEnumerable<(LocalDateTime At, short Value)> Rows(SyntheticWeeks weeks, Func<SyntheticDay, byte[]> values, Func<byte, bool> counts) =>
        weeks.Days.SelectMany(day => Enumerable.Range(0, 1440).Where(minute => counts(values(day)[minute])).Select(minute => (day.Date.AtMidnight().PlusMinutes(minute), (short)values(day)[minute])));

    /// <summary>A day of two bands: the first was worn until noon, the second from then on.</summary>
    private static IEnumerable<MinuteDay> TwoBands(MinuteDay day, bool split)
    {
        if (!split)
        {
            return [day];
        }

        return [Half(0, 720, "D4000000FFFF0001"), Half(720, 1440, "D4000000FFFF0002")];

        MinuteDay Half(int from, int to, string device) =>
            new(day.Category, day.Date, day.Offset, day.Origin, [.. day.Values.Select((value, minute) => minute >= from && minute < to ? value : MinuteDay.None)]) { Device = device, SeenAt = day.SeenAt };
    }

    private static IEnumerable<Occurrence> Stages(SyntheticDay day)
    {
        string[] kinds = ["light", "deep", "rem", "light"];
        var length = (day.SleepEnd - day.SleepStart) / kinds.Length;
        return kinds.Select((kind, i) => new Occurrence(
            Category.SleepStage, Moment.At(day.SleepStart + (length * i), day.Offset), Moment.At(day.SleepStart + (length * (i + 1)), day.Offset),
            [Field.Of("stage", kind)], Origin.InUpload("E-001", 1, $"data_json.summary.slp.stage[{i}]")));
    }

    private static IEnumerable<Occurrence> Weighings(SyntheticDay day, Random random) =>
    [
        Weighing(day, 7, 178, 70 + (random.Next(100) / 10m)),
        Weighing(day, 8, 165, 55 + (random.Next(100) / 10m)),
    ];

    private static Occurrence Weighing(SyntheticDay day, int hour, int height, decimal weight) => new(
        Category.Body, Moment.At(day.Date.At(new LocalTime(hour, 12)).WithOffset(day.Offset).ToInstant(), day.Offset), null,
        [Field.Of("weight", weight), Field.Of("height", height)], Origin.InUpload("E-001", 1, "jsondata"));

    private static Series Track(SyntheticRun run, int index, Random random)
    {
        var seconds = Enumerable.Range(0, 300).Select(i => i * 6).ToArray();
        return new Series(
            Category.WorkoutTrack, run.Start.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), Moment.At(run.Start, run.Offset), seconds,
            ["latitude", "longitude"], [[.. seconds.Select(at => run.Latitude + (at * 1e-5))], [.. seconds.Select(at => run.Longitude + (random.Next(9) * 1e-5))]],
            Origin.InUpload("E-001", index + 1, "longitude_latitude"));
    }

    private static IEnumerable<Fact> FactsOf(Random random)
    {
        (Category, string, string, bool)[] facts =
        [
            (Category.Profile, "height", "178", false), (Category.Profile, "gender", "female", false), (Category.Profile, "birth-month", "1986-04", false),
            (Category.Account, "user-id", $"30{random.Next(10_000_000, 99_999_999)}", true), (Category.Account, "country", "NL", false),
            (Category.Device, "device-id", $"D4{random.Next(100_000, 999_999)}FFFF0001", true), (Category.Device, "serial", $"SN{random.Next(100_000, 999_999)}", true),
            (Category.Network, "installation-id", $"{Guid.NewGuid():N}"[..8] + $"-{random.Next(100_000, 999_999)}", true),
        ];
        return [.. facts.Select(fact => new Fact(fact.Item1, fact.Item2, fact.Item3, Origin.InUpload("E-001", 1, fact.Item2)) { Identifies = fact.Item4, Count = 3 }),
            new Fact(Category.Location, "geohash", $"u15pm{random.Next(100, 999)}", Origin.InUpload("E-001", 2, "geohash")) { InWorkout = true, Count = 2 }];
    }

    private static HostTraffic Host(string name) => new(name, 40, 20, 0, 0, 9_000, Instant.FromUtc(2026, 3, 2, 8, 0), Instant.FromUtc(2026, 4, 2, 8, 0));
}
