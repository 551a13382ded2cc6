using Spectre.Console;

namespace MiSarTracker.Commands;

/// <summary>
/// Shows on a terminal how far work has come, once it has lasted a second, and leaves nothing behind. The work runs on
/// its own thread and only leaves a number here.
/// </summary>
internal sealed class ProgressBar : IDisposable
{
    /// <summary>What is done before anybody wonders needs no bar.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    private const int LongestName = 30;

    private readonly ManualResetEventSlim _done = new();
    private readonly TextWriter _error;
    private readonly string _what;
    private readonly long _total;
    private readonly Thread _thread;
    private long _value;

    /// <param name="error">The terminal.</param>
    /// <param name="what">What is being done, or to which file.</param>
    /// <param name="total">How much there is to do; 0 when nobody knows.</param>
    public ProgressBar(TextWriter error, string what, long total)
    {
        (_error, _what, _total) = (error, what.Length <= LongestName ? what : what[..(LongestName - 1)] + "…", total);
        _thread = new Thread(Watch) { IsBackground = true, Name = "progress" };
        _thread.Start();
    }

    /// <summary>Says how much is done; from any thread.</summary>
    public void Report(long done) => Volatile.Write(ref _value, done);

    public void Dispose()
    {
        _done.Set();
        _thread.Join();
        _done.Dispose();
    }

    private void Watch()
    {
        if (_done.Wait(Patience))
        {
            return;
        }

        try
        {
            Show(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_error) }));
        }
        catch (IOException)
        {
            // The terminal has gone; the work has not.
        }
    }

    private void Show(IAnsiConsole console)
    {
        if (!console.Profile.Capabilities.Ansi)
        {
            return;
        }

        console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(_what), maxValue: Math.Max(1, _total));
                task.IsIndeterminate = _total <= 0;
                do
                {
                    task.Value = Math.Min(_total, Volatile.Read(ref _value));
                }
                while (!_done.Wait(Frame));
            });
    }
}
