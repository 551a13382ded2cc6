using Hangfire;
using NodaTime;

namespace MiSarTracker.Service;

/// <summary>Reminders as Hangfire's delayed jobs.</summary>
internal sealed class HangfireScheduler(IBackgroundJobClient jobs, IClock clock) : IReminderScheduler
{
    public void Schedule(long id, Instant due)
    {
        if (due <= clock.GetCurrentInstant())
            jobs.Enqueue<ReminderJob>(Queues.Reminders, job => job.Run(id, CancellationToken.None));
        else
            jobs.Schedule<ReminderJob>(Queues.Reminders, job => job.Run(id, CancellationToken.None), NextWholeSecond(due));
    }

    /// <summary>Hangfire cuts a due moment to whole seconds; without rounding up, jobs would run up to a second early.</summary>
    internal static DateTimeOffset NextWholeSecond(Instant due) =>
        DateTimeOffset.FromUnixTimeSeconds((due.ToUnixTimeMilliseconds() + 999) / 1000);
}

/// <summary>Reminders go first.</summary>
internal static class Queues
{
    public const string Reminders = "reminders";
    public const string Default = "default";
}
