using MiSarTracker.Core.Observations;
using NodaTime;

namespace MiSarTracker.Tests.Synthetic;

/// <summary>The made-up weeks and answers as observations, without the bytes in between.</summary>
public static class Observed
{
    public const string Device = "D4000000FFFF0001";

    public static Uploaded Upload(SyntheticWeeks weeks, Instant? seenAt = null) => new()
    {
        Exhibits = [new UploadExhibit("E-001", new string('a', 64), "mitmproxy-21", null, null, weeks.Days.Count, weeks.Days.Count, 0)],
        Minutes = [.. weeks.Days.SelectMany((day, i) => Minutes(day, i + 1, seenAt))],
        Occurrences =
        [
            .. weeks.Days.Select((day, i) => new Occurrence(
                Category.Sleep, Moment.At(day.SleepStart, day.Offset), Moment.At(day.SleepEnd, day.Offset),
                [Field.Of("deep", day.Deep), Field.Of("light", day.Light), Field.Of("awake", day.Awake)],
                Origin.InUpload("E-001", i + 1, "data_json[0].summary.slp"))),
            .. weeks.Runs.Select(run => Workout(run, Origin.InUpload("E-001", 1, "summary"))),
        ],
        Totals =
        [
            .. weeks.Days.SelectMany((day, i) => Totals(day.Date, (day.TotalSteps, day.Distance, day.Calories), Origin.InUpload("E-001", i + 1, "data_json[0].summary.stp"))),
        ],
    };

    public static Disclosed Answer(SyntheticExport export, Instant cutOff)
    {
        var member = Origin.InAnswer("R-001", "SLEEP/SLEEP_1.csv", 2);
        return new Disclosed
        {
            Exhibits = [new AnswerExhibit("R-001", new string('b', 64), "zip", cutOff.InUtc().Date.PlusDays(1), 8, cutOff, null, null)],
            Minutes =
            [
                .. Days(Category.Steps, export.Steps, "ACTIVITY_MINUTE/ACTIVITY_MINUTE_1.csv"),
                .. Days(Category.HeartRate, export.Heart, "HEARTRATE_AUTO/HEARTRATE_AUTO_1.csv"),
            ],
            Occurrences =
            [
                .. export.Nights.Values.Select(night => new Occurrence(
                    Category.Sleep, Moment.At(night.Start, Offset.Zero), Moment.At(night.End, Offset.Zero),
                    [Field.Of("deep", night.Deep), Field.Of("light", night.Light), Field.Of("awake", night.Awake)], member)),
                .. export.Runs.Select(run => Workout(run, Origin.InAnswer("R-001", "SPORT/SPORT_1.csv", 2))),
            ],
            Totals = [.. export.Totals.SelectMany(day => Totals(day.Key, day.Value, Origin.InAnswer("R-001", "ACTIVITY/ACTIVITY_1.csv", 2)))],
        };
    }

    private static IEnumerable<MinuteDay> Minutes(SyntheticDay day, int exchange, Instant? seenAt)
    {
        yield return Of(Category.Steps, "value", minute => day.Steps[minute] > 0 ? day.Steps[minute] : MinuteDay.None);
        yield return Of(Category.HeartRate, "data_hr", minute => day.Heart[minute] < 254 ? day.Heart[minute] : MinuteDay.None);

        MinuteDay Of(Category category, string path, Func<int, short> value) =>
            new(category, day.Date, day.Offset, Origin.InUpload("E-001", exchange, $"data_json[0].{path}"), [.. Enumerable.Range(0, 1440).Select(value)])
            {
                Device = Device,
                SeenAt = seenAt,
            };
    }

    private static Occurrence Workout(SyntheticRun run, Origin origin) => new(
        Category.Workout, Moment.At(run.Start, run.Offset), Moment.At(run.End, run.Offset),
        [Field.Of("distance", run.Distance), Field.Of("calories", run.Calories), Field.Of("duration", (int)(run.End - run.Start).TotalSeconds)],
        origin, run.Start.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static IEnumerable<DailyTotal> Totals(LocalDate date, (int Steps, int Distance, int Calories) totals, Origin origin) =>
    [
        new DailyTotal(Category.Steps, date, "steps", totals.Steps, origin),
        new DailyTotal(Category.Steps, date, "distance", totals.Distance, origin),
        new DailyTotal(Category.Steps, date, "calories", totals.Calories, origin),
    ];

    private static IEnumerable<MinuteDay> Days(Category category, SortedDictionary<LocalDateTime, int> rows, string member)
    {
        var line = 1;
        foreach (var day in rows.GroupBy(row => row.Key.Date))
        {
            var values = new short[1440];
            values.AsSpan().Fill(MinuteDay.None);
            var lines = new int[1440];
            foreach (var (at, value) in day)
            {
                var minute = (at.Hour * 60) + at.Minute;
                (values[minute], lines[minute]) = ((short)value, ++line);
            }

            yield return new MinuteDay(category, day.Key, null, Origin.InAnswer("R-001", member, 0), values) { Lines = lines };
        }
    }
}
