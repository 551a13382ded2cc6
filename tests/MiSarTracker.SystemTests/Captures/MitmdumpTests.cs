using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Captures;

public sealed class MitmdumpTests
{
    [Fact]
    public async Task ASynchronisationThroughMitmdumpReachesTheVendorAndIsInTheDump()
    {
        await using Mitmdump capture = await Mitmdump.StartAsync();
        using (var phone = new BandClient(capture.Port, capture.AuthorityFile))
            await phone.SynchroniseAsync(TestContext.Current.CancellationToken);
        await capture.StopAsync();

        Assert.Equal(10, capture.Vendor.Requests.Count);
        Assert.Equal(5, capture.Vendor.Requests.Count(r => r.EndsWith("api-mifit-de.huami.com/v1/data/band_data.json", StringComparison.Ordinal)));
        string dump = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(capture.Dump, TestContext.Current.CancellationToken));
        Assert.Equal(10, dump.Split("/v1/").Length - 1 + dump.Split("/users/").Length - 1 + dump.Split("/v2/").Length - 1 + dump.Split("/huami.health.").Length - 1);
        Assert.Contains("x-hm-ekv", dump, StringComparison.Ordinal);
    }
}
