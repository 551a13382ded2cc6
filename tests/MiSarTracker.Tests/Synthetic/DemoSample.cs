using System.Text;
using MiSarTracker.Core.Observations;
using MiSarTracker.Tests.Formats.Captures;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Synthetic;

/// <summary>The demo's own sample: six weeks of a made-up wearer, and an answer with planted differences.</summary>
public static class DemoSample
{
    /// <summary>The answer's creation stamp: 2026-11-11.</summary>
    public const long Stamp = 1794400000000;

    public const string Password = "AbCdEfGh";

    private static readonly DateTimeZone Amsterdam = DateTimeZoneProviders.Tzdb["Europe/Amsterdam"];

    public static SyntheticWeeks Weeks { get; } = SyntheticWeeks.Make(20260817, new LocalDate(2026, 8, 17), 42, Amsterdam);

    public static byte[] Capture() => FlowDumpWriter.Dump(FlowDumpVersion.Current, MiFitTraffic.Of(Weeks));

    /// <summary>The answer, and what was planted in it.</summary>
    public static (SyntheticExport Export, IReadOnlyList<Planted> Planted) Answer()
    {
        var export = new SyntheticExport(Weeks);
        var planter = new Planter(Weeks, export, new Random(20260817));
        for (var i = 0; i < 4; i++)
        {
            planter.RemoveDay(Category.HeartRate);
        }

        for (var i = 0; i < 3; i++)
        {
            planter.RemoveMinutes(Category.HeartRate, 20);
        }

        planter.AlterMinutes(Category.HeartRate, 12);
        planter.RemoveMinutes(Category.Steps, 9);
        planter.RemoveDay(Category.Steps);
        planter.AlterTotal();
        planter.AlterNight();
        planter.RemoveNight();
        return (export, planter.All);
    }

    /// <summary>Writes the demo's files; the archive is packed and encrypted by 7-Zip.</summary>
    public static void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "weeks.mitm"), Capture());
        File.WriteAllText(Path.Combine(folder, "password.txt"), Password + "\n");
        var work = Directory.CreateTempSubdirectory("misar-demo-");
        foreach (var (name, text) in ZeppArchive.Members(Answer().Export, Stamp))
        {
            Directory.CreateDirectory(Path.Combine(work.FullName, name));
            File.WriteAllText(Path.Combine(work.FullName, name, $"{name}_{Stamp}.csv"), text, new UTF8Encoding(true));
        }

        var archive = Path.Combine(folder, $"3000000001_{Stamp}.zip");
        File.Delete(archive);
        using var packer = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("7zz", ["a", "-tzip", "-mem=AES256", $"-p{Password}", archive, "."]) { WorkingDirectory = work.FullName, RedirectStandardOutput = true })!;
        packer.StandardOutput.ReadToEnd();
        packer.WaitForExit();
        Assert.Equal(0, packer.ExitCode);
        work.Delete(recursive: true);
    }
}
