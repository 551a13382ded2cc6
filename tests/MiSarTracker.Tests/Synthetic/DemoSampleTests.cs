using Xunit;

namespace MiSarTracker.Tests.Synthetic;

/// <summary>The demo's files are what their generator writes; UPDATE_DEMO=1 writes them anew.</summary>
public sealed class DemoSampleTests
{
    [Fact]
    public void TheShippedCaptureIsWhatItsGeneratorWrites()
    {
        var folder = Path.Combine(Repository.Root, "templates", "demo");
        if (Environment.GetEnvironmentVariable("UPDATE_DEMO") == "1")
        {
            DemoSample.WriteTo(folder);
        }

        Assert.Equal(DemoSample.Capture(), File.ReadAllBytes(Path.Combine(folder, "weeks.mitm")));
    }
}
