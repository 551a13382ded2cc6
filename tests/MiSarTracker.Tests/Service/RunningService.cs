using System.Net;
using MiSarTracker.Core.Ports;
using MiSarTracker.Service;
using MiSarTracker.Tests.Sending;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Service;

/// <summary>The service on a free port of this machine, in this process, over a workspace of its own.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Uri> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<int> _run = Task.FromResult(0);

    private RunningService(PostOffice office) => Office = office;

    public PostOffice Office { get; }

    /// <summary>With the token.</summary>
    public Uri Opening { get; private set; } = new("http://127.0.0.1/");

    public Uri Root => new(Opening.GetLeftPart(UriPartial.Authority));

    public List<AcceptedLetter> Accepted { get; } = [];

    public static async Task<RunningService> StartAsync(PostOffice office, Settings? settings = null, IMailSender? sender = null, IClock? clock = null)
    {
        var service = new RunningService(office);
        service._run = Task.Run(() => ServiceHost.RunAsync(
            office.Workspace, settings ?? new Settings { Person = new PersonSettings { TimeZone = "Europe/Amsterdam" } }, Templates.Shipped, sender, clock ?? office.Clock,
            new ServeOptions { Urls = "http://127.0.0.1:0", Announce = service._announced.SetResult, AfterAccepted = service.Note }, service._stop.Token));
        var first = await Task.WhenAny(service._run, service._announced.Task);
        if (first == service._run)
            await service._run;
        service.Opening = await service._announced.Task;
        return service;
    }

    /// <summary>A browser that opened the printed address.</summary>
    public async Task<HttpClient> OpenedAsync()
    {
        var client = Stranger();
        using var answer = await client.GetAsync(Opening, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return client;
    }

    /// <summary>Somebody who knows the address but not the token.</summary>
    public HttpClient Stranger() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Root };

    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        Office.Dispose();
    }

    private Task Note(AcceptedLetter letter, CancellationToken cancellationToken)
    {
        lock (Accepted)
            Accepted.Add(letter);
        return Task.CompletedTask;
    }
}
