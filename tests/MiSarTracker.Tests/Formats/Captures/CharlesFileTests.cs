using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

public sealed class CharlesFileTests
{
    private const string Form = "userid=3000000001&data_json=%5B%5D";

    [Fact]
    public void ASessionIsItsExchange()
    {
        var capture = Read(Session());

        var kept = Assert.Single(capture.Exchanges);
        Assert.Empty(capture.Damages);
        Assert.Equal("charles-json", capture.Format);
        Assert.Equal("POST https://api-mifit-de.huami.com:443/v1/data/band_data.json?r=1 200", kept.Line);
        Assert.Equal(Instant.FromUtc(2024, 3, 31, 20, 10, 8).PlusTicks(1_980_000), kept.Http.StartedAt);
        Assert.Equal(Form, kept.RequestText);
        Assert.True(kept.Http.RequestBody.IsDecoded);
        Assert.Equal(34, kept.Http.RequestBody.WireLength);
        Assert.Equal("{\"code\":1}"u8.ToArray(), kept.Response);
        Assert.Equal(["Host", "apptoken"], kept.RequestHeaders.Select(header => header.Name));
    }

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("br", false)]
    [InlineData("deflate", false)]
    [InlineData("gzip", true)]
    public void EncodedBytesAreUndoneAsTheirHeaderSaysUnlessCharlesDidSo(string encoding, bool isDecoded)
    {
        var bytes = isDecoded ? Encoding.ASCII.GetBytes(Form) : Packed(encoding);
        var session = Session(request =>
        {
            request["contentEncoding"] = encoding;
            request["header"]!["headers"]!.AsArray().Add(new JsonObject { ["name"] = "Content-Encoding", ["value"] = encoding });
            request["body"] = new JsonObject { ["encoding"] = "base64", ["encoded"] = Convert.ToBase64String(bytes), ["decoded"] = isDecoded };
        });
        var decoded = "";

        Corpus.Read(File(session), take: http => decoded = Encoding.ASCII.GetString(new ContentDecoder(Limits.Default).Request(http).Bytes.Span));

        Assert.Equal(Form, decoded);
    }

    [Fact]
    public void ATunnelIsAConnectionAndNoExchange()
    {
        var session = Session();
        (session["tunnel"], session["method"], session["host"], session["path"], session["query"]) = (true, "CONNECT", "Pinned.example", null, null);

        var items = Items(File(session));

        var seen = Assert.IsType<CaptureItem.Connection>(Assert.Single(items)).Seen;
        Assert.Equal(("pinned.example", 443, 134L, 12L), (seen.Host, seen.Port, seen.BytesSent, seen.BytesReceived));
        Assert.Equal(Instant.FromUtc(2024, 3, 31, 20, 10, 9), seen.LastSeen);
    }

    [Theory]
    [InlineData("EXCEPTION", "Connection refused", "Connection refused")]
    [InlineData("RECEIVING_RESPONSE_BODY", null, "RECEIVING_RESPONSE_BODY")]
    public void WhatDidNotCompleteIsAnAttempt(string status, string? message, string said)
    {
        var session = Session();
        (session["status"], session["errorMessage"], session["response"]) = (status, message, null);

        var http = Assert.Single(Read(session).Exchanges).Http;

        Assert.Null(http.Status);
        Assert.Contains(said, http.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sizes":{"body":34}}""", BodyState.NotCaptured)]
    [InlineData("""{"sizes":{"body":34},"body":null}""", BodyState.NotCaptured)]
    [InlineData("""{"sizes":{"body":0},"body":{"text":""}}""", BodyState.None)]
    [InlineData("""{"header":null,"sizes":null,"body":7}""", BodyState.None)]
    public void AMissingBodySaysWhetherThereWasOne(string request, BodyState state)
    {
        var session = Session();
        session["request"] = JsonNode.Parse(request);

        Assert.Equal(state, Assert.Single(Read(session).Exchanges).Http.RequestBody.State);
    }

    [Theory]
    [InlineData("""{"start":1711915808198}""", true)]
    [InlineData("""{"requestBegin":"2024-03-31T22:10:08.198+02:00"}""", true)]
    [InlineData("""{"start":"yesterday"}""", false)]
    [InlineData("null", false)]
    public void TheStartIsADateOrMilliseconds(string times, bool isKnown)
    {
        var session = Session();
        session["times"] = JsonNode.Parse(times);

        var capture = Read(session);

        Assert.Equal(isKnown ? Instant.FromUnixTimeMilliseconds(1711915808198) : null, Assert.Single(capture.Exchanges).Http.StartedAt);
        Assert.Equal(isKnown ? 0 : 1, capture.Damages.Count);
    }

    [Fact]
    public void WhatTheFieldsLeaveOutTheFirstLineSays()
    {
        var session = Session();
        foreach (var name in (string[])["method", "path", "query", "scheme", "actualPort"])
            session.Remove(name);
        session["request"]!["header"]!["firstLine"] = "put /a?b=c HTTP/1.1";

        Assert.Equal("PUT https://api-mifit-de.huami.com:443/a?b=c 200", Assert.Single(Read(session).Exchanges).Line);
    }

    [Theory]
    [InlineData("""{"host":"x","request":{,}}""")]
    [InlineData("""{"host":"x","request":{"body":{"text":"unfinished}}}""")]
    [InlineData("""{"host":"x","request":[[[{"a":1]]}""")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("17")]
    public void OneBrokenSessionCostsThatSession(string broken)
    {
        var good = Session().ToJsonString();

        var capture = Corpus.Read(Encoding.UTF8.GetBytes($"[{good},{good},{broken},{good},{good}]"));

        Assert.Equal(4, capture.Exchanges.Count);
        Assert.StartsWith("session 3", Assert.Single(capture.Damages).At, StringComparison.Ordinal);
    }

    [Fact]
    public void ACutAtAnyByteKeepsEverySessionBeforeItAndIsReportedOnce()
    {
        var good = Session().ToJsonString();
        var bytes = Encoding.UTF8.GetBytes($"[{good},{good}]");
        for (var cut = good.Length / 2; cut < bytes.Length - 1; cut++)
        {
            var capture = Corpus.Read(bytes[..cut]);

            Assert.Equal(cut > (2 * good.Length) + 1 ? 2 : cut > good.Length ? 1 : 0, capture.Exchanges.Count);
            Assert.Contains("truncated", Assert.Single(capture.Damages).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AMarkAndCompressionAroundItAreTolerated()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write([.. "\uFEFF"u8, .. File(Session())]);

        Assert.Single(Corpus.Read(target.ToArray()).Exchanges);
    }

    private static ReadCapture Read(JsonObject session) => Corpus.Read(File(session));

    private static List<CaptureItem> Items(byte[] bytes) =>
        [.. CaptureReader.Open(new MemoryStream(bytes), Limits.Default).Read(TestContext.Current.CancellationToken)];

    private static byte[] File(JsonObject session) => JsonSerializer.SerializeToUtf8Bytes(new JsonArray(session.DeepClone()));

    private static byte[] Packed(string encoding)
    {
        using var target = new MemoryStream();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest),
            "br" => new BrotliStream(target, CompressionLevel.Fastest),
            _ => new ZLibStream(target, CompressionLevel.Fastest),
        })
        {
            packer.Write(Encoding.ASCII.GetBytes(Form));
        }

        return target.ToArray();
    }

    private static JsonObject Session(Action<JsonObject>? change = null)
    {
        var session = JsonNode.Parse($$"""
            {
              "status": "COMPLETE", "method": "POST", "protocolVersion": "HTTP/1.1", "scheme": "https", "host": "api-mifit-de.huami.com", "actualPort": 443,
              "path": "/v1/data/band_data.json", "query": "r=1", "tunnel": false, "keptAlive": true, "webSocket": false, "remoteAddress": "a/203.0.113.9",
              "times": { "start": "2024-03-31T22:10:08.198+02:00", "requestBegin": "2024-03-31T22:10:08.200+02:00", "end": "2024-03-31T22:10:09.000+02:00" },
              "durations": { "total": 802, "dns": null }, "totalSize": 512, "ssl": { "protocol": "TLSv1.3" }, "alpn": { "protocol": "h2" },
              "request": {
                "sizes": { "headers": 100, "body": 34 }, "mimeType": "application/x-www-form-urlencoded", "charset": null, "contentEncoding": null,
                "header": { "firstLine": "POST /v1 HTTP/1.1", "headers": [ { "name": "Host", "value": "api-mifit-de.huami.com" }, { "name": "apptoken", "value": "T" } ] },
                "body": { "text": "{{Form}}", "charset": null }
              },
              "response": {
                "status": 200, "sizes": { "headers": 2, "body": 10 }, "mimeType": "application/json", "charset": "UTF-8", "contentEncoding": "gzip",
                "header": { "firstLine": "HTTP/1.1 200 OK", "headers": [ { "name": "Content-Encoding", "value": "gzip" } ] },
                "body": { "text": "{\"code\":1}", "charset": "UTF-8", "decoded": true }
              }
            }
            """)!.AsObject();
        change?.Invoke(session["request"]!.AsObject());
        return session;
    }
}
