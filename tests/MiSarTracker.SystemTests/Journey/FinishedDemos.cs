using System.Diagnostics;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>
/// The demo, run twice: by somebody in Amsterdam into a short path and by somebody else, elsewhere, into another one. Nothing is
/// configured: a new home, no workspace, no environment variable of ours.
/// </summary>
public sealed class FinishedDemos : IAsyncLifetime
{
    private readonly MisarProcess _first = new();
    private readonly MisarProcess _second = new();

    public string Folder => Path.Combine(_first.WorkingFolder, "out");

    public string OtherFolder => Path.Combine(_second.WorkingFolder, "a longer name", "with blanks and ü", "out");

    public string Home => _first.Home;

    public TimeSpan Took { get; private set; }

    public MisarProcess.Result Result { get; private set; } = new(-1, "", "");

    public async ValueTask InitializeAsync()
    {
        _first.Environment["MISAR_WORKSPACE"] = null;
        var clock = Stopwatch.StartNew();
        Result = await _first.RunAsync("demo", "--output", Folder);
        Took = clock.Elapsed;
        _second.Environment["MISAR_WORKSPACE"] = null;
        _second.Environment["TZ"] = "Pacific/Auckland";
        _second.Environment["LANG"] = "de_DE.UTF-8";
        (await _second.RunAsync("demo", "--output", OtherFolder, "--json")).Expect(0);
    }

    public ValueTask DisposeAsync()
    {
        _first.Dispose();
        _second.Dispose();
        return ValueTask.CompletedTask;
    }
}
