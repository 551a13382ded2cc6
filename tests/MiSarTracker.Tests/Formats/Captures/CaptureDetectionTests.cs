using System.IO.Compression;
using System.Text;
using MiSarTracker.Formats;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

public sealed class CaptureDetectionTests
{
    private const string Har = """{"log":{"version":"1.2","creator":{"name":"x","version":"9"},"entries":[{"startedDateTime":"2024-03-30T12:00:00Z","request":{"method":"GET","url":"https://a.example/"}}]}}""";

    public static TheoryData<string, string> Unreadables => new()
    {
        { "", "empty" },
        { " \r\n", "empty" },
        { "PK\u0003\u0004", "Fiddler" },
        { "\u000A\u000D\u000D\u000A\u001c\0\0\0", "PCAPdroid" },
        { "\u00D4\u00C3\u00B2\u00A1\u0002\0", "PCAPdroid" },
        { "bplist00\u00d4", "Proxyman" },
        { "\u00AC\u00ED\0\u0005sr", "Charles" },
        { "<?xml version='1.0'?><charles-session>", "Charles" },
        { "{\"a\":1}", "HAR" },
        { "{\"log\":{\"pages\":[]}}", "HAR" },
        { "hello", "HAR" },
        { "\0\0\0\0", "HAR" },
        { "\u00A1\u00B2\u003C\u004D\0\u0002", "PCAPdroid" },
        { "CLIENT_RANDOM 00 00", "Wireshark" },
        { "# comment\r\n\r\nSERVER_TRAFFIC_SECRET_0 00 00\n", "Wireshark" },
        { "<html>login</html>", "HAR" },
    };

    [Theory]
    [MemberData(nameof(Unreadables))]
    public void WhatCannotBeReadIsRefusedWithWhatToExportInstead(string bytes, string said)
    {
        var refusal = Assert.Throws<ImportException>(() => Corpus.Read(Encoding.Latin1.GetBytes(bytes)));

        Assert.Contains(said, refusal.Message + " " + refusal.Remedy, StringComparison.Ordinal);
        Assert.NotNull(refusal.Remedy);
    }

    [Fact]
    public void AGzippedDumpIsRead() =>
        Assert.Equal(11, Corpus.Read(Packed(Corpus.Bytes("captures/mifit-upload-http1.v17.mitm"), stream => new GZipStream(stream, CompressionLevel.Fastest))).Exchanges.Count);

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void AZharIsRead(CompressionLevel level)
    {
        var capture = Corpus.Read(Packed(Corpus.Bytes("captures/mifit-upload-http1.hardump-8.1.1.har"), stream => new ZLibStream(stream, level)));

        Assert.Equal("har-1.2", capture.Format);
        Assert.Equal(10, capture.Exchanges.Count);
        Assert.Empty(capture.Damages);
    }

    [Fact]
    public void ACutGzipKeepsWhatItHolds()
    {
        var packed = Packed(Corpus.Bytes("captures/mifit-upload-http1.v17.mitm"), stream => new GZipStream(stream, CompressionLevel.Fastest));

        var capture = Corpus.Read(packed[..(packed.Length / 2)]);

        Assert.NotEmpty(capture.Exchanges);
        Assert.NotEmpty(capture.Damages);
    }

    [Fact]
    public void ACompressedBombIsNotInflatedToItsEnd()
    {
        var flow = FlowDumpWriter.Dump(FlowDumpVersion.Current, new RecordedFlow());
        byte[] head = [.. flow, .. Encoding.ASCII.GetBytes("900000000:")];
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(head);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 40; i++)
                gzip.Write(zeros);
        }

        var capture = Corpus.Read(target.ToArray(), Limits.Default with { MaxRatio = 100 });

        Assert.Single(capture.Exchanges);
        Assert.Contains(capture.Damages, damage => damage.Reason.Contains("believable", StringComparison.Ordinal));
    }

    [Fact]
    public void CompressionInCompressionEndsSomewhere()
    {
        var bytes = Encoding.UTF8.GetBytes(Har);
        for (var i = 0; i < 10; i++)
            bytes = Packed(bytes, stream => new GZipStream(stream, CompressionLevel.Fastest));

        Assert.Throws<ImportException>(() => Corpus.Read(bytes));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void AByteOrderMarkIsTolerated(string encoding)
    {
        var coder = Encoding.GetEncoding(encoding);
        var capture = Corpus.Read([.. coder.GetPreamble(), .. coder.GetBytes(Har)]);

        Assert.Equal("har-1.2", capture.Format);
        Assert.Equal("a.example", Assert.Single(capture.Exchanges).Http.Host);
    }

    [Fact]
    public void TheStreamStaysTheCallersToClose()
    {
        using var stream = new MemoryStream(Packed(Encoding.UTF8.GetBytes(Har), inner => new GZipStream(inner, CompressionLevel.Fastest)));

        Corpus.Read(stream);

        Assert.True(stream.CanRead);
    }

    private static byte[] Packed(byte[] bytes, Func<Stream, Stream> packer)
    {
        using var target = new MemoryStream();
        using (var stream = packer(target))
            stream.Write(bytes);
        return target.ToArray();
    }
}
