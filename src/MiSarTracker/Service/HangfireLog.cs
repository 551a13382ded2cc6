using Hangfire.Logging;

namespace MiSarTracker.Service;

/// <summary>
/// Hangfire's warnings and errors to standard error. Hangfire has one log for the process; this one belongs to no
/// container, so it outlives each.
/// </summary>
internal sealed class HangfireLog(TextWriter output) : ILogProvider, ILog
{
    public ILog GetLogger(string name) => this;

    /// <summary>Without a message the question is only whether the level is of interest.</summary>
    public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null)
    {
        if (logLevel < Hangfire.Logging.LogLevel.Warn)
            return false;
        if (messageFunc is not null)
            output.WriteLine($"jobs: {messageFunc()}{(exception is null ? "" : $" {exception.GetType().Name}: {exception.Message}")}");
        return true;
    }
}
