using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MiSarTracker.FaultTests.Sending;
using MiSarTracker.TestBench.Running;

namespace MiSarTracker.FaultTests.Promises;

/// <summary>
/// P1: SIGKILL of us, or the end of the server's line, at each mark of the dialogue. Half an hour later (libfaketime) the person has the letter
/// sent again where its outcome is unknown. The server must have it, always the same, and twice only where it had it whole before the kill.
/// </summary>
internal static class KilledWhileSending
{
    private const string HalfAnHour = "+30m";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static void Break(Trial trial)
    {
        var total = new Figures();
        foreach (var who in new[] { "us", "line" })
        {
            foreach (var mark in KillingServer.Marks.Where(mark => trial.Only is null || trial.Only == $"{who}:{mark}"))
            {
                var figures = new Figures();
                for (var i = 0; i < trial.Repeat; i++)
                    RunAsync(trial, who, mark, figures).GetAwaiter().GetResult();
                trial.Say($"{who,-5} {mark,-10} {figures}");
                total.Add(figures);
            }
        }

        trial.Say($"all              {total}");
    }

    private static async Task RunAsync(Trial trial, string who, string mark, Figures figures)
    {
        var input = $"{who}:{mark}";
        await using var server = new KillingServer();
        var misar = Prepare(trial, $"{who}-{mark}", server, out var @case);
        var struck = false;
        using var sending = Start(misar, "letter", "send", @case, "--kind", "access", "--to", "privacy@vendor.test", "--yes");
        server.StrikeAt(mark, async () =>
        {
            struck = true;
            if (who == "line")
                throw new IOException("The line ends here.");
            sending.Kill();
            await sending.WaitForExitAsync().ConfigureAwait(false);
        });
        if (!trial.Must(sending.WaitForExit(Longest), input, "it did not end"))
            sending.Kill();
        trial.Must(struck, input, "the dialogue did not come to this mark");
        var before = StateOf(misar, @case);
        var unknown = Settle(misar, @case);

        // A letter as short as this one lies in the network whole when its first line is read: the server has it, although we were killed at that line.
        var whole = server.Letters.Count;
        if (before != "accepted")
            misar.Command("letter", "retry", @case, "L-001").Later().Run();
        var after = StateOf(misar, @case);
        figures.Trials++;
        figures.Unknown += unknown ? 1 : 0;
        figures.Lost += trial.Must(after == "accepted" && server.Letters.Count > 0, input, $"the letter is {after}, was {before}, and the server has it {server.Letters.Count} times") ? 0 : 1;
        figures.Different += trial.Must(server.Letters.Distinct().Count() == 1, input, "different letters went out") ? 0 : 1;
        var twice = server.Letters.Count - 1;
        figures.Twice += Math.Max(0, twice);
        trial.Must(twice <= 0 || (twice == 1 && whole == 1 && unknown), input, $"it went out {server.Letters.Count} times, {whole} of them before, and was {(unknown ? "" : "not ")}shown as unknown");
        trial.Must(misar.Command("verify").Later().Run().ExitCode == 0, input, "the workspace does not verify");
        trial.Remove(misar);
    }

    /// <summary>The person's word, where it is asked for.</summary>
    /// <returns>Whether the outcome was unknown.</returns>
    private static bool Settle(Misar misar, string @case) => misar.Command("letter", "settle", @case, "L-001", "--as", "not-sent").Later().Run().ExitCode == 0;

    private static string StateOf(Misar misar, string @case)
    {
        using var shown = JsonDocument.Parse(misar.Command("case", "show", @case, "--json").Later().Run().Expect(0).Output);
        return shown.RootElement.GetProperty("letters")[0].GetProperty("state").GetString()!;
    }

    private static Misar Prepare(Trial trial, string name, KillingServer server, out string @case)
    {
        var authority = trial.At($"{name}.pem");
        File.WriteAllText(authority, server.AuthorityPem);
        (var misar, @case) = trial.NewCase(name);
        var settings = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(misar.Workspace, "appsettings.json")))!;
        settings["Mail"]!["Smtp"] = string.Create(CultureInfo.InvariantCulture, $"smtps://ada%40example.org@127.0.0.1:{server.Port}");
        settings["Mail"]!["CertificateAuthorities"] = authority;
        File.WriteAllText(Path.Combine(misar.Workspace, "appsettings.json"), settings.ToJsonString());
        Directory.CreateDirectory(Path.Combine(misar.Workspace, "secrets"));
        File.WriteAllText(Path.Combine(misar.Workspace, "secrets", "smtp"), "password");
        return misar;
    }

    private static Process Start(Misar misar, params string[] arguments)
    {
        var command = misar.Command(arguments);
        var start = new ProcessStartInfo(command.Program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    /// <summary>The same command half an hour later on the wall clock: the lease of what was cut off has ended.</summary>
    private static Command Later(this Command command) => command with
    {
        Environment = command.Environment.Concat(new Dictionary<string, string?>
        {
            ["LD_PRELOAD"] = Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
                ?? throw new InvalidOperationException("libfaketimeMT.so.1 is missing: install the package faketime."),
            ["FAKETIME"] = HalfAnHour,
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        }).ToDictionary(),
    };

    private sealed class Figures
    {
        public int Trials { get; set; }

        public int Unknown { get; set; }

        public int Lost { get; set; }

        public int Different { get; set; }

        public int Twice { get; set; }

        public void Add(Figures other)
        {
            Trials += other.Trials;
            Unknown += other.Unknown;
            Lost += other.Lost;
            Different += other.Different;
            Twice += other.Twice;
        }

        public override string ToString() => $"{Trials} trials: lost {Lost}, different letters {Different}, the same twice {Twice}, shown as unknown {Unknown}";
    }
}
