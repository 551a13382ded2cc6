using System.Diagnostics;
using System.Globalization;
using MiSarTracker.TestBench.Running;

namespace MiSarTracker.FaultTests;

/// <summary>One promise on trial: its seed, a folder of its own, the product, and the list of what was broken.</summary>
internal sealed class Trial(Promise promise, int seed, int sizeMiB, int inputs, string? only, string executable, TextWriter output) : IDisposable
{
    private readonly TemporaryFolder _folder = new($"fault-{promise.Name}");
    private readonly List<string> _broken = [];
    private int _workspaces;

    public int Seed => seed;

    public int SizeMiB => sizeMiB;

    public int Inputs => inputs;

    /// <summary>How often the same fault is injected where chance has a part in it.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>The one input that is to be run again, or null for all.</summary>
    public string? Only => only;

    public string Executable => executable;

    public string At(string name) => _folder.At(name);

    /// <summary>A new workspace with one case. What it writes lies below <see cref="At"/> of the given name.</summary>
    public (Misar Misar, string Case) NewCase(string name)
    {
        var misar = new Misar(executable, At($"{name}-{++_workspaces}"));
        return (misar, misar.Open());
    }

    public void Remove(Misar done) => TemporaryFolder.Delete(Path.GetDirectoryName(done.Workspace)!);

    /// <summary>A line of the report.</summary>
    public void Say(string text) => output.WriteLine($"  {text}");

    /// <summary>Something that must hold for one input.</summary>
    /// <param name="input">Which input, as <c>--only</c> takes it.</param>
    /// <returns>Whether it does.</returns>
    public bool Must(bool holds, string input, string what)
    {
        if (holds)
            return true;
        _broken.Add(input);
        output.WriteLine($"  BROKEN {input}: {what}");
        output.WriteLine($"         again: {promise.Name} --seed {seed} --size {sizeMiB} --only {input}");
        return false;
    }

    /// <returns>1 when the promise is broken.</returns>
    public int Run()
    {
        output.WriteLine($"{promise.Name}  {promise.Sentence}  (seed {seed})");
        var watch = Stopwatch.StartNew();
        promise.Break(this);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(_broken.Count == 0 ? "kept" : $"BROKEN {_broken.Count} times")} in {watch.Elapsed.TotalSeconds:0} s"));
        return _broken.Count == 0 ? 0 : 1;
    }

    public void Dispose() => _folder.Dispose();
}
