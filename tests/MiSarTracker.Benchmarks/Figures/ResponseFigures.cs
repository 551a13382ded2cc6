using System.Globalization;
using System.Text.Json;
using MiSarTracker.Benchmarks.Measuring;
using MiSarTracker.TestBench.Running;

namespace MiSarTracker.Benchmarks.Figures;

/// <summary>Adding a ten-year answer, beside 7-Zip that only inflates it.</summary>
internal static class ResponseFigures
{
    private const string SevenZip = "7z x";

    public static void Run(Bench bench)
    {
        var years = Years.Make(bench, Years.TenYears(bench), gaps: 1_200);
        Measure(bench, years, "plain archive", years.Zip, []).AtMost(2, SevenZip).PeakAtMost(300);
        Measure(bench, years, "AES-256 archive", years.Aes, ["--password", Years.Password]).AtMost(4, SevenZip).PeakAtMost(300);
    }

    private static Duel Measure(Bench bench, Years years, string what, string archive, string[] options)
    {
        var duel = new Duel(bench, "response", string.Create(CultureInfo.InvariantCulture, $"{what}, {new FileInfo(archive).Length / 1e6:0.0} MB, {years.HeartRates:N0} heart rates")).Run(
            new Contestant("misar response add", () =>
            {
                var (misar, @case) = bench.NewCase();
                var run = misar.Command(["response", "add", @case, archive, "--json", .. options]).Run();
                bench.Remove(misar);
                return run;
            }),
            new Contestant(SevenZip, () =>
            {
                var folder = bench.Work("unpacked");
                var run = new Command("7z", "x", "-bd", "-y", $"-p{Years.Password}", $"-o{folder}", archive).Run();
                TemporaryFolder.Delete(folder);
                return run;
            }, ("7z", "7zip")));
        using var json = JsonDocument.Parse(duel.Product.Last.Output);
        var rows = json.RootElement.GetProperty("files")[0].GetProperty("members").EnumerateArray()
            .Single(member => member.GetProperty("name").GetString()!.Contains("HEARTRATE_AUTO", StringComparison.Ordinal)).GetProperty("rows").GetInt64();
        return duel.Agree("rows of heart rates", years.HeartRates - years.Missing, rows);
    }
}
