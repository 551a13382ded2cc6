using MiSarTracker.Formats;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

public sealed class HarSamplesTests
{
    [Fact]
    public void MitmproxysHarGivesTheSameContentAsItsDump()
    {
        var har = Corpus.Read(Corpus.Bytes("captures/mifit-upload-http1.hardump-8.1.1.har"));
        var dump = Corpus.Read(Corpus.Bytes("captures/mifit-upload-http1.v17.mitm"));
        var decoder = new ContentDecoder(Limits.Default);

        Assert.Empty(har.Damages);
        // The script of 8.1.1 leaves failed flows out.
        var kept = dump.Exchanges.Where(exchange => exchange.Http.Error is null).ToList();
        Assert.Equal(kept.Select(exchange => exchange.Line), har.Exchanges.Select(exchange => exchange.Line));
        foreach (var (fromHar, fromDump) in har.Exchanges.Zip(kept))
        {
            Assert.Equal(decoder.Decode(fromDump.Request, fromDump.RequestHeaders.FirstOrDefault(h => h.Name == "Content-Encoding").Value).Bytes.ToArray(), fromHar.Request);
            Assert.Equal(decoder.Decode(fromDump.Response, fromDump.ResponseHeaders.FirstOrDefault(h => h.Name == "Content-Encoding").Value).Bytes.ToArray(), fromHar.Response);
            Assert.Equal(fromDump.RequestHeaders, fromHar.RequestHeaders);
            Assert.True((fromDump.Http.StartedAt!.Value - fromHar.Http.StartedAt!.Value).TotalMilliseconds is > -1 and < 1);
        }
    }

    [Fact]
    public void HttpToolkitsHarSaysWhichBodyItDroppedAndWhichHostRefusedInterception()
    {
        var har = Corpus.Read(Corpus.Bytes("captures/mifit-upload.httptoolkit.har"));

        Assert.Equal("har-1.2", har.Format);
        Assert.Empty(har.Damages);
        Assert.Equal(11, har.Exchanges.Count);
        Assert.Equal(Corpus.Bytes("uploads/band.form"), har.Exchanges[1].Request);
        var dropped = har.Exchanges[4].Http.RequestBody;
        Assert.Equal((BodyState.TooLarge, 566L), (dropped.State, dropped.WireLength));
        Assert.Equal(768, har.Exchanges[8].Request.Length);
        Assert.NotNull(har.Exchanges[10].Http.Error);
        Assert.Null(har.Exchanges[10].Http.Status);
        Assert.Equal(
            new CaptureItem.InterceptionRefused("api-mifit-de2.zepp.com", "cert-rejected", Instant.FromUtc(2026, 11, 22, 11, 9, 45).PlusTicks(7650000)),
            Assert.Single(har.Refused));
    }

    [Fact]
    public void TheOpaqueUploadIsTheSameBytesInEveryTool()
    {
        var dump = Corpus.Read(Corpus.Bytes("captures/mifit-upload-http1.v17.mitm"));
        var har = Corpus.Read(Corpus.Bytes("captures/mifit-upload-http1.hardump-8.1.1.har"));
        var toolkit = Corpus.Read(Corpus.Bytes("captures/mifit-upload.httptoolkit.har"));

        Assert.Equal(dump.Exchanges[8].Request, har.Exchanges[8].Request);
        Assert.Equal(dump.Exchanges[8].Request, toolkit.Exchanges[8].Request);
    }
}
