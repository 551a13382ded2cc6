namespace MiSarTracker.Service;

/// <summary>What the service logs. References and states only: no names, no addresses, no secrets.</summary>
internal static partial class Messages
{
    [LoggerMessage(1, LogLevel.Information, "{Case} {Item}: {State}")]
    public static partial void Delivered(ILogger log, string @case, string item, string state);

    [LoggerMessage(2, LogLevel.Warning, "{Case} {Reminder} fired without a mail: {Reason}")]
    public static partial void NoReminderMail(ILogger log, string @case, string reminder, string reason);

    [LoggerMessage(3, LogLevel.Error, "A page failed: {Method} {Path}")]
    public static partial void PageFailed(ILogger log, Exception fault, string method, string path);

    [LoggerMessage(4, LogLevel.Information, "Mail {Number}: {Case}, {Kind}")]
    public static partial void MailCame(ILogger log, string number, string @case, string kind);

    [LoggerMessage(5, LogLevel.Warning, "The mailbox: {Reason}")]
    public static partial void MailboxFailed(ILogger log, string reason);
}
