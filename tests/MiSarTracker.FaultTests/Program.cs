using System.CommandLine;
using MiSarTracker.FaultTests;
using MiSarTracker.FaultTests.Hostile;
using MiSarTracker.TestBench.Running;

if (args is [ReaderChild.Name, ..])
{
    return ReaderChild.Run(args[1..]);
}

var names = new Argument<string[]>("PROMISE") { Description = $"Promises, all when none is named: {string.Join(", ", Promise.All.Select(promise => promise.Name))}.", Arity = ArgumentArity.ZeroOrMore };
var seed = new Option<int>("--seed") { Description = "Decides every input. The same seed gives the same inputs.", DefaultValueFactory = _ => 1, HelpName = "N" };
var size = new Option<int>("--size") { Description = "MiB of the large captures of P11; 10240 for the nightly run.", DefaultValueFactory = _ => 1_024, HelpName = "MIB" };
var inputs = new Option<int>("--inputs") { Description = "Hostile inputs for each reader of P12.", DefaultValueFactory = _ => 20_000, HelpName = "N" };
var repeat = new Option<int>("--repeat") { Description = "How often P1 strikes at each mark of the dialogue.", DefaultValueFactory = _ => 20, HelpName = "N" };
var only = new Option<string>("--only") { Description = "One input again: its number (P12: reader:number) or the name of its case.", HelpName = "INPUT" };
var misar = new Option<string>("--misar") { Description = "Another executable of the product than the one in src/MiSarTracker/bin.", HelpName = "FILE" };
var root = new RootCommand("Breaks what the product promises, on purpose, and prints one figure per promise. See README.md.") { names, seed, size, inputs, repeat, only, misar };
root.SetAction(result =>
{
    var chosen = result.GetValue(names)!;
    if (chosen.FirstOrDefault(name => Promise.All.All(promise => promise.Name != name)) is { } unknown)
    {
        Console.Error.WriteLine($"There is no promise “{unknown}” here. There are: {string.Join(", ", Promise.All.Select(promise => promise.Name))}.");
        return 2;
    }

    var broken = 0;
    foreach (var promise in Promise.All.Where(promise => chosen.Length == 0 || chosen.Contains(promise.Name)))
    {
        using var trial = new Trial(
            promise, result.GetValue(seed), result.GetValue(size), result.GetValue(inputs), result.GetValue(only), Path.GetFullPath(result.GetValue(misar) ?? Misar.Built), Console.Out)
        {
            Repeat = result.GetValue(repeat),
        };
        broken += trial.Run();
    }

    return broken == 0 ? 0 : 1;
});
return root.Parse(args).Invoke();
