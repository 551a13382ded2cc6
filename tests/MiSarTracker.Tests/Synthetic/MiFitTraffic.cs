using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using MiSarTracker.Tests.Formats.Captures;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Tests.Synthetic;

/// <summary>
/// The requests that a phone with a made-up wearer's band would send: one sync every evening with the last days, as the
/// app does, and what comes with a run. Written from the format's description, not with the product's code.
/// </summary>
public static class MiFitTraffic
{
    private const string User = "3000000001";

    /// <param name="weeks">The wearer's weeks.</param>
    /// <param name="daysPerSync">How many days each sync repeats, the last one included.</param>
    public static IReadOnlyList<RecordedFlow> Of(SyntheticWeeks weeks, int daysPerSync = 2)
    {
        var flows = new List<RecordedFlow>();
        for (var i = 0; i < weeks.Days.Count; i++)
        {
            var day = weeks.Days[i];
            var at = day.Date.At(new LocalTime(23, 58)).WithOffset(day.Offset).ToInstant();
            foreach (var run in weeks.Runs.Where(run => run.Start.WithOffset(run.Offset).Date == day.Date))
            {
                flows.Add(Post("/v1/sport/run/summary.json", Summary(run), run.End + Duration.FromMinutes(2)));
                flows.Add(Post("/v1/sport/run/detail.json", Detail(run), run.End + Duration.FromMinutes(2)));
            }

            flows.Add(Post("/v1/data/band_data.json", BandData(weeks.Days.Skip(Math.Max(0, i - daysPerSync + 1)).Take(Math.Min(daysPerSync, i + 1))), at));
        }

        return flows;
    }

    private static RecordedFlow Post(string path, IReadOnlyList<(string Name, string Value)> fields, Instant at)
    {
        var ms = at.ToUnixTimeMilliseconds();
        return new RecordedFlow
        {
            Target = $"{path}?r=00000000-0000-4000-8000-{ms % 1_000_000_000_000:000000000000}&t={ms}&userid={User}&appid=2882303761517154077&country=NL&lang=nl_NL&timezone=Europe%2FAmsterdam&v=2.0&cv=50545_5.9.2-play&device=android_29&device_type=android_phone&channel=play",
            StartedAt = at,
            Headers =
            [
                ("apptoken", "demo-token-0123456789"), ("appname", "com.xiaomi.hm.health"), ("appplatform", "android_phone"), ("cv", "50545_5.9.2-play"), ("v", "2.0"),
                ("User-Agent", "MiFit/5.9.2 (Pixel 3; Android 10; Density/2.75)"), ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Encoding", "gzip"),
            ],
            Body = Gzip(string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"))),
        };
    }

    private static List<(string, string)> BandData(IEnumerable<SyntheticDay> days) =>
    [
        ("data_json", new JsonArray([.. days.Select(Day)]).ToJsonString()),
        ("userid", User), ("last_deviceid", Observed.Device), ("last_source", "24"), ("device_type", "0"), ("uuid", "demo-installation-01"),
    ];

    private static JsonObject Day(SyntheticDay day)
    {
        var minutes = new byte[1440 * 3];
        for (var minute = 0; minute < 1440; minute++)
        {
            (minutes[minute * 3], minutes[(minute * 3) + 1], minutes[(minute * 3) + 2]) = (day.Kind[minute], day.Intensity[minute], day.Steps[minute]);
        }

        return new JsonObject
        {
            ["date"] = LocalDatePattern.Iso.Format(day.Date),
            ["type"] = 0,
            ["source"] = 24,
            ["data_hr"] = Convert.ToBase64String(day.Heart),
            ["data"] = new JsonArray(new JsonObject
            {
                ["start"] = 0,
                ["stop"] = 1439,
                ["value"] = Convert.ToBase64String(minutes),
                ["tz"] = day.Offset.Seconds / 900,
                ["did"] = Observed.Device,
                ["src"] = 24,
            }),
            ["summary"] = DaySummary(day).ToJsonString(),
        };
    }

    private static JsonObject DaySummary(SyntheticDay day)
    {
        var midnight = day.Date.AtMidnight().WithOffset(day.Offset).ToInstant();
        var start = (int)(day.SleepStart - midnight).TotalMinutes + 1440;
        var end = (int)(day.SleepEnd - midnight).TotalMinutes + 1440;
        return new JsonObject
        {
            ["v"] = 6,
            ["goal"] = 8000,
            ["tz"] = day.Offset.Seconds.ToString(CultureInfo.InvariantCulture),
            ["stp"] = new JsonObject { ["ttl"] = day.TotalSteps, ["dis"] = day.Distance, ["cal"] = day.Calories, ["wk"] = 60, ["rn"] = 0, ["runDist"] = 0, ["runCal"] = 0, ["stage"] = new JsonArray() },
            ["slp"] = new JsonObject
            {
                ["st"] = day.SleepStart.ToUnixTimeSeconds(),
                ["ed"] = day.SleepEnd.ToUnixTimeSeconds(),
                ["dp"] = day.Deep,
                ["lt"] = day.Light,
                ["wk"] = day.Awake,
                ["dt"] = 0,
                ["wc"] = 1,
                ["rhr"] = 55,
                ["ss"] = 80,
                ["usrSt"] = -1440,
                ["usrEd"] = -1440,
                ["stage"] = new JsonArray(
                    Stage(start, start + day.Deep - 1, 5), Stage(start + day.Deep, start + day.Deep + day.Awake - 1, 7), Stage(start + day.Deep + day.Awake, end - 1, 4)),
            },
        };
    }

    private static JsonObject Stage(int start, int stop, int mode) => new() { ["start"] = start, ["stop"] = stop, ["mode"] = mode };

    private static List<(string, string)> Summary(SyntheticRun run)
    {
        var seconds = (run.End - run.Start).TotalSeconds;
        return
        [
            ("trackid", Id(run)), ("source", "run.mifit.huami.com"), ("version", "12"), ("type", "1"), ("dis", Text(run.Distance)), ("calorie", Text(run.Calories)),
            ("end_time", run.End.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), ("run_time", Text(seconds)), ("avg_pace", Text(Math.Round(seconds / run.Distance, 4))),
            ("avg_heart_rate", "141"), ("total_step", "4800"), ("location", "u173zq0b5x7d"), ("city", "Den Haag"), ("bind_device", "0:MILI:24:" + Observed.Device), ("userid", User),
        ];
    }

    private static List<(string, string)> Detail(SyntheticRun run)
    {
        var track = new StringBuilder();
        var times = new StringBuilder();
        var heart = new StringBuilder();
        for (var i = 0; i < 186; i++)
        {
            var bend = (int)(900 * Math.Sin(i / 14.0));
            track.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? (long)(run.Latitude * 1e8) : 2200 + bend)},{(i == 0 ? (long)(run.Longitude * 1e8) : 3100 - bend)};");
            times.Append(i == 0 ? "0;" : "10;");
            heart.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 0 : 10)},{(i == 0 ? 118 : i % 3 - 1)};");
        }

        return
        [
            ("trackid", Id(run)), ("source", "run.mifit.huami.com"), ("version", "12"), ("longitude_latitude", track.ToString()), ("time", times.ToString()), ("heart_rate", heart.ToString()), ("userid", User),
        ];
    }

    private static string Id(SyntheticRun run) => run.Start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
