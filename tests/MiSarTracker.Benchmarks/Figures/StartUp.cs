using MiSarTracker.Benchmarks.Measuring;
using MiSarTracker.TestBench.Running;

namespace MiSarTracker.Benchmarks.Figures;

/// <summary>How long the program takes to be there, beside a .NET program that does nothing.</summary>
internal static class StartUp
{
    private const string Nothing = "empty .NET program";

    public static void Run(Bench bench)
    {
        var (misar, @case) = bench.NewCase();
        var runs = Math.Max(11, bench.Runs);
        var empty = bench.WithPeers ? BuildEmpty(bench.Work("empty")) : new Command("true");
        var peer = new Contestant(Nothing, (empty with { Environment = misar.Environment }).Run);
        new Duel(bench, "start", "misar --help").RunTimes(runs, new Contestant("misar --help", misar.Command("--help").Run), peer).AtMost(2.5, Nothing);
        new Duel(bench, "start", "misar case list").RunTimes(runs, new Contestant("misar case list", misar.Command("case", "list").Run), peer).AtMost(5, Nothing);

        // No target: what a command costs that writes.
        new Duel(bench, "start", "misar case note").RunTimes(runs, new Contestant("misar case note", misar.Command("case", "note", @case, "A note").Run), peer);
        bench.Remove(misar);
    }

    /// <summary>Builds the peer as anybody would: a project of its own with the SDK's defaults.</summary>
    private static Command BuildEmpty(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "empty.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net{Environment.Version.Major}.0</TargetFramework></PropertyGroup></Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "return 0;\n");
        var output = Path.Combine(folder, "out");
        new Command("dotnet", "build", folder, "-c", "Release", "-o", output, "-v", "q", "-nologo", "--disable-build-servers") { Folder = folder }.Run().Expect(0);
        return new Command(Path.Combine(output, "empty"));
    }
}
