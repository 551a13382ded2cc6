using System.Globalization;
using MiSarTracker.TestBench.Running;

namespace MiSarTracker.Benchmarks.Measuring;

/// <summary>Somebody who does the work: the product or a peer.</summary>
/// <param name="Needs">A program that it needs, with the Debian package that has it, or null.</param>
/// <param name="Run">Does it once, and measures only the process in question.</param>
internal sealed record Contestant(string Name, Func<Measured> Run, (string Program, string Package)? Needs = null)
{
    public bool IsThere => Needs is not { } needs || Programs.Find(needs.Program) is not null;
}

/// <summary>The medians of one contestant's runs.</summary>
internal sealed record Median(string Name, double Seconds, double Cpu, double PeakMiB, Measured Last)
{
    public static Median Of(string name, IReadOnlyList<Measured> runs) => new(
        name, Middle(runs.Select(run => run.Seconds)), Middle(runs.Select(run => run.Cpu)), runs.Max(run => run.PeakMiB), runs[^1]);

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

/// <summary>Runs the product and its peers in turn, so that what else the machine does falls on all of them.</summary>
internal sealed class Duel(Bench bench, string name, string what)
{
    private readonly List<string> _verdicts = [];
    private IReadOnlyList<Median> _medians = [];

    public Median Product => _medians[0];

    public IReadOnlyList<Median> Peers => [.. _medians.Skip(1)];

    /// <param name="product">Comes first in the list.</param>
    public Duel Run(Contestant product, params IReadOnlyList<Contestant> peers) => RunTimes(bench.Runs, product, peers);

    public Duel RunTimes(int runs, Contestant product, params IReadOnlyList<Contestant> peers)
    {
        bench.Output.WriteLine();
        bench.Output.WriteLine($"{name}: {what}");
        var able = bench.WithPeers ? peers.Where(peer => peer.IsThere).ToList() : [];
        foreach (var peer in peers.Where(peer => bench.WithPeers && !peer.IsThere))
            bench.Output.WriteLine($"  {peer.Name}: {peer.Needs!.Value.Program} is missing (apt-get install {peer.Needs.Value.Package})");
        Contestant[] all = [product, .. able];
        var measured = all.Select(_ => new List<Measured>()).ToList();
        for (var round = 0; round < runs; round++)
        {
            for (var i = 0; i < all.Length; i++)
                measured[i].Add(all[i].Run().Expect(0));
        }

        _medians = [.. all.Select((contestant, i) => Median.Of(contestant.Name, measured[i]))];
        foreach (var median in _medians)
            bench.Output.WriteLine(Line(median));
        return this;
    }

    /// <summary>The product may take so many times as long as the peer.</summary>
    public Duel AtMost(double times, string peer) => Against(peer, other => (Product.Seconds / other.Seconds, Product.Cpu / other.Cpu, "x the time of"), ratio => ratio <= times, $"<= {Number(times)}");

    /// <summary>The product must be so many times as fast as the peer.</summary>
    public Duel Faster(double times, string peer) => Against(peer, other => (other.Seconds / Product.Seconds, other.Cpu / Product.Cpu, "x as fast as"), ratio => ratio >= times, $">= {Number(times)}");

    public Duel PeakAtMost(double mib) => Say($"peak {Number(Product.PeakMiB)} MiB", $"<= {Number(mib)} MiB", Product.PeakMiB <= mib);

    public Duel SecondsAtMost(double seconds) => Say($"{Number(Product.Seconds)} s", $"<= {Number(seconds)} s", Product.Seconds <= seconds);

    /// <summary>Something else that was measured and has a bound, or must be so.</summary>
    public Duel Say(string measured, string target, bool isMet)
    {
        bench.Output.WriteLine($"  {(isMet ? "met" : "MISSED"),-7} {measured} (target {target})");
        _verdicts.Add(isMet ? "met" : "missed");
        return this;
    }

    /// <summary>What both found must be the same: else the work that was compared was not the same.</summary>
    public Duel Agree(string what, long expected, long found)
    {
        if (expected != found)
            throw new InvalidOperationException(FormattableString.Invariant($"{name}: {what} should be {expected}, but {found} were found"));
        return this;
    }

    private Duel Against(string peer, Func<Median, (double Wall, double Cpu, string Words)> ratio, Func<double, bool> isMet, string target)
    {
        if (_medians.Skip(1).FirstOrDefault(median => median.Name == peer) is not { } other)
            return this;
        var (wall, cpu, words) = ratio(other);
        return Say($"{Number(wall)} {words} {peer}; by processor time {Number(cpu)}", target, isMet(wall));
    }

    private static string Line(Median median) => string.Create(
        CultureInfo.InvariantCulture, $"  {median.Name,-34} {median.Seconds,8:0.000} s  processor {median.Cpu,7:0.00} s  peak {median.PeakMiB,6:0} MiB");

    private static string Number(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
