using System.Diagnostics;
using System.Globalization;
using System.Text;
using MiSarTracker.Formats;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>Files made to take all the time or all the memory.</summary>
public sealed class HostileCaptureTests
{
    private const string Har = """{"log":{"version":"1.2","entries":[""";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string, int, string> Repeated => new()
    {
        { Har, """{"a":[""", 100_000, "!" },
        { Har, """[{"a":""", 100_000, "!" },
        { Har + """{"startedDateTime":"x","request":""", """{"a":[""", 100_000, "]]}}" },
        { Har, """{"a":{"b":[{},{}]}},""", 60_000, "!" },
        { Har, "{},", 200_000, "]}}" },
        { Har, "{", 400_000, "" },
        { Har, "\"", 400_000, "" },
        { Har, "{\"request\":{\"url\":\"https://a/\\", 30_000, "" },
        { """[{"host":"a","request":""", """{"a":[""", 100_000, "!" },
        { """[{"host":"a"},""", """[{"a":""", 100_000, "!" },
        { "3:abc}", "}99999999:4:type;", 200_000, "" },
        { "3:abc}", "}999999999999:4:type;", 200_000, "" },
        { "3:abc}", "}30:4:type;4:http;7:version;", 100_000, "" },
        { "1000000000000:", "1000000000000:", 100_000, "7:version;" },
        { "90:7:request;", "5:0:;0:,}", 200_000, "}7:version;" },
        { "IPProto,SrcIP,App\n", ",", 3_000_000, "\n" },
        { "IPProto,SrcIP,App\n", "\n,", 200_000, "\n" },
    };

    [Theory]
    [MemberData(nameof(Repeated))]
    public void RepetitionCostsNoMoreTimeThanTheFileIsLong(string head, string unit, int times, string tail)
    {
        var bytes = Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat(unit, times)) + tail);
        var watch = Stopwatch.StartNew();
        try
        {
            Corpus.Read(bytes);
        }
        catch (ImportException)
        {
            // Refused is well.
        }

        Assert.True(watch.Elapsed < Soon, $"it took {watch.Elapsed}");
    }

    [Fact]
    public void OneBrokenEntryInAHundredThousandCostsItself()
    {
        var har = new StringBuilder(Har);
        for (var i = 1; i <= 100_000; i++)
        {
            har.Append(i == 50_000 ? "{\"startedDateTime\":\"2024-03-30T12:00:00Z\",\"request\":{\"url\":https://a/}}" : string.Create(
                CultureInfo.InvariantCulture, $$"""{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"https://a.example/{{i}}"} }""")).Append(i == 100_000 ? "]}}" : ",");
        }

        var capture = Corpus.Read(Encoding.UTF8.GetBytes(har.ToString()));

        Assert.Equal(99_999, capture.Exchanges.Count);
        Assert.StartsWith("entry 50000 ", Assert.Single(capture.Damages).At, StringComparison.Ordinal);
        Assert.Equal(["/49999", "/50001"], capture.Exchanges.Skip(49_998).Take(2).Select(kept => kept.Http.Target));
    }

    [Fact]
    public void ATextOfTwoGigabytesIsPassedOverWithoutBeingHeld()
    {
        const long length = 2_200_000_000;
        var stream = new HugeStream(
            Encoding.UTF8.GetBytes(Har + Entry("""{"url":"https://a/1"}""") + ",{\"startedDateTime\":\"2024-03-30T12:00:00Z\",\"request\":{\"url\":\"https://a/2\",\"postData\":{\"text\":\""),
            (byte)'x', length, Encoding.UTF8.GetBytes("\"}}}," + Entry("""{"url":"https://a/3"}""") + "]}}"));

        var capture = Measured(stream, out var allocated);

        Assert.Equal(["/1", "/3"], capture.Exchanges.Select(kept => kept.Http.Target));
        Assert.StartsWith("entry 2 ", Assert.Single(capture.Damages).At, StringComparison.Ordinal);
        Assert.True(allocated < 200 << 20, $"{allocated} bytes were allocated");
    }

    [Fact]
    public void AFlowOfTwoGigabytesIsPassedOverWithoutBeingHeld()
    {
        const long length = 2_200_000_000;
        var small = FlowDumpWriter.Dump(FlowDumpVersion.Current, new RecordedFlow());
        var message = string.Create(CultureInfo.InvariantCulture, $"7:content;{length}:");
        var request = message.Length + length + 1;
        var head = string.Create(CultureInfo.InvariantCulture, $"7:version;2:17#7:request;{request}:");
        var flow = string.Create(CultureInfo.InvariantCulture, $"{head.Length + request + 1}:{head}{message}");
        var stream = new HugeStream([.. small, .. Encoding.ASCII.GetBytes(flow)], (byte)'x', length, [.. ",}}"u8, .. small]);

        var capture = Measured(stream, out var allocated);

        Assert.Equal(2, capture.Exchanges.Count);
        Assert.Single(capture.Damages);
        Assert.True(allocated < 200 << 20, $"{allocated} bytes were allocated");
    }

    [Fact]
    public void ALengthOfATerabyteAllocatesNothingLikeIt()
    {
        var small = FlowDumpWriter.Dump(FlowDumpVersion.Current, new RecordedFlow());

        var capture = Measured(new MemoryStream([.. small, .. "999999999999:4:type;"u8]), out var allocated);

        Assert.Single(capture.Exchanges);
        Assert.True(allocated < 200 << 20, $"{allocated} bytes were allocated");
    }

    private static ReadCapture Measured(Stream stream, out long allocated)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var capture = Corpus.Read(stream);
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return capture;
    }

    private static string Entry(string request) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"startedDateTime":"2024-03-30T12:00:00Z","request":{{request}} }""");
}
