using System.Globalization;
using MiSarTracker.Benchmarks.Measuring;

namespace MiSarTracker.Benchmarks.Figures;

/// <summary>
/// Four times as much may take four times as long, and no more memory where memory is bounded. Judged by processor time
/// without what a run of the smallest input costs.
/// </summary>
internal static class LinearityFigures
{
    private const double Slack = 1.25;

    public static void Run(Bench bench)
    {
        var dumps = new[] { bench.Size / 4, bench.Size / 2, bench.Size }.Select(mib =>
        {
            var capture = EvidenceFigures.LargeDump(bench, mib);
            return (capture.Bytes / 1e6, EvidenceFigures.Checked(new Duel(bench, "linear", $"evidence add, {mib} MiB").Run(EvidenceFigures.Adding(bench, capture)), capture).PeakAtMost(200));
        }).ToList();
        Judge("MB", dumps);
        Judge("days", [.. new[] { 4, 2, 1 }.Select(part =>
        {
            var years = Years.Make(bench, Years.TenYears(bench) / part, gaps: 1_200 / part);
            var (misar, @case) = years.OpenCase(bench);
            var duel = new Duel(bench, "linear", $"compare, {years.Days} days").Run(new Contestant("misar compare", () => misar.Command("compare", @case, "--json").Run()));
            bench.Remove(misar);
            return ((double)years.Days, duel);
        })]);
        Judge("findings", [.. new[] { 250, 500, 1_000 }.Select(findings => ((double)findings, ReportFigures.Measure(bench, findings)))]);
    }

    /// <summary>The second step is twice the first: it may cost twice as much more.</summary>
    private static void Judge(string unit, List<(double Size, Duel Duel)> steps)
    {
        var first = (steps[1].Duel.Product.Cpu - steps[0].Duel.Product.Cpu) / (steps[1].Size - steps[0].Size);
        var second = (steps[2].Duel.Product.Cpu - steps[1].Duel.Product.Cpu) / (steps[2].Size - steps[1].Size);
        var growth = first > 0 ? second / first : 1;
        steps[2].Duel.Say(
            string.Create(CultureInfo.InvariantCulture, $"each further 1,000 {unit} cost {first * 1e6:0} ms of processor time, then {second * 1e6:0} ms: {growth:0.00} x"), $"<= {Slack.ToString(CultureInfo.InvariantCulture)} x", growth <= Slack);
    }
}
