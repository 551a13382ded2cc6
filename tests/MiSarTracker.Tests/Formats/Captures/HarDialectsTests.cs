using System.Globalization;
using System.IO.Compression;
using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

public sealed class HarDialectsTests
{
    [Theory]
    [InlineData("2024-03-30T12:00:00Z", "2024-03-30T12:00:00Z")]
    [InlineData("2024-03-30T12:00:00.1+01:00", "2024-03-30T11:00:00.1Z")]
    [InlineData("2024-03-30T12:00:00.1234567-0530", "2024-03-30T17:30:00.1234567Z")]
    [InlineData("2024-03-30T12:00:00.123+01", "2024-03-30T11:00:00.123Z")]
    [InlineData("2024-03-30 12:00:00.000000+00:00", "2024-03-30T12:00:00Z")]
    [InlineData("2024-02-29T23:59:60Z", "2024-03-01T00:00:00Z")]
    public void DatesWithAnOffsetAreTheirInstant(string written, string expected)
    {
        var http = Single($$"""{"startedDateTime":"{{written}}","request":{"url":"https://a.example/"} }""").Http;

        Assert.Equal(InstantPattern.ExtendedIso.Parse(expected).Value, http.StartedAt);
        Assert.False(http.StartedAtLacksOffset);
    }

    [Fact]
    public void ADateWithoutAnOffsetIsTakenForUtcAndSaysSo()
    {
        var http = Single("""{"startedDateTime":"2024-03-30T12:00:00.5","request":{"url":"https://a.example/"}}""").Http;

        Assert.Equal(Instant.FromUtc(2024, 3, 30, 12, 0).PlusTicks(5_000_000), http.StartedAt);
        Assert.True(http.StartedAtLacksOffset);
    }

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2024-02-30T12:00:00Z\"")]
    [InlineData("\"2024-13-01T12:00:00Z\"")]
    [InlineData("\"2024-01-01T25:00:00Z\"")]
    [InlineData("\"2024-01-01T12:00:00+99:00\"")]
    [InlineData("null")]
    [InlineData("17")]
    public void AnUnreadableDateIsReportedAndTheRestOfTheEntryIsKept(string date)
    {
        var capture = Corpus.Read(Har($$"""{"startedDateTime":{{date}},"request":{"url":"https://a.example/"} }"""));

        Assert.Null(Assert.Single(capture.Exchanges).Http.StartedAt);
        Assert.Contains("entry 1", Assert.Single(capture.Damages).At, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"name":"Content-Type","value":"text/plain"},{"name":"X","value":"1"},{"name":"x","value":"2"}]""")]
    [InlineData("""[["Content-Type","text/plain"],["X","1"],["x","2"]]""")]
    [InlineData("""{"Content-Type":"text/plain","X":"1","x":"2"}""")]
    [InlineData("""[{"value":"text/plain","comment":{"a":[1]},"name":"Content-Type"},{"name":"X","value":1},null,7,{"name":"x","value":"2"}]""")]
    public void HeadersInEveryShapeAreTheSameHeaders(string headers)
    {
        var kept = Single(Entry($$"""{"method":"post","url":"https://a.example/","headers":{{headers}}}"""));

        Assert.Equal([new("Content-Type", "text/plain"), new("X", "1"), new("x", "2")], kept.RequestHeaders);
        Assert.Equal("POST", kept.Http.Method);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"headers\":null")]
    [InlineData(",\"headers\":[]")]
    public void MissingHeadersAreNoHeaders(string headers) =>
        Assert.Empty(Single(Entry($$"""{"url":"https://a.example/"{{headers}}}""")).RequestHeaders);

    [Fact]
    public void ATextThatClaimsEncodingBase64IsBytes() => Assert.Equal(
        [0, 1, 254, 255],
        Single(Entry("""{"method":"POST","url":"https://a/","postData":{"mimeType":"application/octet-stream","encoding":"base64","text":"AAH+/w==","params":[]}}""")).Request);

    [Fact]
    public void ParametersAloneAreWrittenAsAFormAgain()
    {
        var kept = Single(Entry("""{"method":"POST","url":"https://a/","postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"data_json","value":"[{\"a\":\"b+c/=\"}]"},{"name":"ü","value":"a b"}]}}"""));

        var fields = FormBody.Read(kept.Request).ToList();
        Assert.Equal(["data_json", "ü"], fields.Select(field => field.Name));
        Assert.Equal("[{\"a\":\"b+c/=\"}]", fields[0].Value);
        Assert.Equal("a b", fields[1].Value);
    }

    [Fact]
    public void ParametersThatAToolLeftCodedAreNotCodedTwice()
    {
        var kept = Single(Entry("""{"method":"POST","url":"https://a/","postData":{"mimeType":"application/x-www-form-urlencoded","text":"","params":[{"name":"data_json","value":"%5B%7B%22a%22%3A%22b%2Bc%22%7D%5D"},{"name":"t","value":"1711886400123"}]}}"""));

        var fields = FormBody.Read(kept.Request).ToList();
        Assert.Equal(["[{\"a\":\"b+c\"}]", "1711886400123"], fields.Select(field => field.Value));
    }

    [Fact]
    public void GzipWrittenAsLatin1IsItsBytesWhateverTheTypeSays()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
        {
            gzip.Write("data_json=%5B%5D&userid=3000000001"u8);
        }

        var text = System.Text.Json.JsonSerializer.Serialize(System.Text.Encoding.Latin1.GetString(packed.ToArray()));
        var kept = Single(Entry($$$"""{"method":"POST","url":"https://a/","postData":{"mimeType":"application/x-www-form-urlencoded; charset=UTF-8","text":{{{text}}}}}"""));

        Assert.Equal(packed.ToArray(), kept.Request);
    }

    [Fact]
    public void ParametersOfAMultipartAreWrittenAsAMultipartAgain()
    {
        var kept = Single(Entry("""{"method":"POST","url":"https://a/","postData":{"mimeType":"multipart/form-data; boundary=zz","params":[{"name":"data_json","value":"[]"}]}}"""));

        Assert.Equal("[]"u8.ToArray(), MultipartBody.Read(kept.Request, "multipart/form-data; boundary=zz").First("data_json")!.Content.ToArray());
    }

    [Fact]
    public void BinaryThatAToolWroteAsLatin1IsItsBytes() => Assert.Equal(
        [0x00, 0x7F, 0x80, 0xFF],
        Single(Entry("""{"method":"POST","url":"https://a/","postData":{"mimeType":"application/octet-stream","text":"\u0000\u007f\u0080ÿ"}}""")).Request);

    [Fact]
    public void TextStaysUtf8() => Assert.Equal(
        "straße"u8.ToArray(),
        Single(Entry("""{"method":"POST","url":"https://a/","postData":{"mimeType":"application/json","text":"stra\u00dfe"}}""")).Request);

    [Fact]
    public void BytesThatPythonEscapedAsSurrogatesAreTheirBytes() => Assert.Equal(
        [(byte)'a', 0xFF, 0x8B, 0xF0, 0x9F, 0x98, 0x80],
        Single(Entry("""{"method":"POST","url":"https://a/","postData":{"mimeType":"text/plain; charset=utf-8","text":"a\udcff\udc8b\ud83d\ude00"}}""")).Request);

    [Fact]
    public void ABodyIsAlreadyDecodedAlthoughItsHeadersSayOtherwise()
    {
        var kept = Single(Entry("""{"method":"POST","url":"https://a/","headers":[{"name":"Content-Encoding","value":"gzip"}],"bodySize":17,"postData":{"mimeType":"text/plain","text":"a=1"}}"""));

        Assert.True(kept.Http.RequestBody.IsDecoded);
        Assert.Equal(17, kept.Http.RequestBody.WireLength);
        Assert.Equal("a=1", kept.RequestText);
    }

    [Fact]
    public void OnlyBytesThatAreVisiblyCompressedAreStillEncoded()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write("data_json=%5B%5D"u8);
        var kept = Corpus.Read(Har(Entry($$"""{"method":"POST","url":"https://a/","headers":[["Content-Encoding","gzip"]],"postData":{"mimeType":"application/x-www-form-urlencoded","encoding":"base64","text":"{{Convert.ToBase64String(target.ToArray())}}"} }""")), take: http =>
        {
            Assert.False(http.RequestBody.IsDecoded);
            Assert.Equal("data_json=%5B%5D", Encoding.UTF8.GetString(new ContentDecoder(Limits.Default).Request(http).Bytes.Span));
        });

        Assert.Single(kept.Exchanges);
    }

    [Theory]
    [InlineData("""{"method":"POST","url":"https://a/","bodySize":17}""", BodyState.NotCaptured)]
    [InlineData("""{"method":"POST","url":"https://a/","bodySize":-1,"headers":[["content-length","17"]]}""", BodyState.NotCaptured)]
    [InlineData("""{"method":"POST","url":"https://a/","bodySize":17,"postData":{"mimeType":"","text":""}}""", BodyState.NotCaptured)]
    [InlineData("""{"method":"POST","url":"https://a/","bodySize":17,"_requestBodyStatus":"discarded:too-large"}""", BodyState.TooLarge)]
    [InlineData("""{"method":"POST","url":"https://a/","bodySize":17,"_requestBodyStatus":"discarded:not-decodable"}""", BodyState.NotCaptured)]
    [InlineData("""{"method":"POST","url":"https://a/","bodySize":0}""", BodyState.None)]
    [InlineData("""{"method":"GET","url":"https://a/","bodySize":null}""", BodyState.None)]
    [InlineData("""{"method":"GET","url":"https://a/","postData":null}""", BodyState.None)]
    public void AMissingBodySaysWhetherThereWasOne(string request, BodyState state) =>
        Assert.Equal(state, Single(Entry(request)).Http.RequestBody.State);

    [Theory]
    [InlineData("null", null, false)]
    [InlineData("""{"status":0,"statusText":"","content":{}}""", null, true)]
    [InlineData("""{"status":0,"_error":"net::ERR_FAILED","content":{"size":0,"mimeType":"application/x-unknown"}}""", null, true)]
    [InlineData("""{"status":200,"content":{"size":2,"text":"ok"}}""", 200, false)]
    [InlineData("""{"status":"204"}""", 204, false)]
    [InlineData("""{"status":-1}""", null, true)]
    public void AResponseThatFailedIsAnErrorAndNotAStatus(string response, int? status, bool isError)
    {
        var http = Single($$"""{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"https://a/"},"response":{{response}}}""").Http;

        Assert.Equal(status, http.Status);
        Assert.Equal(isError, http.Error is not null);
    }

    [Theory]
    [InlineData("https://User@API.Example:8443/a?b#c", "https", "api.example", 8443, "/a?b")]
    [InlineData("http://[2001:db8::1]/", "http", "2001:db8::1", 80, "/")]
    [InlineData("https://a.example?x=1", "https", "a.example", 443, "/?x=1")]
    [InlineData("wss://a.example/s", "https", "a.example", 443, "/s")]
    [InlineData("https://a.example", "https", "a.example", 443, "/")]
    public void UrlsAreTakenApart(string url, string scheme, string host, int port, string target)
    {
        var http = Single(Entry($$"""{"url":"{{url}}"}""")).Http;

        Assert.Equal((scheme, host, port, target), (http.Scheme, http.Host, http.Port, http.Target));
    }

    [Theory]
    [InlineData("https://203.0.113.9/", """["Host","API.example"]""", "api.example", 443)]
    [InlineData("https://redirected.example:8443/", """["host","api.example"]""", "api.example", 8443)]
    [InlineData("https://redirected.example/", """["Host","b.example:9443"],[":authority","api.example:444"]""", "api.example", 444)]
    [InlineData("https://url.example/", """["Host",""],["X","y"]""", "url.example", 443)]
    [InlineData("https://url.example/", """["Host","two names"]""", "url.example", 443)]
    public void TheHostIsTheOneThatTheHeadersNameElseTheUrls(string url, string headers, string host, int port)
    {
        var http = Single(Entry($$"""{"url":"{{url}}","headers":[{{headers}}]}""")).Http;

        Assert.Equal((host, port), (http.Host, http.Port));
    }

    [Theory]
    [InlineData("deflate", true)]
    [InlineData("identity", false)]
    public void BytesWithTheMarkOfZlibAreStillEncodedOnlyWhereTheHeaderSaysSo(string encoding, bool isEncoded)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Fastest))
            zlib.Write("a=1"u8);
        var kept = Single(Entry($$"""{"method":"POST","url":"https://a/","headers":[["Content-Encoding","{{encoding}}"]],"postData":{"mimeType":"","encoding":"base64","text":"{{Convert.ToBase64String(target.ToArray())}}"} }"""));

        Assert.Equal(!isEncoded, kept.Http.RequestBody.IsDecoded);
    }

    [Fact]
    public void NamesWithHalvesOfCharactersAreOtherNames() => Assert.Equal(
        "a", Single("""{"\ud800":1,"startedDateTime":"2024-03-30T12:00:00Z","re\u0071uest":{"\udc80":[],"url":"https://a/","headers":[{"n\ud800":1,"name":"X","value":"\ud800"}]}}""").Http.Host);

    [Fact]
    public void AnAnswersBodyThatWasNotLookedAtInTimeIsNotMadeUp()
    {
        const string entry = """{"startedDateTime":"2024-03-30T12:00:00Z","request":{"url":"https://a/"},"response":{"status":200,"content":{"text":"ok"}}}""";
        var lent = CaptureReader.Open(new MemoryStream(Har(entry, entry)), Limits.Default)
            .Read(TestContext.Current.CancellationToken).OfType<CaptureItem.Exchange>().Select(item => item.Http).ToList();

        Assert.Throws<InvalidOperationException>(() => lent[0].ResponseBody);
    }

    /// <summary>Small entries are read in one pass, large ones are scanned first: nobody may notice.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(1_100_000)]
    [InlineData(9_000_000)]
    public void TheSizeOfAnEntryChangesNothingElse(int size)
    {
        var filler = string.Concat(Enumerable.Repeat("\\u00e9\\\"x", size / 10));
        var entry = Entry($$"""{"method":"POST","url":"https://a/1","headers":[{"name":"A","value":"b"}],"postData":{"mimeType":"application/json","text":"{{filler}}"},"_more":{"deep":[[{"a":"]}"}]]} }""");
        var capture = Corpus.Read(Har(Entry("""{"url":"https://a/0"}"""), entry, Entry("""{"url":"https://a/2"}""")));

        Assert.Empty(capture.Damages);
        Assert.Equal(["/0", "/1", "/2"], capture.Exchanges.Select(kept => kept.Http.Target));
        Assert.Equal(string.Concat(Enumerable.Repeat("é\"x", size / 10)), capture.Exchanges[1].RequestText);
    }

    [Fact]
    public void UrlsThatNoNetworkSawAreCounted()
    {
        var capture = Corpus.Read(Har(Entry("""{"url":"data:image/png;base64,AA"}"""), Entry("""{"url":"blob:https://a/1"}"""), Entry("""{"url":"https://a/"}""")));

        Assert.Equal(["data", "blob"], capture.Counted);
        Assert.Equal(3, Assert.Single(capture.Exchanges).Http.Number);
    }

    [Fact]
    public void TheOrderOfMembersDoesNotMatter()
    {
        var capture = Corpus.Read(Encoding.UTF8.GetBytes(
            """{"comment":"x","log":{"_tlsErrors":[{"hostname":"A.example:443"},7,{}],"entries":[{"response":{"status":200},"request":{"headers":[],"url":"https://a/"},"startedDateTime":"2024-03-30T12:00:00Z"}],"pages":[{"startedDateTime":"x"}],"version":"1.1","creator":{}}}"""));

        Assert.Equal("har-1.1", capture.Format);
        Assert.Single(capture.Exchanges);
        Assert.Equal("a.example", Assert.Single(capture.Refused).Host);
        Assert.Empty(capture.Damages);
    }

    private static Kept Single(string entry)
    {
        var capture = Corpus.Read(Har(entry));
        Assert.Empty(capture.Damages);
        return Assert.Single(capture.Exchanges);
    }

    private static string Entry(string request) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"startedDateTime":"2024-03-30T12:00:00Z","request":{{request}},"response":{"status":200} }""");

    private static byte[] Har(params string[] entries) =>
        Encoding.UTF8.GetBytes($$"""{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"entries":[{{string.Join(",", entries)}}]} }""");
}
