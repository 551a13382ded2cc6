using System.Globalization;
using System.Text.Json;
using MiSarTracker.Benchmarks.Measuring;
using MiSarTracker.TestBench.Inputs;
using MiSarTracker.TestBench.Running;

namespace MiSarTracker.Benchmarks.Figures;

/// <summary>Adding captures: hashed, stored, every exchange indexed, every upload decoded.</summary>
internal static class EvidenceFigures
{
    private const string Copy = "hash and copy";
    private const string Mitmdump = "mitmdump -nr with a script";
    private const string Reader = "mitmproxy's FlowReader";
    private const string Jq = "jq '.log.entries|length'";

    public static void Dump(Bench bench)
    {
        var capture = LargeDump(bench, bench.Size);
        Measure(bench, "evidence", capture).AtMost(1.5, Copy).Faster(20, Mitmdump).Faster(8, Reader).PeakAtMost(200);
    }

    public static void SmallFlows(Bench bench)
    {
        var capture = bench.Input($"small-{bench.Size / 10}.mitm", path => Captures.WriteDump(path, ((long)bench.Size << 20) / 10, TrafficMix.ManySmall(2)));
        Measure(bench, "small-flows", capture).Faster(20, Mitmdump).Faster(8, Reader).PeakAtMost(200);
    }

    public static void Har(Bench bench)
    {
        var capture = bench.Input($"large-{bench.Size}.har", path => Captures.WriteHar(path, (long)(1_460_000_000.0 * bench.Size / 1_000), TrafficMix.ImagesAndJson(1)));
        var entries = 0L;
        var duel = new Duel(bench, "har", Words(capture)).Run(
            Adding(bench, capture),
            new Contestant(Jq, () => Noted(new Command("jq", ".log.entries|length", capture.Path).Run(), run => entries = long.Parse(run.Output, CultureInfo.InvariantCulture)), ("jq", "jq")),
            CopyOf(bench, capture));
        duel.Agree("entries", capture.Exchanges, duel.Peers.Any(peer => peer.Name == Jq) ? entries : capture.Exchanges);
        Checked(duel, capture).Faster(6, Jq).PeakAtMost(200);
    }

    public static MadeCapture LargeDump(Bench bench, int mib) =>
        bench.Input($"large-{mib}.mitm", path => Captures.WriteDump(path, (long)mib << 20, TrafficMix.ImagesAndJson(1)));

    /// <summary>The product adds a capture to a new case; making the case is not measured.</summary>
    public static Contestant Adding(Bench bench, MadeCapture capture) => new("misar evidence add", () =>
    {
        var (misar, @case) = bench.NewCase();
        var run = misar.Command("evidence", "add", @case, capture.Path, "--json").Run();
        bench.Remove(misar);
        return run;
    });

    /// <summary>What the product says of a capture must be what was written into it.</summary>
    public static Duel Checked(Duel duel, MadeCapture capture)
    {
        using var json = JsonDocument.Parse(duel.Product.Last.Output);
        var file = json.RootElement.GetProperty("files")[0];
        return duel.Agree("exchanges", capture.Exchanges, file.GetProperty("exchanges").GetInt64())
            .Agree("uploads", capture.Uploads, file.GetProperty("uploads").GetInt64())
            .Agree("damages", 0, file.GetProperty("damaged").GetArrayLength());
    }

    private static Duel Measure(Bench bench, string name, MadeCapture capture)
    {
        var duel = new Duel(bench, name, Words(capture)).Run(
            Adding(bench, capture),
            CopyOf(bench, capture),
            new Contestant(Mitmdump, () => new Command("mitmdump", "-q", "-nr", capture.Path, "-s", Script("mitmdump_script.py"), "--set", "dumper_default_contentview=raw", "--set", "flow_detail=0").Run(), ("mitmdump", "mitmproxy")),
            new Contestant(Reader, () => new Command(Programs.MitmproxyPython(), Script("flow_reader.py"), capture.Path).Run(), ("mitmdump", "mitmproxy")));
        foreach (var peer in duel.Peers.Where(peer => peer.Name != Copy))
        {
            using var said = JsonDocument.Parse(peer.Last.Output);
            duel.Agree($"flows of {peer.Name}", capture.Exchanges, said.RootElement.GetProperty("flows").GetInt64())
                .Agree($"uploads of {peer.Name}", capture.Uploads, said.RootElement.GetProperty("uploads").GetInt64());
        }

        return Checked(duel, capture);
    }

    private static Contestant CopyOf(Bench bench, MadeCapture capture) => new(Copy, () =>
    {
        var target = bench.Work("copy");
        var run = Bench.Peer("hash-and-copy", capture.Path, target).Run();
        File.Delete(target);
        return run;
    });

    private static string Words(MadeCapture capture) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(capture.Path)}, {capture.Bytes / 1e6:N0} MB, {capture.Exchanges:N0} exchanges, {capture.Uploads:N0} of them uploads");

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Peers", name);

    private static Measured Noted(Measured run, Action<Measured> note)
    {
        note(run.Expect(0));
        return run;
    }
}
