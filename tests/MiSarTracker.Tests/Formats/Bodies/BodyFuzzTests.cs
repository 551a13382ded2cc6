using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Tests.Formats.Captures;
using Xunit;
using ZstdSharp;

namespace MiSarTracker.Tests.Formats.Bodies;

/// <summary>Whatever the bytes: a value with a reason, soon, and within the limit; 20,000 inputs for each decoder.</summary>
public sealed class BodyFuzzTests
{
    private static readonly int Inputs = Fuzz.Inputs(2_000);
    private static readonly Limits Tight = Limits.Default with { MaxBodyBytes = 5_000 };
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("userid=3000000001&data_json=" + string.Concat(Enumerable.Repeat("%5B%7B+ab", 40)));

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    public void MutatedContentIsDecodedOrGivenBackWithAReason(string encoding)
    {
        var random = new Random(encoding.Length);
        var decoder = new ContentDecoder(Tight);
        var seed = encoding.Split(", ").Aggregate(Content, Packed);
        Assert.Equal(Content, decoder.Decode(seed, Header(encoding)).Bytes.ToArray());
        for (var round = 0; round < Inputs; round++)
        {
            var bytes = Mutation.Of(seed, random);
            var watch = Stopwatch.StartNew();

            var decoded = decoder.Decode(bytes, Header(encoding));

            if (decoded.IsDecoded ? decoded.Bytes.Length > Tight.MaxBodyBytes : decoded.Reason is null || !decoded.Bytes.Span.SequenceEqual(bytes))
                Assert.Fail($"round {round}: {decoded.Outcome}, {decoded.Bytes.Length} bytes, {decoded.Reason}");
            if (watch.Elapsed > TimeSpan.FromSeconds(5))
                Assert.Fail($"round {round} took {watch.Elapsed}");
        }
    }

    [Fact]
    public void AZLibHeaderThatWantsADictionaryIsDamage() =>
        Assert.Equal(DecodeOutcome.Damaged, new ContentDecoder(Tight).Decode(new byte[] { 0x78, 0xBB, 1, 2, 3, 4, 5, 6 }, "deflate").Outcome);

    [Fact]
    public void MutatedFormsMultipartsAndBase64AreReadOrNot()
    {
        var random = new Random(11);
        var multipart = "--zz\r\nContent-Disposition: form-data; name=\"data_json\"\r\n\r\n[]\r\n--zz\r\nContent-Disposition: form-data; name=b\r\n\r\n1\r\n--zz--\r\n"u8.ToArray();
        var base64 = Encoding.ASCII.GetBytes(Convert.ToBase64String(Content));
        for (var round = 0; round < Inputs; round++)
        {
            foreach (var field in FormBody.Read(Mutation.Of(Content, random)))
                _ = field.Name.Length + field.Decode().Length;
            var parts = MultipartBody.Read(Mutation.Of(multipart, random), "multipart/form-data; boundary=zz");
            _ = Base64Tolerant.Decode(Mutation.Of(base64, random));
            if (parts.Parts.Sum(part => part.Content.Length) > 1_000)
                Assert.Fail($"round {round}: the parts have more than the body");
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    public void ABombEndsAtTheLimit(string encoding)
    {
        var bomb = encoding.Split(", ").Aggregate(new byte[30_000_000], Packed);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var decoded = new ContentDecoder(Tight).Decode(bomb, encoding);

        Assert.Equal(DecodeOutcome.TooLarge, decoded.Outcome);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20 << 20);
    }

    private static string Header(string encoding) => encoding == "raw deflate" ? "deflate" : encoding;

    private static byte[] Packed(byte[] bytes, string encoding)
    {
        using var target = new MemoryStream();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "zstd" => new CompressionStream(target, leaveOpen: true),
            "deflate" => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
            _ => new DeflateStream(target, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            packer.Write(bytes);
        }

        return target.ToArray();
    }
}
