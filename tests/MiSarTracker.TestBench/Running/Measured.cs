using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MiSarTracker.TestBench.Running;

/// <summary>A process from its start to its exit, measured from outside.</summary>
/// <param name="Seconds">On the wall.</param>
/// <param name="Cpu">Seconds of processor time, of all threads, in user and system.</param>
/// <param name="PeakMiB">The most memory that it had resident.</param>
/// <param name="ExitCode">128 and the signal when one ended it.</param>
public sealed record Measured(double Seconds, double Cpu, double PeakMiB, int ExitCode, string Output, string Errors)
{
    /// <exception cref="InvalidOperationException">It ended otherwise; with what it printed.</exception>
    public Measured Expect(int exitCode) => ExitCode == exitCode
        ? this
        : throw new InvalidOperationException($"exit code {ExitCode}, expected {exitCode}\n{Output}\n{Errors}");
}

/// <summary>A command to run and measure, through GNU time, whose memory is smaller than any program's.</summary>
/// <param name="Program">A file or a name in the PATH.</param>
public sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    private const string Time = "/usr/bin/time";

    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? Folder { get; init; }

    /// <summary>A bound on the wall; what takes longer is killed and has the exit code 124.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(30);

    public override string ToString() => $"{Path.GetFileName(Program)} {string.Join(' ', Arguments)}";

    public Measured Run()
    {
        var report = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(Start(report))!;
            var watch = Stopwatch.StartNew();
            process.StandardInput.Close();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            var seconds = watch.Elapsed.TotalSeconds;
            var isLate = seconds >= Limit.TotalSeconds;
            var figures = File.ReadAllLines(report).LastOrDefault(line => line.StartsWith("time ", StringComparison.Ordinal))?.Split(' ') ?? ["", "0", "0", "0"];
            return new Measured(
                seconds, Number(figures[1]) + Number(figures[2]), Number(figures[3]) / 1024, isLate ? 124 : process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        }
        finally
        {
            File.Delete(report);
        }
    }

    private ProcessStartInfo Start(string report)
    {
        var start = new ProcessStartInfo(Time, ["-o", report, "-f", "time %U %S %M", Program, .. Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
            WorkingDirectory = Folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return start;
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
