using System.Globalization;
using System.Text;
using System.Text.Json;
using MiSarTracker.TestBench.Inputs;
using MiSarTracker.TestBench.Running;
using MiSarTracker.Tests.Formats.Captures;

namespace MiSarTracker.FaultTests.Promises;

/// <summary>
/// P11: captures of any size, damaged in all ways, within a bound of memory: what is before and behind a damage is
/// kept, and each damage is one line.
/// </summary>
internal static class LargeCapture
{
    private const double MostMiB = 200;

    private static readonly IReadOnlyList<(string Name, Func<string, Trial, Expected> Make)> Cases =
    [
        ("dump-cut", (path, trial) => Dump(path, trial, file => file.Write("123456:12:incomplete"u8), exchangesBehind: false)),
        ("dump-broken-flow", (path, trial) => Dump(path, trial, file => file.Write("40:7:request;3:abc,8:response;0:~broken!~~~~}"u8), exchangesBehind: true)),
        ("dump-absurd-length", (path, trial) => Dump(path, trial, file => file.Write("1000000000000:"u8), exchangesBehind: true)),
        ("dump-2GB-body", TwoGigabyteBody),
        ("har-cut", (path, trial) => Har(path, trial, har => har.WriteBroken("{\"startedDateTime\":\"2024-03-30T12:00:00Z\",\"request\":{\"method\":\"PO"), exchangesBehind: false)),
        ("har-broken-entry", (path, trial) => Har(path, trial, har => har.WriteBroken("{\"startedDateTime\": oops, \"request\": {}}"), exchangesBehind: true)),
        ("har-depth-bomb", (path, trial) => Har(path, trial, har => har.WriteBroken("{\"x\":" + new string('[', 200_000) + new string(']', 200_000) + "}"), exchangesBehind: true)),
        ("har-bom", HarWithMark),
        ("har-2GB-string", TwoGigabyteString),
    ];

    public static void Break(Trial trial)
    {
        foreach (var (name, make) in Cases.Where(one => trial.Only is null || one.Name == trial.Only))
        {
            var path = trial.At(name);
            var expected = make(path, trial);
            var (misar, @case) = trial.NewCase(name);
            var run = misar.Command("evidence", "add", @case, path, "--json").Run();
            trial.Say(string.Create(CultureInfo.InvariantCulture, $"{name,-20} {new FileInfo(path).Length / 1e6,9:N0} MB  {run.Seconds,7:0.00} s  processor {run.Cpu,6:0.00} s  peak {run.PeakMiB,4:0} MiB"));
            trial.Must(run.PeakMiB <= MostMiB, name, string.Create(CultureInfo.InvariantCulture, $"its peak was {run.PeakMiB:0} MiB, more than {MostMiB:0}"));
            Judge(trial, name, run, expected);
            File.Delete(path);
            trial.Remove(misar);
        }
    }

    private static void Judge(Trial trial, string name, Measured run, Expected expected)
    {
        if (!trial.Must(run.ExitCode == 0, name, $"exit code {run.ExitCode}: {run.Errors}"))
            return;
        using var json = JsonDocument.Parse(run.Output);
        var file = json.RootElement.GetProperty("files")[0];
        var (exchanges, damages) = (file.GetProperty("exchanges").GetInt64(), file.GetProperty("damaged").GetArrayLength());
        trial.Must(exchanges == expected.Exchanges, name, $"{expected.Exchanges} exchanges stand in it, {exchanges} were read");
        trial.Must(damages == expected.Damages, name, $"{expected.Damages} damages are in it, {damages} were reported: {file.GetProperty("damaged")}");
    }

    private static Expected Dump(string path, Trial trial, Action<FileStream> damage, bool exchangesBehind)
    {
        var half = (long)trial.SizeMiB << 19;
        var before = Captures.WriteDump(path, half, TrafficMix.ImagesAndJson(trial.Seed));
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        damage(file);
        return exchangesBehind
            ? new Expected(before.Exchanges + Append(file, half, trial.Seed + 1), 1)
            : new Expected(before.Exchanges, 1);
    }

    private static long Append(FileStream file, long bytes, int seed)
    {
        var (mix, writer, exchanges, end) = (TrafficMix.ImagesAndJson(seed), new FlowDumpWriter(file, Captures.DumpVersion), 0L, file.Length + bytes);
        while (file.Position < end)
        {
            foreach (var flow in mix.Sync())
            {
                writer.Write(flow);
                exchanges++;
            }
        }

        return exchanges;
    }

    /// <summary>A body of two gigabytes in a flow of its own: the flow is damage, its neighbours are kept.</summary>
    private static Expected TwoGigabyteBody(string path, Trial trial)
    {
        const long Body = 2L << 30;
        return Dump(path, trial, file =>
        {
            var head = Encoding.ASCII.GetBytes($"8:response;{Body + 28}:7:content;{Body}:");
            var tail = ",}7:version;2:17#4:type;4:http;"u8;
            file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head.Length + Body + tail.Length}:")));
            file.Write(head);
            var zeros = new byte[1 << 20];
            for (var written = 0L; written < Body; written += zeros.Length)
                file.Write(zeros);
            file.Write(tail);
            file.Write("}"u8);
        }, exchangesBehind: true);
    }

    private static Expected Har(string path, Trial trial, Action<HarWriter> damage, bool exchangesBehind)
    {
        var half = (long)trial.SizeMiB << 19;
        using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 20);
        using var har = new HarWriter(file);
        var exchanges = Entries(file, har, half, trial.Seed);
        damage(har);
        if (exchangesBehind)
        {
            exchanges += Entries(file, har, 2 * half, trial.Seed + 1);
            har.End();
        }

        return new Expected(exchanges, 1);
    }

    private static Expected HarWithMark(string path, Trial trial)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 20);
        file.Write("\uFEFF"u8);
        using var har = new HarWriter(file);
        var exchanges = Entries(file, har, (long)trial.SizeMiB << 18, trial.Seed);
        har.End();
        return new Expected(exchanges, 0);
    }

    /// <summary>One entry whose body is a string of two gigabytes: it is larger than an exchange may be, and costs itself only.</summary>
    private static Expected TwoGigabyteString(string path, Trial trial)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 20);
        using var har = new HarWriter(file);
        var exchanges = Entries(file, har, (long)trial.SizeMiB << 18, trial.Seed);
        har.WriteBroken("{\"startedDateTime\":\"2024-03-30T12:00:00Z\",\"time\":1,\"request\":{\"method\":\"GET\",\"url\":\"https://a.example/\",\"headers\":[]},\"response\":{\"status\":200,\"headers\":[],\"content\":{\"size\":1,\"text\":\"");
        file.Flush();
        var letters = new byte[1 << 20];
        Array.Fill(letters, (byte)'a');
        for (var i = 0; i < 2_048; i++)
            file.Write(letters);
        file.Write("\"}}}"u8);
        exchanges += Entries(file, har, (long)trial.SizeMiB << 19, trial.Seed + 1, onlyMore: true);
        har.End();
        return new Expected(exchanges, 1);
    }

    private static long Entries(FileStream file, HarWriter har, long until, int seed, bool onlyMore = false)
    {
        var (mix, exchanges, end) = (TrafficMix.ImagesAndJson(seed), 0L, onlyMore ? file.Position + until : until);
        while (file.Position < end)
        {
            foreach (var flow in mix.Sync())
            {
                har.Write(flow);
                exchanges++;
            }
        }

        return exchanges;
    }

    /// <param name="Exchanges">That are to be read.</param>
    /// <param name="Damages">That are to be reported.</param>
    private sealed record Expected(long Exchanges, int Damages);
}
