using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

public sealed class MitmproxySamplesTests
{
    [Fact]
    public void ARealDumpGivesItsElevenExchangesWithTheirBodies()
    {
        var capture = Corpus.Read(Corpus.Bytes("captures/mifit-upload-http1.v17.mitm"));

        Assert.Equal("mitmproxy-17", capture.Format);
        Assert.Empty(capture.Damages);
        Assert.Equal(11, capture.Exchanges.Count);
        Assert.Equal("POST https://account.huami.com:443/v2/client/login 200", capture.Exchanges[0].Line);
        Assert.Equal(Corpus.Bytes("uploads/band.form"), capture.Exchanges[1].Request);
        Assert.Equal(Corpus.Bytes("uploads/band.form.gz"), capture.Exchanges[2].Request);
        Assert.False(capture.Exchanges[2].Http.RequestBody.IsDecoded);
        Assert.Equal(Corpus.Bytes("uploads/band.multipart"), capture.Exchanges[3].Request);
        Assert.All(capture.Exchanges, e => Assert.Equal("FAKE-APPTOKEN-0000", e.Http.RequestHeader("AppToken")));
    }

    [Fact]
    public void AFailedExchangeIsKeptAsAnAttempt()
    {
        var failed = Corpus.Read(Corpus.Bytes("captures/mifit-upload-http1.v17.mitm")).Exchanges.Single(e => e.Http.Error is not null);

        Assert.Null(failed.Http.Status);
        Assert.NotEqual("", failed.Http.Error);
    }

    [Fact]
    public void ACutDumpKeepsTheFlowsBeforeTheCutAndSaysWhereItIsCut()
    {
        var bytes = Corpus.Bytes("captures/truncated.v17.mitm");
        var capture = Corpus.Read(bytes);

        Assert.Equal(3, capture.Exchanges.Count);
        var damage = Assert.Single(capture.Damages);
        Assert.Contains($"truncated at byte {bytes.Length}", damage.Reason, StringComparison.Ordinal);
    }
}
