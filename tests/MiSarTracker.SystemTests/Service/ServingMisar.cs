using System.Diagnostics;
using System.Globalization;
using System.Text;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Service;

/// <summary><c>misar serve</c> as a process that a test stops, or kills.</summary>
internal sealed class ServingMisar : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServingMisar(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The printed address, with the token.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>All that was printed on both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static async Task<ServingMisar> StartAsync(MisarProcess misar)
    {
        var serving = new ServingMisar(misar.Start(["serve", "--urls", "http://127.0.0.1:0"]));
        var ended = serving._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(ended, serving._address.Task, Task.Delay(Limit, TestContext.Current.CancellationToken));
        Assert.True(serving._address.Task.IsCompletedSuccessfully, "The service did not start: " + serving.Output);
        serving.Address = await serving._address.Task;
        return serving;
    }

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("/bin/kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: nothing more runs in it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (line.StartsWith("http://", StringComparison.Ordinal))
            _address.TrySetResult(new Uri(line));
    }
}
