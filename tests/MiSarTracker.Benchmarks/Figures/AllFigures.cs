using MiSarTracker.Benchmarks.Measuring;

namespace MiSarTracker.Benchmarks.Figures;

/// <summary>Every figure by its name.</summary>
internal static class AllFigures
{
    private static readonly IReadOnlyList<(string Name, Action<Bench> Run)> All =
    [
        ("start", StartUp.Run),
        ("evidence", EvidenceFigures.Dump),
        ("small-flows", EvidenceFigures.SmallFlows),
        ("har", EvidenceFigures.Har),
        ("response", ResponseFigures.Run),
        ("compare", CompareFigures.Run),
        ("report", ReportFigures.Run),
        ("linear", LinearityFigures.Run),
    ];

    public static IEnumerable<string> Names => All.Select(figure => figure.Name);

    /// <summary>Runs those that are named, or all; false when a name is not known.</summary>
    public static bool Run(Bench bench, IReadOnlyList<string> names)
    {
        if (names.Except(Names).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is no figure “{unknown}”. There are: {string.Join(", ", Names)}.");
            return false;
        }

        bench.Output.WriteLine(FormattableString.Invariant($"# {bench.Executable}"));
        bench.Output.WriteLine(FormattableString.Invariant($"# {Environment.ProcessorCount} processors, load {Load()}, medians of {bench.Runs}, in turn"));
        foreach (var (_, run) in All.Where(figure => names.Count == 0 || names.Contains(figure.Name)))
            run(bench);
        return true;
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
