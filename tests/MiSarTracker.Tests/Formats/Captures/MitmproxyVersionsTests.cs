using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

public sealed class MitmproxyVersionsTests
{
    public static TheoryData<string> Versions => [.. FlowDumpVersion.All.Select(version => version.Name)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void EveryVersionGivesTheSameExchange(string version)
    {
        var flow = new RecordedFlow
        {
            Body = Encoding.UTF8.GetBytes("userid=3000000001&data_json=%5B%5D"),
            Headers = [("apptoken", "T"), ("X-Twice", "a"), ("x-twice", "b")],
            StartedAt = Instant.FromUtc(2024, 3, 31, 1, 30).PlusTicks(1234560),
        };

        var capture = Corpus.Read(FlowDumpWriter.Dump(new FlowDumpVersion(version), flow));

        var kept = Assert.Single(capture.Exchanges);
        Assert.Empty(capture.Damages);
        Assert.Equal("mitmproxy-" + version, capture.Format);
        Assert.Equal("POST https://api-mifit-de.huami.com:443/v1/data/band_data.json?r=1 200", kept.Line);
        Assert.Equal(flow.Body, kept.Request);
        Assert.Equal("HTTP/1.1", kept.Http.HttpVersion);
        Assert.Equal(["Host", "apptoken", "X-Twice", "x-twice"], kept.RequestHeaders.Select(header => header.Name));
        Assert.Equal(flow.ResponseBody, kept.Response);
        Assert.Equal(flow.StartedAt, kept.Http.StartedAt!.Value, (left, right) => Math.Abs((left - right).TotalNanoseconds) < 1000);
        Assert.False(kept.Http.Altered);
        Assert.Null(kept.Http.Error);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void TheHostIsTheOneThatTheAppAskedForAndNotTheAddress(string version)
    {
        var lines = Corpus.Read(FlowDumpWriter.Dump(
            new FlowDumpVersion(version),
            new RecordedFlow { Host = "API-Mifit.Huami.com:8443", ServerAddress = "203.0.113.9", Sni = "other.example" },
            new RecordedFlow { IsHttp2 = true, ServerAddress = "203.0.113.9" },
            new RecordedFlow { NamesHost = false, ServerAddress = "203.0.113.9", Sni = "api-mifit-us.zepp.com" },
            new RecordedFlow { NamesHost = false, ServerAddress = "203.0.113.9" })).Exchanges;

        Assert.Equal(
            ["api-mifit.huami.com:8443", "api-mifit-de.huami.com:443", "api-mifit-us.zepp.com:443", "203.0.113.9:443"],
            lines.Select(kept => $"{kept.Http.Host}:{kept.Http.Port}"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void ABodyThatWasNotKeptIsNotAnEmptyBody(string version)
    {
        var kept = Corpus.Read(FlowDumpWriter.Dump(
            new FlowDumpVersion(version),
            new RecordedFlow { Body = null, Headers = [("Content-Length", "4711")] },
            new RecordedFlow { Body = [] })).Exchanges;

        Assert.Equal(BodyState.NotCaptured, kept[0].Http.RequestBody.State);
        Assert.Equal(4711, kept[0].Http.RequestBody.WireLength);
        Assert.Equal(BodyState.None, kept[1].Http.RequestBody.State);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void WhatTheAnalystReplayedOrEditedSaysSo(string version)
    {
        var kept = Corpus.Read(FlowDumpWriter.Dump(
            new FlowDumpVersion(version),
            new RecordedFlow { IsReplayed = true },
            new RecordedFlow { IsEdited = true },
            new RecordedFlow())).Exchanges;

        Assert.Equal([true, true, false], kept.Select(exchange => exchange.Http.Altered));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void AFailedAttemptHasNoStatusAndAnError(string version)
    {
        var kept = Assert.Single(Corpus.Read(FlowDumpWriter.Dump(
            new FlowDumpVersion(version), new RecordedFlow { Status = null, Error = "connection refused" })).Exchanges);

        Assert.Null(kept.Http.Status);
        Assert.Equal("connection refused", kept.Http.Error);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void OtherProtocolsAreCountedAndNotMistakenForHttp(string version)
    {
        using var target = new MemoryStream();
        var writer = new FlowDumpWriter(target, new FlowDumpVersion(version));
        writer.WriteOther("tcp");
        writer.Write(new RecordedFlow { IsWebSocket = true });
        writer.WriteOther("dns");
        var capture = Corpus.Read(target.ToArray());

        Assert.Single(capture.Exchanges);
        var hasMessages = new FlowDumpVersion(version).Rank >= 12;
        Assert.Equal(hasMessages ? ["tcp", "websocket", "dns"] : ["tcp", "dns"], capture.Counted);
    }

    [Fact]
    public void AMixedDumpIsOfItsHighestVersion()
    {
        byte[] bytes =
        [
            .. FlowDumpWriter.Dump(new FlowDumpVersion("0.18"), new RecordedFlow()),
            .. FlowDumpWriter.Dump(new FlowDumpVersion("20"), new RecordedFlow()),
            .. FlowDumpWriter.Dump(new FlowDumpVersion("7"), new RecordedFlow()),
        ];

        var capture = Corpus.Read(bytes);

        Assert.Equal("mitmproxy-20", capture.Format);
        Assert.Equal([1L, 2, 3], capture.Exchanges.Select(kept => kept.Http.Number));
    }

    [Fact]
    public void TheVersionIsKnownBeforeReading() =>
        Assert.Equal("mitmproxy-0.17", CaptureReader.Open(new MemoryStream(FlowDumpWriter.Dump(new FlowDumpVersion("0.17"), new RecordedFlow())), Limits.Default).Format);

    [Fact]
    public void Version010IsRefusedWithAReasonAndARemedy()
    {
        var refusal = Assert.Throws<ImportException>(() => Corpus.Read(FlowDumpWriter.Dump(new FlowDumpVersion("0.10"), new RecordedFlow())));

        Assert.Contains("0.10", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("HAR", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void ScalarsOfUnexpectedTypesAreReadAllTheSame()
    {
        var flow = Tnet.Dict(
            true,
            ("version", Tnet.Number(11)),
            ("client_conn", Tnet.Dict(true, ("sni", Tnet.Bool(false)))),
            ("request", Tnet.Dict(
                true,
                ("method", Tnet.Text("post")), ("scheme", Tnet.Text("https")), ("host", Tnet.Bytes("h.example")), ("port", Tnet.Text("8443")),
                ("path", Tnet.Text("/ä")), ("http_version", Tnet.Text("HTTP/1.1")), ("headers", Tnet.Null()), ("content", Tnet.Text("x")),
                ("timestamp_start", Tnet.Number(1711800000)))),
            ("response", Tnet.Dict(true, ("status_code", Tnet.Bytes("201")))));

        var kept = Assert.Single(Corpus.Read(flow).Exchanges);

        Assert.Equal("POST https://h.example:8443/ä 201", kept.Line);
        Assert.Equal(Instant.FromUnixTimeSeconds(1711800000), kept.Http.StartedAt);
        Assert.Equal("x", kept.RequestText);
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("nan")]
    [InlineData("1e300")]
    public void ATimeThatNoCalendarHasIsUnknown(string seconds)
    {
        var flow = Tnet.Dict(true, ("version", Tnet.Number(17)), ("request", Tnet.Dict(
            true, ("method", Tnet.Bytes("GET")), ("host", Tnet.Text("h")), ("timestamp_start", Tnet.Element(Encoding.ASCII.GetBytes(seconds), '^')))));

        Assert.Null(Assert.Single(Corpus.Read(flow).Exchanges).Http.StartedAt);
    }
}
