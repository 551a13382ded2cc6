using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using MiSarTracker.FaultTests.Hostile;
using MiSarTracker.TestBench.Running;

namespace MiSarTracker.FaultTests.Promises;

/// <summary>
/// P10: archives that lie or attack, each beside one honest table. Nothing may be written outside the workspace, the
/// honest table is read wherever the archive can be opened, each lie is named, and none costs much.
/// </summary>
internal static class HostileZip
{
    private const double MostMiB = 150;
    private const double MostSeconds = 2;
    private const string Table = "date,time,heartRate\n2024-03-30,10:00,61\n2024-03-30,10:01,62\n";
    private static readonly ForgedEntry Honest = ForgedEntry.Of("HEARTRATE_AUTO/HEARTRATE_AUTO_1714557600000.csv", Table);

    /// <summary>What must come of an archive.</summary>
    private enum Outcome
    {
        /// <summary>It is read, and something of it is reported as damaged.</summary>
        Named,

        /// <summary>Either: read with or without a report, or refused as bad input. It must only do no harm.</summary>
        Harmless,
    }

    private static readonly IReadOnlyList<(string Name, Outcome Outcome, Func<byte[]> Make)> Cases =
    [
        ("dot-dot", Outcome.Harmless, () => ZipForge.Write(ForgedEntry.Of("../../../escaped.csv", Table), Honest)),
        ("absolute", Outcome.Harmless, () => ZipForge.Write(ForgedEntry.Of("/tmp/misar-escaped.csv", Table), Honest)),
        ("backslash", Outcome.Harmless, () => ZipForge.Write(ForgedEntry.Of("..\\..\\escaped.csv", Table), Honest)),
        ("nul-in-name", Outcome.Harmless, () => ZipForge.Write(ForgedEntry.Of("a.csv\0.exe", Table), Honest)),
        ("symlink", Outcome.Harmless, () => ZipForge.Write(ForgedEntry.Of("link", "/etc/passwd") with { Attributes = 0xA1FF0000 }, Honest)),
        ("duplicate-names", Outcome.Harmless, () => ZipForge.Write(Honest, Honest)),
        ("overlap", Outcome.Named, Overlap),
        ("size-too-small", Outcome.Named, () => ZipForge.Write(Lying() with { Size = 10 }, Honest)),
        ("size-too-large", Outcome.Named, () => ZipForge.Write(Lying() with { Size = 1_000_000 }, Honest)),
        ("wrong-crc", Outcome.Named, () => ZipForge.Write(Lying() with { Crc = 1 }, Honest)),
        ("packed-too-small", Outcome.Named, () => ZipForge.Write(Lying() with { PackedSize = 5 }, Honest)),
        ("packed-beyond-end", Outcome.Named, () => ZipForge.Write(Lying() with { PackedSize = 0x7FFFFFFF }, Honest)),
        ("offset-beyond-end", Outcome.Named, () => ZipForge.Write(Lying() with { Offset = 0x7FFFFFFF }, Honest)),
        ("bomb", Outcome.Named, Bomb),
        ("many-empty", Outcome.Harmless, () => ZipForge.Write([.. Enumerable.Range(0, 10_000).Select(i => ForgedEntry.Of(string.Create(CultureInfo.InvariantCulture, $"e{i}.csv"), "")), Honest])),
        ("nested-6-deep", Outcome.Named, Nested),
        ("zip64-lies", Outcome.Named, () => ZipForge.Write(Lying() with { Size = uint.MaxValue, PackedSize = uint.MaxValue, Extra = [1, 0, 16, 0, .. Enumerable.Repeat((byte)0xFF, 16)] }, Honest)),
        ("unknown-method", Outcome.Named, () => ZipForge.Write(Lying() with { Method = 77 }, Honest)),
        ("truncated-directory", Outcome.Harmless, () => ZipForge.Write(Lying(), Honest)[..^40]),
        ("aes-wrong-password", Outcome.Harmless, () => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "samples", "exports", "zepp_AE1_aes128.zip"))),
        ("aes-bad-mac", Outcome.Harmless, BadMac),
    ];

    public static void Break(Trial trial)
    {
        foreach (var (name, outcome, make) in Cases.Where(one => trial.Only is null || one.Name == trial.Only))
        {
            var path = trial.At(name + ".zip");
            File.WriteAllBytes(path, make());
            var (misar, @case) = trial.NewCase(name);
            var outside = Outside(trial);
            var run = misar.Command("response", "add", @case, path, "--json", "--password", "wrong-horse").Run();
            trial.Say(string.Create(CultureInfo.InvariantCulture, $"{name,-20} exit {run.ExitCode}  {run.Seconds,5:0.00} s  processor {run.Cpu,5:0.00} s  peak {run.PeakMiB,4:0} MiB"));
            trial.Must(run.PeakMiB <= MostMiB, name, string.Create(CultureInfo.InvariantCulture, $"its peak was {run.PeakMiB:0} MiB, more than {MostMiB:0}"));
            trial.Must(run.Cpu <= MostSeconds, name, string.Create(CultureInfo.InvariantCulture, $"it took {run.Cpu:0.00} s of processor time, more than {MostSeconds:0}"));
            trial.Must(outside.SetEquals(Outside(trial)), name, $"files appeared outside the workspace: {string.Join(", ", Outside(trial).Except(outside))}");
            Judge(trial, name, outcome, run);
            trial.Remove(misar);
        }
    }

    private static void Judge(Trial trial, string name, Outcome outcome, Measured run)
    {
        var canBeRefused = outcome == Outcome.Harmless;
        if (!trial.Must(run.ExitCode == 0 || (canBeRefused && run.ExitCode == 3), name, $"exit code {run.ExitCode}: {run.Errors}") || run.ExitCode != 0)
            return;
        using var json = JsonDocument.Parse(run.Output);
        var file = json.RootElement.GetProperty("files")[0];
        if (outcome == Outcome.Named)
            trial.Must(file.GetProperty("damaged").GetArrayLength() > 0, name, "nothing was reported of it");
        if (outcome != Outcome.Harmless)
        {
            var rows = file.GetProperty("members").EnumerateArray().Where(member => member.GetProperty("name").GetString()!.EndsWith(Honest.Name, StringComparison.Ordinal)).Sum(member => member.GetProperty("rows").GetInt64());
            trial.Must(rows == 2, name, $"the honest table beside it has 2 rows, {rows} were read");
        }
    }

    /// <summary>Every file where an archive could have put one, but the workspaces.</summary>
    private static HashSet<string> Outside(Trial trial) =>
    [
        .. Directory.EnumerateFiles(trial.At("."), "*", SearchOption.TopDirectoryOnly),
        .. Directory.EnumerateFiles(Path.GetTempPath(), "*escaped*", SearchOption.TopDirectoryOnly),
        .. Directory.EnumerateDirectories(trial.At(".")).Where(folder => !Directory.Exists(Path.Combine(folder, "workspace"))),
        .. Directory.EnumerateDirectories(trial.At(".")).SelectMany(folder => Directory.EnumerateFileSystemEntries(folder)).Where(path => Path.GetFileName(path) != "workspace" && !Path.GetFileName(path).StartsWith('.')),
    ];

    private static ForgedEntry Lying() => ForgedEntry.Of("ACTIVITY/ACTIVITY_1714557600000.csv", "date,steps,distance,runDistance,calories\n2024-03-30,5000,3600,0,180\n");

    /// <summary>A hundred entries of the directory that all name the bytes of one.</summary>
    private static byte[] Overlap()
    {
        var large = ForgedEntry.Of("ACTIVITY/a.csv", new string('7', 4 << 20));
        return ZipForge.Write([Honest, large, .. Enumerable.Range(0, 100).Select(i => large with { Name = string.Create(CultureInfo.InvariantCulture, $"ACTIVITY/{i}.csv"), Packed = [], PackedSize = (uint)large.Packed.Length, Offset = (uint)(30 + Honest.Name.Length + Honest.Packed.Length) })]);
    }

    /// <summary>A gigabyte of zeros in a megabyte.</summary>
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 1_024; i++)
                deflate.Write(zeros);
        }

        return ZipForge.Write(new ForgedEntry("ACTIVITY/bomb.csv", packed.ToArray()) { Size = 1 << 30 }, Honest);
    }

    private static byte[] Nested()
    {
        var inner = ZipForge.Write(Lying());
        for (var depth = 0; depth < 6; depth++)
            inner = ZipForge.Write(ForgedEntry.Of("inner.zip", inner));
        return ZipForge.Write(ForgedEntry.Of("inner.zip", inner), Honest);
    }

    /// <summary>An encrypted archive of which a byte was changed.</summary>
    private static byte[] BadMac()
    {
        var archive = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "samples", "exports", "zepp_AE1_aes128.zip"));
        archive[200] ^= 1;
        return archive;
    }
}
