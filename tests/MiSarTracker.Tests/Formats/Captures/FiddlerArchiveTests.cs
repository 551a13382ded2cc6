using System.IO.Compression;
using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Tests.Formats.Answers;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

public sealed class FiddlerArchiveTests
{
    private const string Url = "https://api-mifit-de.huami.com/v1/data/band_data.json?r=1";
    private const string Form = "userid=3000000001&data_json=%5B%5D";
    private static readonly string Post = $"POST {Url} HTTP/1.1\r\nHost: api-mifit-de.huami.com\r\nContent-Length: 34\r\n\r\n{Form}";

    [Fact]
    public void ASessionIsItsExchange()
    {
        var capture = Corpus.Read(new FiddlerArchive().Add(1, Post).Bytes());

        var kept = Assert.Single(capture.Exchanges);
        Assert.Empty(capture.Damages);
        Assert.Equal("fiddler-saz", capture.Format);
        Assert.Equal("POST https://api-mifit-de.huami.com:443/v1/data/band_data.json?r=1 200", kept.Line);
        Assert.Equal(Instant.FromUtc(2024, 3, 31, 20, 10, 8).PlusTicks(1_985_333), kept.Http.StartedAt);
        Assert.Equal(Form, kept.RequestText);
        Assert.Equal("HTTP/1.1", kept.Http.HttpVersion);
        Assert.False(kept.Http.Altered);
        Assert.Equal("{\"code\":1}"u8.ToArray(), kept.Response);
    }

    [Fact]
    public void SessionsComeInTheOrderOfTheirNumbersWhateverTheOrderOfTheEntries()
    {
        var capture = Corpus.Read(new FiddlerArchive().Add(10, Post).Add(9, Post).Add(2, Post).Bytes());

        Assert.Equal([2L, 9, 10], capture.Exchanges.Select(kept => kept.Http.Number));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("br, gzip")]
    public void ABodyThatIsChunkedAndEncodedIsUndoneInThatOrder(string encodings)
    {
        var body = encodings.Split(", ").Aggregate(Encoding.ASCII.GetBytes(Form), Packed);
        byte[] chunked = [.. Encoding.ASCII.GetBytes($"7;x=y\r\n"), .. body[..7], .. "\r\n"u8, .. Encoding.ASCII.GetBytes($"{body.Length - 7:X}\r\n"), .. body[7..], .. "\r\n0\r\nTrailer: x\r\n\r\n"u8];
        byte[] client = [.. Encoding.ASCII.GetBytes($"POST {Url} HTTP/1.1\r\nHost: a\r\nContent-Encoding: {encodings}\r\nTransfer-Encoding: chunked\r\n\r\n"), .. chunked];
        var decoded = "";

        var capture = Corpus.Read(
            new FiddlerArchive().Add(1, client, "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), FiddlerArchive.Metadata()).Bytes(),
            take: http => decoded = Encoding.ASCII.GetString(new ContentDecoder(Limits.Default).Request(http).Bytes.Span));

        Assert.Empty(capture.Damages);
        Assert.Equal(Form, decoded);
    }

    [Theory]
    [InlineData("5\r\nabcde\r\n4\r\nfg", "abcdefg", 1)]
    [InlineData("5\r\nabcde\r\nzz\r\n", "abcde", 1)]
    [InlineData("fffffffffffffff\r\nab", "ab", 1)]
    [InlineData("a=1&b=2", "a=1&b=2", 0)]
    [InlineData("5\nabcde\n0\n\n", "abcde", 0)]
    public void ChunksThatBreakOffKeepWhatCameBeforeAndPlainBytesStay(string body, string expected, int damages)
    {
        var capture = Corpus.Read(new FiddlerArchive().Add(1, $"POST {Url} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{body}").Bytes());

        Assert.Equal(expected, Assert.Single(capture.Exchanges).RequestText);
        Assert.Equal(damages, capture.Damages.Count);
    }

    [Theory]
    [InlineData("59", "", false)]
    [InlineData("d9", "", true)]
    [InlineData("159", "", true)]
    [InlineData("59", "<SessionFlag N=\"X-BreakRequest\" V=\"1\" />", true)]
    [InlineData("59", "<SessionFlag N=\"x-from-builder\" V=\"1\" />", true)]
    [InlineData("59", "<SessionFlag N=\"ui-comments\" V=\"mine\" />", false)]
    public void WhatTheAnalystReplayedOrEditedSaysSo(string bits, string flags, bool isAltered) => Assert.Equal(
        isAltered,
        Assert.Single(Corpus.Read(new FiddlerArchive().Add(1, Post, metadata: FiddlerArchive.Metadata(bits, flags: flags)).Bytes()).Exchanges).Http.Altered);

    [Fact]
    public void TunnelsAreNoExchangesAndABlindOneIsAConnection()
    {
        const string connect = "CONNECT pinned.example:443 HTTP/1.1\r\nHost: pinned.example:443\r\n\r\n";
        var archive = new FiddlerArchive().Add(1, connect, metadata: FiddlerArchive.Metadata("2049")).Add(2, connect, metadata: FiddlerArchive.Metadata("1049"));

        var items = CaptureReader.Open(new MemoryStream(archive.Bytes()), Limits.Default).Read(TestContext.Current.CancellationToken).ToList();

        Assert.Equal("tunnel", Assert.IsType<CaptureItem.Counted>(items[0]).Kind);
        Assert.Equal("pinned.example", Assert.IsType<CaptureItem.Connection>(items[1]).Seen.Host);
        Assert.Equal(2, items.Count);
    }

    [Fact]
    public void AnAbortedSessionIsAnAttempt()
    {
        var http = Assert.Single(Corpus.Read(new FiddlerArchive().Add(1, Post, "").Bytes()).Exchanges).Http;

        Assert.Null(http.Status);
        Assert.Contains("aborted", http.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /v1/x?y HTTP/1.1\r\nHost: api.example\r\n\r\n", "https://api.example:443/v1/x?y")]
    [InlineData("POST http://203.0.113.9:8080/v1 HTTP/1.1\r\nHost: api.example\r\n\r\n", "http://api.example:8080/v1")]
    [InlineData("GET https://api.example#top HTTP/2\r\n\r\n", "https://api.example:443/")]
    [InlineData("get https://url.example/a b HTTP/1.1\nhost: api.example:444\nX: 1\n  folded\n\n", "https://api.example:444/a b")]
    public void TheHostIsTheOneThatTheHeaderNamesAndTheRestTheUrls(string client, string expected)
    {
        var http = Assert.Single(Corpus.Read(new FiddlerArchive().Add(1, client).Bytes()).Exchanges).Http;

        Assert.Equal(expected, $"{http.Scheme}://{http.Host}:{http.Port}{http.Target}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("nonsense")]
    [InlineData("POST /without-a-host HTTP/1.1\r\n\r\n")]
    [InlineData("GET ftp://a.example/x HTTP/1.1\r\n\r\n")]
    public void ABrokenRequestCostsItsSession(string client)
    {
        var capture = Corpus.Read(new FiddlerArchive().Add(1, Post).Add(2, client).Add(3, Post).Bytes());

        Assert.Equal([1L, 3], capture.Exchanges.Select(kept => kept.Http.Number));
        Assert.Equal("session 2", Assert.Single(capture.Damages).At);
    }

    [Theory]
    [InlineData("<Session><SessionTimers")]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Session>&a;</Session>")]
    [InlineData("not xml")]
    [InlineData("<Session BitFlags=\"zz\"/>")]
    public void BrokenMetadataCostsTheTimeOnly(string metadata)
    {
        var capture = Corpus.Read(new FiddlerArchive().Add(1, Post, metadata: metadata).Bytes());

        Assert.Null(Assert.Single(capture.Exchanges).Http.StartedAt);
        Assert.Single(capture.Damages);
    }

    [Fact]
    public void WebSocketsBehindTheirUpgradeAreCounted() => Assert.Equal(
        ["websocket"], Corpus.Read(new FiddlerArchive().Add(1, Post).With("raw/01_w.txt", "x"u8.ToArray()).Bytes()).Counted);

    [Fact]
    public void ABodyAboveTheLimitIsNamedTooLargeAndItsExchangeIsKept()
    {
        var capture = Corpus.Read(
            new FiddlerArchive().Add(1, Post + new string('x', 3_000_000)).Add(2, Post).Bytes(), Limits.Default with { MaxBodyBytes = 100_000 });

        Assert.Equal([BodyState.TooLarge, BodyState.Present], capture.Exchanges.Select(kept => kept.Http.RequestBody.State));
        Assert.True(capture.Exchanges[0].Http.RequestBody.WireLength >= 3_000_000);
    }

    [Theory]
    [InlineData("AES256")]
    [InlineData("AES128")]
    [InlineData("ZipCrypto")]
    public void AProtectedArchiveOpensWithOneOfThePasswordsAndIsRefusedWithoutIt(string method)
    {
        using var tools = new PeerTools();
        var archive = new FiddlerArchive().Add(1, Post).Add(2, Post);
        foreach (var (name, content) in archive.Entries)
            tools.Write(name, content);
        tools.SevenZip("a", "-tzip", "-psecret word", $"-mem={method}", "x.saz", "raw", "_index.htm", "[Content_Types].xml");
        using var stream = new MemoryStream(tools.Read("x.saz"));

        var file = CaptureReader.Open(stream, Limits.Default, ["wrong", "secret word"]);

        Assert.Equal(2, file.Read(TestContext.Current.CancellationToken).OfType<CaptureItem.Exchange>().Count());
        Assert.Equal("secret word", file.Password);
        stream.Position = 0;
        var refusal = Assert.Throws<ImportException>(() => CaptureReader.Open(stream, Limits.Default, ["wrong"]));
        Assert.Contains("--password", refusal.Remedy, StringComparison.Ordinal);
        stream.Position = 0;
        Assert.Throws<ImportException>(() => CaptureReader.Open(stream, Limits.Default));
    }

    [Fact]
    public void AnArchiveThatCannotSeekOrIsPackedOnceMoreIsReadFromMemory()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new FiddlerArchive().Add(1, Post).Bytes());

        Assert.Single(Corpus.Read(target.ToArray()).Exchanges);
        Assert.Single(Corpus.Read(new DripStream(new FiddlerArchive().Add(1, Post).Bytes())).Exchanges);
    }

    [Fact]
    public void ACutArchiveKeepsTheSessionsBeforeTheCut()
    {
        var bytes = new FiddlerArchive().Add(1, Post).Add(2, Post).Add(3, Post).Bytes();

        var capture = Corpus.Read(bytes[..(bytes.Length / 2)]);

        Assert.NotEmpty(capture.Exchanges);
        Assert.NotEmpty(capture.Damages);
    }

    [Fact]
    public void AWrongChecksumCostsTheEntryAndIsReported()
    {
        var archive = new ZipForge();
        foreach (var (name, content) in new FiddlerArchive().Add(1, Post).Add(2, Post).Entries)
            archive.Add(name, content, name == "raw/01_c.txt" ? entry => entry.Crc ^= 1 : null);

        var capture = Corpus.Read(archive.Bytes());

        Assert.Equal(2, Assert.Single(capture.Exchanges).Http.Number);
        Assert.Contains("checksum", Assert.Single(capture.Damages).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("answer/HEARTRATE.csv", "response")]
    [InlineData("1-meta.json", ".chlz")]
    [InlineData("session.har", "Unpack")]
    public void OtherArchivesAreRefusedByWhatIsInThem(string name, string said)
    {
        var refusal = Assert.Throws<ImportException>(() => Corpus.Read(new FiddlerArchive().With(name, [1]).Bytes()));

        Assert.Contains(said, refusal.Message + refusal.Remedy, StringComparison.Ordinal);
    }

    private static byte[] Packed(byte[] bytes, string encoding)
    {
        using var target = new MemoryStream();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest),
            "br" => new BrotliStream(target, CompressionLevel.Fastest),
            _ => new ZLibStream(target, CompressionLevel.Fastest),
        })
        {
            packer.Write(bytes);
        }

        return target.ToArray();
    }
}
