using MiSarTracker.Tests.Service;
using Xunit;

namespace MiSarTracker.Tests.Web;

/// <summary>One running service for the tests of a class that only look at it.</summary>
public sealed class OpenedService : IAsyncLifetime
{
    private RunningService? _service;

    internal RunningService Service => _service!;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(await FilledOffice.OpenAsync());

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
    }
}
