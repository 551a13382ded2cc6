using System.Diagnostics;
using MiSarTracker.TestBench.Running;

namespace MiSarTracker.Benchmarks.Measuring;

/// <summary>One run of the benchmarks: where its inputs stand, how large they are, how often each is run.</summary>
internal sealed class Bench(string misar, string? kept, int size, int runs, bool withPeers, TextWriter output) : IDisposable
{
    private readonly TemporaryFolder _inputs = new("benchmark-inputs", kept);
    private readonly TemporaryFolder _work = new("benchmark");
    private readonly Dictionary<string, object> _made = [];
    private int _workspaces;

    /// <summary>MiB of the large flow dump.</summary>
    public int Size => size;

    public int Runs => runs;

    public bool WithPeers => withPeers;

    public TextWriter Output => output;

    public string Executable => misar;

    /// <summary>This program as a peer: <c>peer NAME …</c>.</summary>
    public static Command Peer(params string[] arguments) =>
        new(Path.Combine(AppContext.BaseDirectory, "MiSarTracker.Benchmarks"), ["peer", .. arguments]) { Environment = new Misar("", "").Environment };

    public string Work(string name) => _work.At(name);

    /// <summary>Makes an input once; one that was kept is used again when what describes it was kept too.</summary>
    /// <param name="name">A file or folder of the inputs; its description stands beside it.</param>
    /// <param name="make">Writes it to a path and describes it.</param>
    public T Input<T>(string name, Func<string, T> make)
        where T : notnull
    {
        if (_made.TryGetValue(name, out var known))
            return (T)known;
        var (path, note) = (_inputs.At(name), _inputs.At(name + ".made.json"));
        if (!File.Exists(note))
        {
            var watch = Stopwatch.StartNew();
            var made = make(path);
            File.WriteAllText(note, System.Text.Json.JsonSerializer.Serialize(made));
            output.WriteLine(FormattableString.Invariant($"# made {name} in {watch.Elapsed.TotalSeconds:0.0} s"));
        }

        var described = System.Text.Json.JsonSerializer.Deserialize<T>(File.ReadAllText(note))!;
        _made[name] = described;
        return described;
    }

    /// <summary>A new workspace with one case.</summary>
    public (Misar Misar, string Case) NewCase()
    {
        var fresh = new Misar(misar, Work($"case-{++_workspaces}"));
        return (fresh, fresh.Open());
    }

    /// <summary>Removes a workspace, so that the disk holds one copy of a large file at a time.</summary>
    public void Remove(Misar done) => TemporaryFolder.Delete(Path.GetDirectoryName(done.Workspace)!);

    public void Dispose()
    {
        _work.Dispose();
        _inputs.Dispose();
    }
}
