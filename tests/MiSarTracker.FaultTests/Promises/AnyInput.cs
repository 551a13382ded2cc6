using System.Diagnostics;
using System.Globalization;
using MiSarTracker.FaultTests.Hostile;

namespace MiSarTracker.FaultTests.Promises;

/// <summary>
/// P12: every reader against changed and made-up inputs, in a child process that has little memory and is killed when
/// an input takes too long. The child only says which input it is at; who judges is here.
/// </summary>
internal static class AnyInput
{
    /// <summary>256 MiB of managed memory.</summary>
    private const string HeapLimit = "0x10000000";
    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(20);

    public static void Break(Trial trial)
    {
        foreach (var reader in ReaderChild.Readers)
        {
            var (first, count) = Range(trial, reader);
            if (count == 0)
                continue;
            var watch = Stopwatch.StartNew();
            var state = new State();
            while (state.Next < first + count && state.Restarts < 50)
            {
                state.Next = Math.Max(state.Next, first);
                RunChild(trial, reader, first + count, state);
            }

            trial.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{reader,-10} {count:N0} inputs in {watch.Elapsed.TotalSeconds:0} s: {state.Answered:N0} answered, {state.Refused:N0} refused; other exceptions {state.Other}, hangs {state.Hangs}, out of memory or crashed {state.Crashes}"));
        }
    }

    private static (int First, int Count) Range(Trial trial, string reader)
    {
        if (trial.Only is null)
            return (0, trial.Inputs);
        var parts = trial.Only.Split(':');
        return parts is [var name, var number] && name == reader ? (int.Parse(number, CultureInfo.InvariantCulture), 1) : (0, 0);
    }

    /// <summary>Runs inputs in one child until they are done, or one of them brings it down; the next begins behind that.</summary>
    private static void RunChild(Trial trial, string reader, int end, State state)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, Arguments(trial, reader, state.Next, end)) { RedirectStandardOutput = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        using var child = Process.Start(start)!;
        var at = state.Next;
        while (true)
        {
            var line = child.StandardOutput.ReadLineAsync();
            if (!line.Wait(LongestInput))
            {
                child.Kill();
                child.WaitForExit();
                state.Hangs++;
                Lose(trial, reader, at, state, $"took more than {LongestInput.TotalSeconds} s");
                return;
            }

            switch (line.Result?.Split(' ', 3))
            {
                case null:
                    child.WaitForExit();
                    if (at < end)
                    {
                        state.Crashes++;
                        Lose(trial, reader, at, state, $"the child ended with {child.ExitCode}");
                    }

                    state.Next = Math.Max(state.Next, at);
                    return;
                case ["at", var number, ..]:
                    at = int.Parse(number, CultureInfo.InvariantCulture);
                    break;
                case ["done", var answered, var refused]:
                    state.Answered += int.Parse(answered, CultureInfo.InvariantCulture);
                    state.Refused += int.Parse(refused, CultureInfo.InvariantCulture);
                    at = end;
                    state.Next = end;
                    break;
                case ["other", var number, var what]:
                    state.Other++;
                    trial.Must(false, $"{reader}:{number}", what);
                    break;
                default:
                    break;
            }
        }
    }

    private static string[] Arguments(Trial trial, string reader, int first, int end) =>
        [.. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? new[] { typeof(AnyInput).Assembly.Location } : [], ReaderChild.Name, reader, Text(trial.Seed), Text(first), Text(end)];

    private static void Lose(Trial trial, string reader, int at, State state, string what)
    {
        trial.Must(false, $"{reader}:{at}", what);
        state.Next = at + 1;
        state.Restarts++;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class State
    {
        public int Next { get; set; }

        public int Restarts { get; set; }

        public int Answered { get; set; }

        public int Refused { get; set; }

        public int Other { get; set; }

        public int Hangs { get; set; }

        public int Crashes { get; set; }
    }
}
