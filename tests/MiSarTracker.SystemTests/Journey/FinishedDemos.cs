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
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>A machine that is busy with something else slows the demo down; the best of some tries counts.</summary>
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly MisarProcess _first = new();
    private readonly MisarProcess _second = new();

    public string Folder => Path.Combine(_first.WorkingFolder, "out");

    public string OtherFolder => Path.Combine(_second.WorkingFolder, "a longer name", "with blanks and ü", "out");

    public string Home => _first.Home;

    public TimeSpan Took { get; private set; } = TimeSpan.MaxValue;

    public MisarProcess.Result Result { get; private set; } = new(-1, "", "");

    public async ValueTask InitializeAsync()
    {
        _first.Environment["MISAR_WORKSPACE"] = null;
        for (int attempt = 1; attempt <= Attempts && Took > Limit; attempt++)
        {
            var clock = Stopwatch.StartNew();
            Result = await _first.RunAsync(["demo", "--output", Folder], null, Patience);
            Took = clock.Elapsed;
        }
        _second.Environment["MISAR_WORKSPACE"] = null;
        _second.Environment["TZ"] = "Pacific/Auckland";
        _second.Environment["LANG"] = "de_DE.UTF-8";
        (await _second.RunAsync(["demo", "--output", OtherFolder, "--json"], null, Patience)).Expect(0);
    }

    public ValueTask DisposeAsync()
    {
        _first.Dispose();
        _second.Dispose();
        return ValueTask.CompletedTask;
    }
}
