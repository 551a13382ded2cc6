using Microsoft.Extensions.Logging.Console;

namespace MiSarTracker.Service;

/// <summary>
/// What the service writes to standard error: its own doings, and warnings of what it is built on. Requests are never
/// logged, because the first one has the token in its address.
/// </summary>
internal static class ServiceLog
{
    public static void Add(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("MiSarTracker", LogLevel.Information);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // The pages report their faults themselves, once and without an address.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None);
        // A start that fails is said by the command, in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
