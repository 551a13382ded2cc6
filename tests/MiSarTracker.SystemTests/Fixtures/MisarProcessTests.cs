using Xunit;

namespace MiSarTracker.SystemTests.Fixtures;

public sealed class MisarProcessTests
{
    [Fact]
    public async Task TheBuiltExecutableRunsAsAProcess()
    {
        using var misar = new MisarProcess();
        MisarProcess.Result result = await misar.RunAsync("--version");
        result.Expect(0);
        Assert.NotEmpty(result.Output.Trim());
    }
}
