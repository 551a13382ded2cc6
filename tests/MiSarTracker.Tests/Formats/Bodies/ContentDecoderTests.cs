using System.IO.Compression;
using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;
using Xunit;
using ZstdSharp;

namespace MiSarTracker.Tests.Formats.Bodies;

public sealed class ContentDecoderTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"data_json={i * 37}&")));

    private readonly ContentDecoder _decoder = new(Limits.Default);

    public static TheoryData<string> Encodings => ["gzip", "x-gzip", "GZIP", "deflate", "deflate-raw", "br", "zstd", "identity", "", "none", " , gzip ,"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void EveryEncodingIsUndone(string encoding)
    {
        var decoded = _decoder.Decode(Encode(Content, encoding), encoding == "deflate-raw" ? "deflate" : encoding);

        Assert.Equal(DecodeOutcome.Decoded, decoded.Outcome);
        Assert.Equal(Content, decoded.Bytes.ToArray());
    }

    [Theory]
    [InlineData("gzip, br")]
    [InlineData("deflate,identity,zstd")]
    [InlineData("zstd , gzip,  br, gzip")]
    public void AListIsUndoneFromRightToLeft(string list)
    {
        var bytes = Content;
        foreach (var encoding in list.Split(','))
            bytes = Encode(bytes, encoding.Trim());

        Assert.Equal(Content, _decoder.Decode(bytes, list).Bytes.ToArray());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    public void CutOrWrongDataIsDamageAndTheRawBytesAreKept(string encoding)
    {
        var encoded = Encode(Content, encoding);
        foreach (var bytes in new[] { encoded[..(encoded.Length / 2)], encoded[..^1], "a=1&b=2, plainly no compressed data"u8.ToArray() })
        {
            var decoded = _decoder.Decode(bytes, encoding);

            Assert.Equal(DecodeOutcome.Damaged, decoded.Outcome);
            Assert.Equal(bytes, decoded.Bytes.ToArray());
            Assert.NotNull(decoded.Reason);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    public void ABombIsTooLargeAndNotInflatedToItsEnd(string encoding)
    {
        var decoder = new ContentDecoder(Limits.Default with { MaxBodyBytes = 100_000 });
        var bomb = Encode(new byte[30_000_000], encoding);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var decoded = decoder.Decode(bomb, encoding);

        Assert.Equal(DecodeOutcome.TooLarge, decoded.Outcome);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000);
        Assert.True(new ContentDecoder(Limits.Default with { MaxBodyBytes = 30_000_000 }).Decode(bomb, encoding).IsDecoded);
        Assert.Equal(DecodeOutcome.TooLarge, new ContentDecoder(Limits.Default with { MaxBodyBytes = 29_999_999 }).Decode(bomb, encoding).Outcome);
    }

    [Theory]
    [InlineData("compress")]
    [InlineData("aes128gcm")]
    [InlineData("gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip")]
    public void AnUnknownEncodingIsNamedAndTheRawBytesAreKept(string encoding)
    {
        var decoded = _decoder.Decode(Content, encoding);

        Assert.Equal(DecodeOutcome.Unsupported, decoded.Outcome);
        Assert.Equal(Content, decoded.Bytes.ToArray());
    }

    [Fact]
    public void MutatedDataIsDecodedOrDamagedAndNothingElse()
    {
        var random = new Random(11);
        foreach (var encoding in new[] { "gzip", "deflate", "deflate-raw", "br", "zstd" })
        {
            var encoded = Encode(Content, encoding);
            for (var round = 0; round < 1_000; round++)
            {
                var bytes = encoded.ToArray();
                for (var i = random.Next(1, 6); i > 0; i--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                var outcome = _decoder.Decode(bytes, encoding == "deflate-raw" ? "deflate" : encoding).Outcome;
                Assert.True(outcome is DecodeOutcome.Decoded or DecodeOutcome.Damaged or DecodeOutcome.TooLarge);
            }
        }
    }

    [Fact]
    public void AFormThatIsGzipWithoutAHeaderIsUndone() =>
        Assert.Equal(Content, Decoded("application/x-www-form-urlencoded", null, Encode(Content, "gzip"), isDecoded: false));

    [Fact]
    public void AnOctetStreamThatIsGzipWithoutAHeaderIsLeftAsItIs() =>
        Assert.Equal(Encode(Content, "gzip"), Decoded("application/octet-stream", null, Encode(Content, "gzip"), isDecoded: false));

    [Fact]
    public void WhatTheToolDecodedIsNotDecodedAgain() =>
        Assert.Equal(Content, Decoded("application/x-www-form-urlencoded", "gzip", Content, isDecoded: true));

    [Fact]
    public void ABodyThatWasNotKeptHasNoBytesAndSaysWhy()
    {
        var decoded = _decoder.Request(Exchange("text/plain", null, new Body(BodyState.NotCaptured, default, 7, false)));

        Assert.Equal(DecodeOutcome.NoBytes, decoded.Outcome);
        Assert.Contains("did not keep", decoded.Reason, StringComparison.Ordinal);
    }

    private byte[] Decoded(string type, string? encoding, byte[] bytes, bool isDecoded) =>
        _decoder.Request(Exchange(type, encoding, new Body(BodyState.Present, bytes, bytes.Length, isDecoded))).Bytes.ToArray();

    private static HttpExchange Exchange(string type, string? encoding, Body body) => new()
    {
        Number = 1,
        Method = "POST",
        Scheme = "https",
        Host = "a",
        Target = "/",
        RequestHeaders = encoding is null ? [new("content-type", type)] : [new("content-type", type), new("CONTENT-ENCODING", encoding)],
        RequestBody = body,
    };

    private static byte[] Encode(byte[] bytes, string encoding)
    {
        using var target = new MemoryStream();
        using (Stream stream = encoding.Trim(' ', ',').ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "deflate-raw" => new DeflateStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "zstd" => new CompressionStream(target, leaveOpen: true),
            _ => new BufferedStream(new NonClosing(target)),
        })
            stream.Write(bytes);
        return target.ToArray();
    }

    private sealed class NonClosing(MemoryStream inner) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
