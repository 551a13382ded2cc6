using MiSarTracker.SystemTests.Fixtures;
using MiSarTracker.Tests.Pdf;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>Exit codes, help, and which stream carries what.</summary>
public sealed class UsageContractTests : IDisposable
{
    private const int HelpWidth = 80;
    private readonly MisarProcess _misar = new();

    public void Dispose() => _misar.Dispose();

    [Theory]
    [InlineData("case", "list", "--no-such-option")]
    [InlineData("no-such-command")]
    [InlineData("case", "show")]
    [InlineData("deadline", "compute", "--received", "2026-03-05")]
    [InlineData("letter", "preview", "SAR-2026-0001")]
    public async Task WrongUsageEndsWithTwoAndPointsToTheHelp(params string[] arguments)
    {
        var result = (await _misar.RunAsync(arguments)).Expect(2);
        Assert.Empty(result.Output);
        Assert.StartsWith("misar: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("--help", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("case", "list")]
    [InlineData("case", "show", "SAR-2026-0001")]
    [InlineData("evidence", "add", "SAR-2026-0001", "capture.mitm")]
    [InlineData("compare", "SAR-2026-0001")]
    [InlineData("verify")]
    public async Task WithoutAWorkspaceACommandSaysHowToMakeOne(params string[] arguments)
    {
        var result = (await _misar.RunAsync([.. arguments, "--json"])).Expect(2);
        Assert.Empty(result.Output);
        Assert.Contains("misar init", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_misar.Workspace));
    }

    [Fact]
    public async Task WhatIsUnknownIsRefusedByNameWithWhatIsKnown()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        foreach ((string[] arguments, string named, string known) in new[]
        {
            (new[] { "case", "open", "--vendor", "acme" }, "acme", "xiaomi-mi-fit"),
            (["vendor", "show", "acme"], "acme", "xiaomi-mi-fit"),
            (["case", "show", "SAR-2026-0099"], "SAR-2026-0099", ""),
            (["case", "show", "4711"], "4711", "SAR-2026-0001"),
            (["letter", "preview", hand.Reference, "--kind", "love"], "love", "access"),
            (["case", "open", "--vendor", "xiaomi-mi-fit", "--controller", "acme"], "acme", "xiaomi"),
            (["case", "open", "--vendor", "xiaomi-mi-fit", "--identifier", "3000000001"], "3000000001", "user-id="),
            (["case", "close", hand.Reference, "--outcome", "tired"], "tired", ""),
            (["evidence", "show", hand.Reference, "E-007"], "E-007", ""),
            (["compare", hand.Reference], hand.Reference, "misar evidence add"),
            (["init", "--non-interactive"], hand.Misar.Workspace, "--workspace"),
        })
        {
            var result = await hand.Misar.RunAsync([.. arguments, "--json"]);
            Assert.True(result.ExitCode == 2, $"{string.Join(' ', arguments)}: {result.ExitCode} {result.Errors}");
            Assert.Empty(result.Output);
            Assert.Contains(named, result.Errors, StringComparison.Ordinal);
            Assert.Contains(known, result.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EveryCommandHasHelpWithAnExampleWithinEightyColumns()
    {
        var commands = new Queue<string[]>([[]]);
        int seen = 0;
        while (commands.TryDequeue(out string[]? path))
        {
            var help = (await _misar.RunAsync([.. path, "--help"])).Expect(0);
            string[] lines = help.Output.Split('\n');
            Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= HelpWidth, $"{string.Join(' ', path)}: {line}"));
            string[] children = ChildrenIn(lines);
            if (children.Length == 0)
                Assert.Contains($"misar {string.Join(' ', path)}", help.Output[help.Output.IndexOf("Example:", StringComparison.Ordinal)..], StringComparison.Ordinal);
            foreach (string child in children)
                commands.Enqueue([.. path, child]);
            seen++;
        }
        Assert.True(seen >= 25, $"only {seen} commands were found");
    }

    [Fact]
    public async Task TheVersionIsPlain() => Assert.Matches(@"^\d+\.\d+\.\d+\s*$", (await _misar.RunAsync("--version")).Expect(0).Output);

    [Fact]
    public async Task JsonIsAllThatStandardOutputHolds()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("evidence", "add", hand.Reference, CaseAtHand.Sample("captures", "mifit-upload-http1.v17.mitm"));
        await hand.JsonAsync("response", "add", hand.Reference, CaseAtHand.Sample("exports", "zepp_plain.zip"));
        foreach (string[] arguments in new[]
        {
            ["case", "list"], ["case", "show", hand.Reference], ["vendor", "list"], ["vendor", "show", "xiaomi-mi-fit"], ["evidence", "list", hand.Reference],
            ["evidence", "show", hand.Reference, "E-001"], ["evidence", "show", hand.Reference, "E-001", "--exchange", "2"], ["letter", "preview", hand.Reference, "--kind", "access"],
            ["compare", hand.Reference], ["verify"], ["case", "note", hand.Reference, "a note"], new[] { "doctor" },
        })
        {
            var result = (await hand.Misar.RunAsync([.. arguments, "--json"])).Expect(0);
            Assert.True(IsJson(result), $"{string.Join(' ', arguments)} wrote: {result.Output}");
        }
    }

    [Fact]
    public async Task QuietLeavesTheRemarksOut()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        Assert.Contains("Next: ", (await hand.Misar.RunAsync("case", "list")).Expect(0).Output, StringComparison.Ordinal);
        var quiet = (await hand.Misar.RunAsync("case", "list", "--quiet")).Expect(0);
        Assert.DoesNotContain("Next: ", quiet.Output, StringComparison.Ordinal);
        Assert.Contains(hand.Reference, quiet.Output, StringComparison.Ordinal);
        Assert.Empty(quiet.Errors);
    }

    [Fact]
    public void NoColorIsHonouredOnATerminal()
    {
        Assert.Contains("\u001b[", OnATerminal(""), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[1m", OnATerminal("NO_COLOR=1"), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2m", OnATerminal("NO_COLOR=1"), StringComparison.Ordinal);
    }

    /// <summary>util-linux's script gives the command a terminal of its own.</summary>
    private string OnATerminal(string assignment)
    {
        string root = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string command = $"env -u NO_COLOR {assignment} HOME={_misar.Home} DOTNET_ROOT={root} TERM=xterm {MisarProcess.Executable} vendor list";
        return Tool.Run("script", "bsdutils", "-qec", command, "/dev/null");
    }

    private static bool IsJson(MisarProcess.Result result)
    {
        try
        {
            return result.Json.ValueKind == System.Text.Json.JsonValueKind.Object;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    /// <summary>The names in the list of commands: two blanks, then a name.</summary>
    private static string[] ChildrenIn(string[] lines) =>
    [
        .. lines.SkipWhile(line => !line.StartsWith("Commands:", StringComparison.Ordinal)).Skip(1)
            .Where(line => line.Length > 2 && line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
            .Select(line => line.Trim().Split(' ')[0]),
    ];
}
