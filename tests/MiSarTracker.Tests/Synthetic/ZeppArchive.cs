using System.Globalization;
using System.IO.Compression;
using System.Text;
using NodaTime.Text;

namespace MiSarTracker.Tests.Synthetic;

/// <summary>Prints a synthetic answer in the form of the vendor's export, newest headers.</summary>
public static class ZeppArchive
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd,HH:mm");
    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss'+0000'");

    /// <summary>Member names and contents.</summary>
    /// <param name="stamp">When the export was made, Unix milliseconds: it stands in every name.</param>
    public static IReadOnlyList<(string Name, string Text)> Members(SyntheticExport export, long stamp) =>
    [
        Member("ACTIVITY", "date,steps,distance,runDistance,calories", export.Totals.Select(day => $"{Day.Format(day.Key)},{day.Value.Steps},{day.Value.Distance},0,{day.Value.Calories}")),
        Member("ACTIVITY_MINUTE", "date,time,steps", export.Steps.Select(row => $"{Minute.Format(row.Key)},{row.Value}")),
        Member("HEARTRATE_AUTO", "date,time,heartRate", export.Heart.Select(row => $"{Minute.Format(row.Key)},{row.Value}")),
        Member("SLEEP", "date,deepSleepTime,shallowSleepTime,wakeTime,start,stop,REMTime,naps", export.Nights.Select(night =>
            $"{Day.Format(night.Key)},{night.Value.Deep},{night.Value.Light},{night.Value.Awake},{Utc.Format(night.Value.Start)},{Utc.Format(night.Value.End)},0,")),
        Member("SPORT", "type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),avgPace(/meter),calories(kcal)", export.Runs.Select(run =>
            string.Create(CultureInfo.InvariantCulture, $"1,{Utc.Format(run.Start)},{(run.End - run.Start).TotalSeconds},-1.0,-1.0,{run.Distance:0.0},{(run.End - run.Start).TotalSeconds / run.Distance},{run.Calories:0.0}"))),
        Member("USER", "userId,gender,height,weight,nickName,avatar,birthday", ["3000000001,1,172.0,64.5,Ada,,1985-06"]),
    ];

    /// <summary>A plain archive of the members.</summary>
    public static byte[] Zip(SyntheticExport export, long stamp)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in Members(export, stamp))
            {
                using var entry = zip.CreateEntry($"{name}/{name}_{stamp}.csv").Open();
                entry.Write(Encoding.UTF8.GetBytes("\uFEFF" + text));
            }
        }

        return file.ToArray();
    }

    private static (string, string) Member(string name, string header, IEnumerable<string> rows) => (name, string.Join('\n', rows.Prepend(header)) + "\n");
}
