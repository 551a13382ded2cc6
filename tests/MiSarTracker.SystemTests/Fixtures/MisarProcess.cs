using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MiSarTracker.SystemTests.Fixtures;

/// <summary>
/// The built <c>misar</c>, run as a process of its own with a home and a workspace that nobody else uses.
/// </summary>
public sealed class MisarProcess : IDisposable
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    public MisarProcess()
    {
        Home = Directory.CreateDirectory(_folder.File("home")).FullName;
        Workspace = _folder.File("workspace");
        WorkingFolder = Directory.CreateDirectory(_folder.File("cwd")).FullName;
    }

    public string Home { get; }

    /// <summary>Given to the process as $MISAR_WORKSPACE; not made beforehand.</summary>
    public string Workspace { get; }

    public string WorkingFolder { get; }

    /// <summary>Added to the process's environment; a null value removes the variable.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>The executable in the test's output folder.</summary>
    public static string Executable => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "misar.exe" : "misar");

    /// <summary>Runs one command to its end.</summary>
    /// <exception cref="TimeoutException">It did not end in time (a minute); it was killed; with what it printed so far.</exception>
    public Task<Result> RunAsync(params string[] arguments) => RunAsync(arguments, null, null);

    /// <param name="arguments">The command line.</param>
    /// <param name="input">Given on standard input, which is then closed; null closes it at once.</param>
    /// <param name="limit">A minute when not given.</param>
    public async Task<Result> RunAsync(IEnumerable<string> arguments, string? input, TimeSpan? limit = null)
    {
        using Process process = Start(arguments);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(limit ?? DefaultLimit);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"misar {string.Join(' ', arguments)} did not end in time. It printed: {await output}{await errors}");
        }
        return new Result(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts a command that goes on (<c>serve</c>). The caller ends it; standard output and error are redirected.</summary>
    public Process Start(IEnumerable<string> arguments) => Start(Executable, arguments);

    /// <summary>Starts another program in the same surroundings, one that runs the product in its turn.</summary>
    public Process Start(string program, IEnumerable<string> arguments)
    {
        if (!File.Exists(Executable))
            throw new InvalidOperationException($"{Executable} is missing; build the solution first.");
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
            WorkingDirectory = WorkingFolder,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string? value) in IsolatedEnvironment().Concat(Environment))
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public void Dispose() => _folder.Dispose();

    private Dictionary<string, string?> IsolatedEnvironment() => new()
    {
        ["HOME"] = Home,
        // The executable looks for the runtime in the usual places only; this one runs on some runtime, wherever that is.
        ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        ["MISAR_WORKSPACE"] = Workspace,
        ["XDG_DATA_HOME"] = null,
        ["XDG_CONFIG_HOME"] = null,
        ["XDG_CACHE_HOME"] = null,
        ["CREDENTIALS_DIRECTORY"] = null,
        ["TZ"] = "UTC",
        ["LANG"] = "C.UTF-8",
        ["LC_ALL"] = null,
        ["NO_COLOR"] = "1",
    };

    /// <summary>What a finished command left.</summary>
    public sealed record Result(int ExitCode, string Output, string Errors)
    {
        /// <summary>Standard output as JSON (for commands with --json).</summary>
        public JsonElement Json
        {
            get
            {
                using var document = JsonDocument.Parse(Output);
                return document.RootElement.Clone();
            }
        }

        /// <summary>Fails the test unless the command ended with this exit code; the message shows all that it printed.</summary>
        public Result Expect(int exitCode)
        {
            Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\n--- output\n{Output}\n--- errors\n{Errors}");
            return this;
        }
    }
}
