using System.CommandLine;
using MiSarTracker.Benchmarks.Figures;
using MiSarTracker.Benchmarks.Measuring;
using MiSarTracker.Benchmarks.Peers;
using MiSarTracker.TestBench.Running;

if (args is ["peer", ..])
{
    return PeerProgram.Run(args[1..]);
}

var names = new Argument<string[]>("NAME") { Description = $"Figures, all when none is named: {string.Join(", ", AllFigures.Names)}.", Arity = ArgumentArity.ZeroOrMore };
var size = new Option<int>("--size") { Description = "MiB of the flow dump; the HAR has 1.46 times as many, and the years shrink with it.", DefaultValueFactory = _ => 1_000, HelpName = "MIB" };
var runs = new Option<int>("--runs") { Description = "How often each is run; the median counts.", DefaultValueFactory = _ => 5, HelpName = "N" };
var misar = new Option<string>("--misar") { Description = "Another executable of the product than the one in src/MiSarTracker/bin.", HelpName = "FILE" };
var inputs = new Option<string>("--inputs") { Description = "Keep the inputs in this folder, and use those that are there.", HelpName = "DIR" };
var only = new Option<bool>("--without-peers") { Description = "Only the product, to watch it while working on it." };
var root = new RootCommand("Measures the product beside what people use today: whole processes from start to exit, peer and product in turn. See README.md.")
{
    names, size, runs, misar, inputs, only,
};
root.SetAction(result =>
{
    using var bench = new Bench(
        Path.GetFullPath(result.GetValue(misar) ?? Misar.Built), result.GetValue(inputs), result.GetValue(size), result.GetValue(runs), !result.GetValue(only), Console.Out);
    return AllFigures.Run(bench, result.GetValue(names)!) ? 0 : 2;
});
return root.Parse(args).Invoke();
