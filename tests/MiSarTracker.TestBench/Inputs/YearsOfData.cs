using System.Globalization;
using System.Text;
using MiSarTracker.Tests.Formats.Captures;
using MiSarTracker.Tests.Synthetic;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.TestBench.Inputs;

/// <summary>
/// Years of one wearer, heart rate every minute: the capture in which every day was uploaded, and the vendor's export
/// with gaps that are known. Written row by row; nothing is held but the days.
/// </summary>
public sealed class YearsOfData
{
    /// <summary>The export's creation stamp: 2026-11-11. The last day lies just before it.</summary>
    public const long Stamp = 1794400000000;

    private const int GapMinutes = 10;
    private readonly SyntheticWeeks _weeks;
    private readonly HashSet<int> _gaps = [];

    /// <param name="days">How many days; 3,800 of them have 5.3 million heart rates.</param>
    /// <param name="gaps">How many stretches of ten minutes the export's heart rates lack.</param>
    public YearsOfData(int days, int gaps)
    {
        _weeks = SyntheticWeeks.Make(20261111, new LocalDate(2026, 11, 9).PlusDays(-days), days, DateTimeZone.Utc);
        var every = days * 1440L / Math.Max(1, gaps);
        for (var i = 0; i < gaps; i++)
            _gaps.Add((int)((every * i) + (every / 2)));
    }

    public long Missing { get; private set; }

    public long HeartRates { get; private set; }

    /// <summary>A flow dump with one upload for each evening: the day and the day before.</summary>
    public void WriteCapture(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        var writer = new FlowDumpWriter(file, Captures.DumpVersion);
        foreach (var flow in MiFitTraffic.Of(_weeks))
            writer.Write(flow);
    }

    /// <summary>Every heart rate as it was uploaded, as the table that a database would compare.</summary>
    public void WriteUploadedHeartRates(string path) => WriteHeartRates(path, complete: true);

    /// <summary>The export's folders with their tables, as Zepp's archive holds them.</summary>
    public void WriteExport(string folder)
    {
        WriteHeartRates(Member(folder, "HEARTRATE_AUTO"), complete: false);
        Table(Member(folder, "ACTIVITY_MINUTE"), "date,time,steps", _weeks.Days.SelectMany(day => Enumerable.Range(0, 1440)
            .Where(minute => day.Steps[minute] > 0).Select(minute => $"{Date(day)},{Clock(minute)},{day.Steps[minute]}")));
        Table(Member(folder, "ACTIVITY"), "date,steps,distance,runDistance,calories", _weeks.Days.Select(day => $"{Date(day)},{day.TotalSteps},{day.Distance},0,{day.Calories}"));
        Table(Member(folder, "SLEEP"), "date,deepSleepTime,shallowSleepTime,wakeTime,start,stop,REMTime,naps", _weeks.Days.Select(day =>
            $"{Date(day)},{day.Deep},{day.Light},{day.Awake},{Utc(day.SleepStart)},{Utc(day.SleepEnd)},0,"));
        Table(Member(folder, "SPORT"), "type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),avgPace(/meter),calories(kcal)", _weeks.Runs.Select(run =>
            string.Create(CultureInfo.InvariantCulture, $"1,{Utc(run.Start)},{(run.End - run.Start).TotalSeconds},-1.0,-1.0,{run.Distance:0.0},{(run.End - run.Start).TotalSeconds / run.Distance},{run.Calories:0.0}")));
        Table(Member(folder, "USER"), "userId,gender,height,weight,nickName,avatar,birthday", ["3000000001,1,172.0,64.5,Ada,,1985-06"]);
    }

    /// <summary>Where the export's heart rates stand below its folder.</summary>
    public static string HeartRatesIn(string folder) => Path.Combine(folder, "HEARTRATE_AUTO", $"HEARTRATE_AUTO_{Stamp}.csv");

    private static string Member(string folder, string name)
    {
        Directory.CreateDirectory(Path.Combine(folder, name));
        return Path.Combine(folder, name, $"{name}_{Stamp}.csv");
    }

    private void WriteHeartRates(string path, bool complete)
    {
        (HeartRates, Missing) = (0, complete ? Missing : 0);
        using var text = new StreamWriter(path, false, new UTF8Encoding(true), 1 << 20) { NewLine = "\n" };
        text.WriteLine("date,time,heartRate");
        for (var i = 0; i < _weeks.Days.Count; i++)
        {
            var day = _weeks.Days[i];
            var (date, left) = (Date(day), 0);
            for (var minute = 0; minute < 1440; minute++)
            {
                left = !complete && _gaps.Contains((i * 1440) + minute) ? GapMinutes : Math.Max(0, left - 1);
                if (day.Heart[minute] >= 254)
                    continue;
                HeartRates++;
                Missing += left > 0 ? 1 : 0;
                if (left == 0)
                    text.WriteLine($"{date},{Clock(minute)},{day.Heart[minute]}");
            }
        }
    }

    private static void Table(string path, string header, IEnumerable<string> rows)
    {
        using var text = new StreamWriter(path, false, new UTF8Encoding(true), 1 << 20) { NewLine = "\n" };
        text.WriteLine(header);
        foreach (var row in rows)
            text.WriteLine(row);
    }

    private static string Date(SyntheticDay day) => LocalDatePattern.Iso.Format(day.Date);

    private static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";

    private static string Utc(Instant at) => at.ToString("uuuu-MM-dd HH:mm:ss'+0000'", CultureInfo.InvariantCulture);
}
