using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Dashboard;
using Hangfire.InMemory;
using MiSarTracker.Web;

namespace MiSarTracker.Service;

/// <summary>
/// Hangfire, as this service uses it: storage in memory, because the tables are the truth; jobs carry ids only. Its parts
/// are the container's, not its global ones, so that two services in one process do not meet.
/// </summary>
internal static class Jobs
{
    public const string Dashboard = "/hangfire";

    public static void Add(IServiceCollection services, ServiceParts parts)
    {
        services.AddSingleton(parts);
        services.AddSingleton<JobStorage>(_ => new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(3) }));
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton<IReminderScheduler>(provider => new HangfireScheduler(provider.GetRequiredService<IBackgroundJobClient>(), parts.Clock));
        services.AddSingleton<OutboxJob>();
        services.AddSingleton<SweepJob>();
        services.AddSingleton<InboxJob>();
        services.AddHostedService<InboxWatch>();
        services.AddTransient<ReminderJob>();
        services.AddHangfire(hangfire => hangfire.UseLogProvider(new HangfireLog(Console.Error)));
        services.AddHangfireServer(server =>
        {
            server.Queues = [Queues.Reminders, Queues.Default];
            // A slow mail server holds one at most; see OutboxJob.
            server.WorkerCount = 4;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(5);
            server.ShutdownTimeout = TimeSpan.FromSeconds(25);
        });
    }

    /// <summary>What runs again and again, and once now. Memory forgets recurring jobs too, so they are named at every start.</summary>
    public static void Begin(IRecurringJobManager recurring, IBackgroundJobClient jobs, ServeOptions options)
    {
        recurring.AddOrUpdate<OutboxJob>("outbox", Queues.Default, job => job.Run(CancellationToken.None), Cron.Minutely());
        recurring.AddOrUpdate<SweepJob>("sweep", Queues.Default, job => job.Run(CancellationToken.None), Cron.Minutely());
        jobs.Enqueue<SweepJob>(job => job.Run(CancellationToken.None));
        jobs.Enqueue<OutboxJob>(job => job.Run(CancellationToken.None));
        if (options.Poll is null)
            return;
        recurring.AddOrUpdate<InboxJob>("inbox", Queues.Default, job => job.Run(CancellationToken.None), Every(options.PollMinutes));
        jobs.Enqueue<InboxJob>(job => job.Run(CancellationToken.None));
    }

    private static string Every(int minutes) => minutes < 60 ? $"*/{Math.Max(1, minutes)} * * * *" : Cron.Hourly();

    /// <summary>Hangfire's own pages, to look at and not to touch.</summary>
    public static void UseDashboard(IApplicationBuilder app, AccessToken token) => app.UseHangfireDashboard(Dashboard, new DashboardOptions
    {
        Authorization = [new TokenFilter(token)],
        IsReadOnlyFunc = _ => true,
        DisplayStorageConnectionString = false,
        AppPath = "/",
        DashboardTitle = "Jobs",
    });

    /// <summary>The gates in front have looked already; the dashboard does not rely on it.</summary>
    private sealed class TokenFilter(AccessToken token) : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) => token.IsIn(context.GetHttpContext().Request);
    }
}
