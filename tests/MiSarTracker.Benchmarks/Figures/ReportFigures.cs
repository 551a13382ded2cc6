using System.Globalization;
using MiSarTracker.Benchmarks.Measuring;

namespace MiSarTracker.Benchmarks.Figures;

/// <summary>Writing the report of a case with a thousand findings: a year, and a thousand gaps in its heart rates.</summary>
internal static class ReportFigures
{
    private const int Days = 400;

    public static void Run(Bench bench) => Measure(bench, 1_000).SecondsAtMost(2);

    /// <summary>Comparing is a part of it: the report is made from the vault.</summary>
    public static Duel Measure(Bench bench, int findings)
    {
        var years = Years.Make(bench, Days, findings);
        var (misar, @case) = years.OpenCase(bench);
        var pdf = bench.Work("report.pdf");
        var duel = new Duel(bench, "report", string.Create(CultureInfo.InvariantCulture, $"{findings:N0} findings in {Days} days")).Run(
            new Contestant("misar report", () => misar.Command("report", @case, "--output", pdf).Run()));
        var bytes = new FileInfo(pdf).Length;
        bench.Remove(misar);
        return duel.Say(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB"), "<= 5 MB", bytes <= 5_000_000);
    }
}
