using System.Globalization;
using System.Text.Json;
using MiSarTracker.Benchmarks.Measuring;

namespace MiSarTracker.Benchmarks.Figures;

/// <summary>Comparing ten years with ten years, both decoded from the vault, beside a database that joins the heart rates alone.</summary>
internal static class CompareFigures
{
    private const string DuckDb = "DuckDB full outer join";

    public static void Run(Bench bench)
    {
        var years = Years.Make(bench, Years.TenYears(bench), gaps: 1_200);
        var (misar, @case) = years.OpenCase(bench);
        var duel = new Duel(bench, "compare", string.Create(CultureInfo.InvariantCulture, $"{years.Days:N0} days, {years.HeartRates:N0} heart rates, {years.Missing:N0} of them missing")).Run(
            new Contestant("misar compare", () => misar.Command("compare", @case, "--json").Run()),
            new Contestant(DuckDb, () => Bench.Peer("duckdb-join", years.Uploaded, years.Disclosed).Run()));
        using var json = JsonDocument.Parse(duel.Product.Last.Output);
        duel.Agree("missing heart rates", years.Missing, Missing(json.RootElement));
        foreach (var peer in duel.Peers)
            duel.Agree("missing heart rates of DuckDB", years.Missing, long.Parse(peer.Last.Output.Split(' ')[1], CultureInfo.InvariantCulture));
        duel.Faster(3, DuckDb).PeakAtMost(400);
        bench.Remove(misar);
    }

    public static long Missing(JsonElement comparison) => comparison.GetProperty("categories").EnumerateArray()
        .Single(category => category.GetProperty("category").GetString() == "heart-rate").GetProperty("missing").GetInt64();
}
