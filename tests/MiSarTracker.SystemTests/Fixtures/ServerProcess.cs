using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>
/// A server that runs in the foreground for as long as this object lives: it holds the pipe whose end until-stdin-closes.sh waits
/// for, so the server ends even when the test run is killed.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServerProcess(Process process) => _process = process;

    public static string FixtureFile(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    /// <summary>Starts a program and waits until each port answers.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer in time; with what it printed.</exception>
    public static async Task<ServerProcess> StartAsync(
        string program, IEnumerable<string> arguments, IEnumerable<int> ports, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.ArgumentList.Add(FixtureFile("until-stdin-closes.sh"));
        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var server = new ServerProcess(new Process { StartInfo = start });
        server.Start();
        try
        {
            foreach (int port in ports)
                await server.WaitForPortAsync(port, cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        return server;
    }

    /// <summary>What the server has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        _process.Dispose();
    }

    private void Start()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    private async Task WaitForPortAsync(int port, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The server ended at its start (code {_process.ExitCode}): {Output}");
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException) when (clock.Elapsed < StartLimit)
            {
                await Task.Delay(20, cancellationToken);
            }
            catch (SocketException)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                    $"No server answered at port {port} within {StartLimit.TotalSeconds} s: {Output}"));
            }
        }
    }
}
