using MiSarTracker.SystemTests.Fixtures;
using MiSarTracker.Tests.Formats.Captures;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>
/// Progress on a real terminal: the product runs under a pseudo terminal, slowed down while it reads, so that a second
/// passes on any machine.
/// </summary>
public sealed class ProgressTests
{
    private const string Capture = "holiday.mitm";
    private const string Escape = "\u001b[";

    [Fact]
    public async Task ACommandThatLastsShowsOnATerminalHowFarItIsAndLeavesNothingBehind()
    {
        using var case_ = new MisarProcess();
        var shown = await AddAsync(case_, []);
        Assert.Contains("%", shown, StringComparison.Ordinal);
        Assert.Matches($@"{Capture}[^\n]*\d+%", shown);

        // The bar's line is erased before the result is written.
        var result = shown[shown.LastIndexOf('%')..];
        Assert.Contains(Escape + "2K", result, StringComparison.Ordinal);
        Assert.Contains("exchanges", result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--quiet")]
    public async Task NobodyWhoAskedForQuietOrForAMachinesOutputSeesABar(string option)
    {
        using var case_ = new MisarProcess();
        var shown = await AddAsync(case_, [], option);
        Assert.Contains("exchanges", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("%", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Escape + "2K", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnErrorStreamThatIsNoTerminalGetsNoBar()
    {
        using var case_ = new MisarProcess();
        var shown = await AddAsync(case_, ["--pipe-errors"]);
        Assert.Contains("exchanges", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("%", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Escape + "2K", shown, StringComparison.Ordinal);
    }

    /// <summary>Adds a capture of 120 MB on a terminal, and returns what the terminal was sent.</summary>
    private static async Task<string> AddAsync(MisarProcess misar, string[] terminal, params string[] options)
    {
        RequiredProgram.Find("python3", "python3");
        (await misar.RunAsync("init", "--name", "Ada", "--email", "ada@example.org", "--country", "NL", "--non-interactive")).Expect(0);
        (await misar.RunAsync("case", "open", "--vendor", "xiaomi-mi-fit")).Expect(0);
        var capture = Path.Combine(misar.WorkingFolder, Capture);
        await WriteCaptureAsync(capture);
        using var finished = misar.Start(
            "python3",
            [
                Path.Combine(AppContext.BaseDirectory, "Fixtures", "on_terminal.py"), .. terminal,
                "--slow-once", Path.Combine(misar.Workspace, "vault", "incoming"), "--", MisarProcess.Executable, "evidence", "add", "SAR-2026-0001", capture, .. options,
            ]);
        finished.StandardInput.Close();
        var (output, errors) = (finished.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), finished.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await finished.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(finished.ExitCode == 0, $"exit code {finished.ExitCode}\n{await output}{await errors}");
        return await output;
    }

    private static async Task WriteCaptureAsync(string path)
    {
        var noise = new byte[60_000];
        new Random(7).NextBytes(noise);
        var one = FlowDumpWriter.Dump(FlowDumpVersion.Current, [.. Enumerable.Repeat(new RecordedFlow { Host = "images.example", Target = "/a.jpg", ResponseBody = noise }, 20)]);
        await using var file = File.Create(path);
        for (var i = 0; i < 100; i++)
            await file.WriteAsync(one, TestContext.Current.CancellationToken);
    }
}
