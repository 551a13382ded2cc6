using Hangfire;
using MiSarTracker.Core;

namespace MiSarTracker.Service;

/// <summary>Looks into the mailbox, one look at a time. What a mail says moves no clock: that is the person's to confirm.</summary>
public sealed class InboxJob(ServiceParts parts, ILogger<InboxJob> log)
{
    private int _running;

    /// <summary>The next tick is the retry; a server that cannot be reached is said once a look.</summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Fail)]
    public async Task Run(CancellationToken cancellationToken)
    {
        if (parts.Options.Poll is not { } poll || Interlocked.Exchange(ref _running, 1) == 1)
            return;
        try
        {
            var polled = await poll(cancellationToken).ConfigureAwait(false);
            foreach (var item in polled.Taken.New)
                Messages.MailCame(log, item.Number, item.Case?.ToString() ?? "no case yet", Core.Cases.ContractName.Of(item.Kind));
            if (polled.Failure is { } failure)
                Messages.MailboxFailed(log, InboxWatch.Nameless(parts, failure));
        }
        finally
        {
            Interlocked.Exchange(ref _running, 0);
        }
    }
}

/// <summary>Where the mail server can tell of new mail by itself (IDLE), it is listened to, so that an answer is seen within seconds.</summary>
internal sealed class InboxWatch(ServiceParts parts, IBackgroundJobClient jobs, ILogger<InboxWatch> log) : BackgroundService
{
    /// <summary>Shorter than the 29 minutes after which a server may hang up (RFC 2177), and than what home routers remember.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(9);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>A server's refusal names the account; the log does not.</summary>
    public static string Nameless(ServiceParts parts, Unavailable failure) =>
        parts.Settings.Mail.Imap.Length > 0 && parts.Settings.Mail.ImapAccount().User is { Length: > 0 } user ? failure.Message.Replace(user, "the account", StringComparison.Ordinal) : failure.Message;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (parts.Options.WaitForMail is not { } wait)
            return;
        for (var pause = TimeSpan.FromSeconds(30); !stoppingToken.IsCancellationRequested;)
        {
            var begun = parts.Clock.GetCurrentInstant();
            try
            {
                if (await wait(Round, stoppingToken).ConfigureAwait(false))
                    _ = jobs.Enqueue<InboxJob>(job => job.Run(CancellationToken.None));
                else if (parts.Clock.GetCurrentInstant() - begun < NodaTime.Duration.FromMinutes(1))
                    return; // It cannot tell; the job looks from time to time.
                pause = TimeSpan.FromSeconds(30);
            }
            catch (Unavailable failure)
            {
                Messages.MailboxFailed(log, Nameless(parts, failure));
                await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
