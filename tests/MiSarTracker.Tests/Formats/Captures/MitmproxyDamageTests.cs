using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

public sealed class MitmproxyDamageTests
{
    private static readonly RecordedFlow Small = new() { Body = "a=1"u8.ToArray(), ResponseBody = "{}"u8.ToArray() };

    [Fact]
    public void ACutAtAnyByteKeepsEveryFlowBeforeItAndIsReportedOnce()
    {
        var flows = Enumerable.Range(1, 3).Select(i => FlowDumpWriter.Dump(FlowDumpVersion.Current, Small with { Target = $"/{i}" })).ToList();
        byte[] dump = [.. flows.SelectMany(flow => flow)];
        var ends = new[] { flows[0].Length, flows[0].Length + flows[1].Length, dump.Length };

        for (var cut = 20; cut <= dump.Length; cut++)
        {
            var capture = Corpus.Read(dump[..cut]);

            var whole = ends.Count(end => end <= cut);
            Assert.Equal(Enumerable.Range(1, whole).Select(i => $"/{i}"), capture.Exchanges.Select(kept => kept.Http.Target));
            if (ends.Contains(cut))
                Assert.Empty(capture.Damages);
            else
                Assert.Contains($"truncated at byte {cut}", Assert.Single(capture.Damages).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AFlippedByteAnywhereCostsAtMostTheFlowThatItIsIn()
    {
        var flows = Enumerable.Range(1, 3).Select(i => FlowDumpWriter.Dump(FlowDumpVersion.Current, Small with { Target = $"/{i}" })).ToList();
        for (var at = 0; at < flows[1].Length; at++)
        {
            var middle = flows[1].ToArray();
            middle[at] ^= 0x15;
            var targets = Corpus.Read([.. flows[0], .. middle, .. flows[2]]).Exchanges.Select(kept => kept.Http.Target).ToList();

            Assert.Equal("/1", targets[0]);
            Assert.Equal("/3", targets[^1]);
        }
    }

    [Theory]
    [InlineData("1000000000000:")]
    [InlineData("999999999999:")]
    [InlineData("0:~")]
    [InlineData("5:hello,")]
    [InlineData("12:4:type;3:xyz")]
    [InlineData("garbage that is no flow at all")]
    [InlineData("99999999:4:type;4:http;")]
    [InlineData("-5:}")]
    [InlineData("3:4:a}")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    public void GarbageBetweenFlowsIsOneDamageAndNothingElseIsLost(string garbage)
    {
        var flow = FlowDumpWriter.Dump(FlowDumpVersion.Current, Small);
        byte[] dump = [.. flow, .. Encoding.Latin1.GetBytes(garbage), .. flow, .. flow];

        var capture = Corpus.Read(dump);

        Assert.Equal(3, capture.Exchanges.Count);
        Assert.Equal($"byte {flow.Length}", Assert.Single(capture.Damages).At);
    }

    [Fact]
    public void ALengthThatIsTooLongDoesNotSwallowTheFlowsAfterIt()
    {
        var flow = FlowDumpWriter.Dump(FlowDumpVersion.Current, Small);
        foreach (var digits in new[] { "9", "99", "999", "99999", "9999999" })
        {
            byte[] dump = [.. flow, .. Encoding.ASCII.GetBytes(digits), .. flow, .. flow, .. flow];

            var capture = Corpus.Read(dump);

            Assert.Equal(3, capture.Exchanges.Count);
            Assert.Single(capture.Damages);
        }
    }

    [Fact]
    public void LineEndsBetweenFlowsAreNoDamage()
    {
        var flow = FlowDumpWriter.Dump(FlowDumpVersion.Current, Small);
        var capture = Corpus.Read([.. flow, .. "\r\n"u8, .. flow, .. "\n"u8]);

        Assert.Equal(2, capture.Exchanges.Count);
        Assert.Empty(capture.Damages);
    }

    [Fact]
    public void ADamagedBeginningIsStillKnownForADump()
    {
        var flow = FlowDumpWriter.Dump(FlowDumpVersion.Current, Small);
        byte[] dump = [.. "xx"u8, .. flow, .. flow];

        var capture = Corpus.Read(dump);

        Assert.Equal(2, capture.Exchanges.Count);
        Assert.Single(capture.Damages);
    }

    [Fact]
    public void ManyDamagesAreReportedUpToTheLimitAndThenCounted()
    {
        var broken = Tnet.Dict(true, ("version", Tnet.Number(17)), ("type", Tnet.Text("http")));
        byte[] dump = [.. Enumerable.Repeat(broken, 50).SelectMany(flow => flow), .. FlowDumpWriter.Dump(FlowDumpVersion.Current, Small)];

        var capture = Corpus.Read(dump, Limits.Default with { MaxReportedDamages = 5 });

        Assert.Equal(6, capture.Damages.Count);
        Assert.Contains("45 further", capture.Damages[^1].Reason, StringComparison.Ordinal);
        Assert.Single(capture.Exchanges);
    }

    [Theory]
    [InlineData(3_000_000)]
    [InlineData(12_000_000)]
    public void ALargeFlowGivesTheSameAsASmallOne(int size)
    {
        var body = new byte[size];
        new Random(7).NextBytes(body);
        var capture = Corpus.Read(FlowDumpWriter.Dump(FlowDumpVersion.Current, Small, Small with { Body = body, Sni = "x", NamesHost = false }, Small));

        Assert.Empty(capture.Damages);
        Assert.Equal(3, capture.Exchanges.Count);
        Assert.True(body.AsSpan().SequenceEqual(capture.Exchanges[1].Request));
        Assert.Equal("x", capture.Exchanges[1].Http.Host);
        Assert.Equal("{}"u8.ToArray(), capture.Exchanges[1].Response);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(10_000_000)]
    public void ABodyAboveTheLimitIsNamedTooLargeAndItsExchangeIsKept(int size)
    {
        var capture = Corpus.Read(
            FlowDumpWriter.Dump(FlowDumpVersion.Current, Small with { Body = new byte[size] }, Small),
            Limits.Default with { MaxBodyBytes = 500_000 });

        Assert.Empty(capture.Damages);
        Assert.Equal(BodyState.TooLarge, capture.Exchanges[0].Http.RequestBody.State);
        Assert.Equal(size, capture.Exchanges[0].Http.RequestBody.WireLength);
        Assert.Equal("{}"u8.ToArray(), capture.Exchanges[0].Response);
        Assert.Equal("a=1", capture.Exchanges[1].RequestText);
    }

    [Fact]
    public void AFlowAboveTheLimitIsOneDamageAndReadingGoesOn()
    {
        var capture = Corpus.Read(
            FlowDumpWriter.Dump(FlowDumpVersion.Current, Small, Small with { Body = new byte[2_000_000] }, Small),
            Limits.Default with { MaxExchangeBytes = 1_000_000 });

        Assert.Equal(2, capture.Exchanges.Count);
        Assert.Contains("1000000", Assert.Single(capture.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ALargeFlowThatIsCutKeepsWhatWasBefore()
    {
        var dump = FlowDumpWriter.Dump(FlowDumpVersion.Current, Small, Small with { Body = new byte[10_000_000] });

        var capture = Corpus.Read(dump[..9_500_000]);

        Assert.Single(capture.Exchanges);
        Assert.Contains("truncated at byte 9500000", Assert.Single(capture.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void HeadersThatWereNotLookedAtInTimeAreNotMadeUp()
    {
        var file = CaptureReader.Open(new MemoryStream(FlowDumpWriter.Dump(FlowDumpVersion.Current, Small, Small)), Limits.Default);
        var lent = file.Read(TestContext.Current.CancellationToken).OfType<CaptureItem.Exchange>().Select(item => item.Http).ToList();

        Assert.Throws<InvalidOperationException>(() => lent[0].RequestHeaders.Count);
    }

    [Fact]
    public void AReaderThatGetsOneByteAtATimeReadsTheSame()
    {
        var dump = FlowDumpWriter.Dump(FlowDumpVersion.Current, Small, Small with { Target = "/2" });

        var capture = Corpus.Read(new DripStream(dump));

        Assert.Equal(2, capture.Exchanges.Count);
        Assert.Empty(capture.Damages);
    }
}
