using MiSarTracker.Benchmarks.Measuring;
using MiSarTracker.TestBench.Inputs;
using MiSarTracker.TestBench.Running;

namespace MiSarTracker.Benchmarks.Figures;

/// <summary>The inputs that belong together: a capture of years, the answer to it as archives, and both sides' heart rates as tables.</summary>
/// <param name="Missing">Heart rates that were uploaded and are not in the answer.</param>
/// <param name="Aes">The same archive, AES-256; see <see cref="Password"/>.</param>
internal sealed record Years(int Days, long HeartRates, long Missing, string Capture, string Uploaded, string Disclosed, string Zip, string Aes)
{
    public const string Password = "AbCdEfGh";

    /// <summary>3,800 days, 5.3 million heart rates, when the size is the usual one.</summary>
    public static int TenYears(Bench bench) => Math.Max(10, 3_800 * bench.Size / 1_000);

    public static Years Make(Bench bench, int days, int gaps) => bench.Input($"years-{days}-{gaps}", folder =>
    {
        Directory.CreateDirectory(folder);
        var data = new YearsOfData(days, gaps);
        string At(string name) => Path.Combine(folder, name);
        data.WriteCapture(At("years.mitm"));
        data.WriteUploadedHeartRates(At("uploaded.csv"));
        data.WriteExport(At("export"));
        Pack(At("export"), At($"3000000001_{YearsOfData.Stamp}.zip"));
        Pack(At("export"), At($"aes_3000000001_{YearsOfData.Stamp}.zip"), "-mem=AES256", $"-p{Password}");
        return new Years(
            days, data.HeartRates, data.Missing, At("years.mitm"), At("uploaded.csv"), YearsOfData.HeartRatesIn(At("export")),
            At($"3000000001_{YearsOfData.Stamp}.zip"), At($"aes_3000000001_{YearsOfData.Stamp}.zip"));
    });

    /// <summary>A case with both sides added.</summary>
    public (Misar Misar, string Case) OpenCase(Bench bench)
    {
        var (misar, @case) = bench.NewCase();
        misar.Command("evidence", "add", @case, Capture).Run().Expect(0);
        misar.Command("response", "add", @case, Zip).Run().Expect(0);
        return (misar, @case);
    }

    private static void Pack(string folder, string archive, params string[] options)
    {
        File.Delete(archive);
        new Command("7z", ["a", "-tzip", "-bd", .. options, archive, "."]) { Folder = folder }.Run().Expect(0);
    }
}
