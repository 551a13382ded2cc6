using System.Globalization;
using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

public sealed class HarDamageTests
{
    private const string Head = """{"log":{"version":"1.2","entries":[""";

    public static TheoryData<string> BrokenEntries =>
    [
        "null", "42", "\"text\"", "[]", "{}", "{\"a\":1}", "true",
        """{"startedDateTime":"2024-03-30T12:00:00Z","request":{,}}""",
        """{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"https://b/" "method":"GET"}}""",
        """{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"https://b/,"method":"GET"}}""",
        """{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"https://b/","headers":[{"name":"a"}}""",
        """{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"https://b/"}""",
        """{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"https://b/"}]}""",
        """{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"/relative"}}""",
        """{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"https://b/","x":tru}}""",
        """{"startedDateTime":"2024-03-30T12:00:00Z","request":null}""",
        """{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"https://b/ without an end}}""",
        "{\"startedDateTime\":\"2024-03-30T12:00:00Z\",\"request\":{\"url\":\"https://b/\n\"}}",
        "{\"startedDateTime\":\"2024-03-30T12:00:00Z\",\"request\":{\"url\":\"https://b/\\q\"}}",
        "{\"startedDateTime\":\"2024-03-30T12:00:00Z\",\"request\":{\"url\":\"https://b/\",\"d\":" + new string('[', 70) + new string(']', 70) + "}}",
        "{\"startedDateTime\":\"2024-03-30T12:00:00Z\",\"request\":{\"url\":\"https://b/\",\"d\":" + new string('[', 100_000) + new string(']', 100_000) + "}}",
        "\u0001\u0002garbage",
    ];

    [Theory]
    [MemberData(nameof(BrokenEntries))]
    public void OneBrokenEntryCostsThatEntryAndIsReportedOnce(string broken)
    {
        foreach (var separator in new[] { ",", ",\n      " })
        {
            var capture = Corpus.Read(Encoding.UTF8.GetBytes(Head + string.Join(separator, Good(1), Good(2), broken, Good(4), Good(5)) + "]}}"));

            Assert.Equal(["/1", "/2", "/4", "/5"], capture.Exchanges.Select(kept => kept.Http.Target));
            Assert.StartsWith("entry 3", Assert.Single(capture.Damages).At, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ACutAtAnyByteKeepsEveryEntryBeforeIt()
    {
        var entries = Enumerable.Range(1, 3).Select(Good).ToList();
        var har = Encoding.UTF8.GetBytes(Head + string.Join(",", entries) + "]}}");
        for (var cut = Head.Length; cut < har.Length - 2; cut++)
        {
            var capture = Corpus.Read(har[..cut]);

            var whole = Enumerable.Range(1, 3).Count(i => Head.Length + entries.Take(i).Sum(entry => entry.Length) + i - 1 <= cut);
            Assert.Equal(whole, capture.Exchanges.Count);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"truncated at byte {cut}"), Assert.Single(capture.Damages).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AReaderThatGetsOneByteAtATimeReadsTheSame()
    {
        var har = Corpus.Bytes("captures/mifit-upload.httptoolkit.har");

        var capture = Corpus.Read(new DripStream(har));

        Assert.Equal(11, capture.Exchanges.Count);
        Assert.Empty(capture.Damages);
    }

    [Fact]
    public void AnEntryAboveTheLimitIsOneDamage()
    {
        var large = Good(2).Replace("\"GET\"", "\"GET\",\"x\":[" + string.Join(",", Enumerable.Repeat("\"0123456789\"", 20_000)) + "]", StringComparison.Ordinal);
        var capture = Corpus.Read(
            Encoding.UTF8.GetBytes(Head + string.Join(",", Good(1), large, Good(3)) + "]}}"), Limits.Default with { MaxExchangeBytes = 100_000 });

        Assert.Equal(["/1", "/3"], capture.Exchanges.Select(kept => kept.Http.Target));
        Assert.StartsWith("entry 2", Assert.Single(capture.Damages).At, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('x', 80)]
    [InlineData('\\', 16)]
    public void ABodyOfManyMegabytesIsNamedTooLargeWithoutBeingHeld(char filler, int megabytes)
    {
        var capture = default(ReadCapture);
        long largest = 0;
        var limits = Limits.Default with { MaxBodyBytes = 1 << 20 };
        var stream = new HugeStream(
            Encoding.UTF8.GetBytes(Head + Good(1) + ",{\"startedDateTime\":\"2024-03-30T12:00:00Z\",\"request\":{\"method\":\"POST\",\"url\":\"https://a.example/2\",\"postData\":{\"mimeType\":\"text/plain\",\"text\":\""),
            (byte)filler, (long)megabytes << 20, Encoding.UTF8.GetBytes("\"}}}," + Good(3) + "]}}"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        capture = Corpus.Read(stream, limits);
        largest = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Empty(capture.Damages);
        Assert.Equal(["/1", "/2", "/3"], capture.Exchanges.Select(kept => kept.Http.Target));
        Assert.Equal(BodyState.TooLarge, capture.Exchanges[1].Http.RequestBody.State);
        Assert.True(largest < (10 << 20), $"{largest} bytes were allocated for a body of {megabytes} MiB");
    }

    private static string Good(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"startedDateTime":"2024-03-30T12:00:00Z","time":1,"request":{"method":"GET","url":"https://a.example/{{number}}","headers":[{"name":"a","value":"b"},{"name":"c","value":"{\"d\":[{}]}"}]},"response":{"status":200} }""");
}
