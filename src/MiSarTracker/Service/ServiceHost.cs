using System.Runtime.InteropServices;
using Hangfire;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Storage;
using MiSarTracker.Web;
using NodaTime;

namespace MiSarTracker.Service;

/// <summary>The service: pages on this machine, reminders at their time, mails out. One for each workspace.</summary>
public static class ServiceHost
{
    /// <summary>A dialogue with a mail server gets 15 s to end, the jobs then 25, and all of it this long.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    /// <summary>Runs until it is told to stop: by the token, SIGTERM, SIGINT or SIGHUP.</summary>
    /// <param name="workspace">Opened as <see cref="Workspace.Service"/>, so that the history says who acted.</param>
    /// <param name="sender">The person's mail server, or null when none is set: reminders then stand on the pages only.</param>
    /// <returns>0 after an orderly stop.</returns>
    /// <exception cref="Refusal">Another service works on the workspace, or the address may not be used.</exception>
    /// <exception cref="Unavailable">Something else listens at the address.</exception>
    public static async Task<int> RunAsync(
        Workspace workspace, Settings settings, Templates templates, IMailSender? sender, IClock clock, ServeOptions options, CancellationToken cancellationToken)
    {
        var addresses = ListenAddresses.Parse(options.Urls);
        using var only = workspace.LockForService();
        using var signals = new StopSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, signals.Told);
        var token = AccessToken.Draw();
        var app = Build(new ServiceParts(workspace, settings, templates, sender, clock, options), addresses, token);
        await using (app.ConfigureAwait(false))
        {
            await Start(app, addresses, stop.Token).ConfigureAwait(false);
            await Begin(app, stop.Token).ConfigureAwait(false);
            options.Announce(token.AddTo(ListenAddresses.Bound(app)));
            await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
            using var limit = new CancellationTokenSource(StopLimit);
            await app.StopAsync(limit.Token).ConfigureAwait(false);
        }

        return 0;
    }

    internal static WebApplication Build(ServiceParts parts, ListenAddresses addresses, AccessToken token)
    {
        // Empty: no setting, environment variable or file but ours decides how the service listens and what it logs.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ServiceHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        ServiceLog.Add(builder.Logging);
        Jobs.Add(builder.Services, parts);
        WebPages.Add(builder, parts, addresses, token);
        var app = builder.Build();
        WebPages.Use(app, addresses, token);
        return app;
    }

    private static async Task Start(WebApplication app, ListenAddresses addresses, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException taken)
        {
            throw new Unavailable($"{addresses} cannot be listened at: {taken.Message}", "Stop what uses it, or take another address with --urls.", taken);
        }
    }

    /// <summary>Everything that is pending goes to the scheduler anew: it forgets when the process ends, the table does not.</summary>
    private static async Task Begin(WebApplication app, CancellationToken cancellationToken)
    {
        await app.Services.GetRequiredService<SweepJob>().ScheduleAll(cancellationToken).ConfigureAwait(false);
        Jobs.Begin(app.Services.GetRequiredService<IRecurringJobManager>(), app.Services.GetRequiredService<IBackgroundJobClient>(), app.Services.GetRequiredService<ServiceParts>().Options);
    }

    /// <summary>The host waits for nobody; <see cref="RunAsync"/> says when it ends.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>
    /// A signal may be handled while the service, told by the command line's own handler, has ended already: what the
    /// handler touches is therefore never disposed. (A source without a timer holds nothing that needs it.)
    /// </summary>
    private sealed class StopSignals : IDisposable
    {
        private readonly List<PosixSignalRegistration> _registrations;

        public StopSignals()
        {
#pragma warning disable CA2000 // See above.
            var source = new CancellationTokenSource();
#pragma warning restore CA2000
            Told = source.Token;
            _registrations =
            [
                .. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = true;
                    source.Cancel();
                })),
            ];
        }

        public CancellationToken Told { get; }

        public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
    }
}
