using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;
using MiSarTracker.Tests.Formats.Answers;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>
/// Whatever the bytes: records, an end, or an ImportException; nothing else, soon, and within memory. 20,000 inputs for
/// each reader, all small, from a fixed seed.
/// </summary>
public sealed class CaptureFuzzTests
{
    private static readonly int Inputs = Fuzz.Inputs(2_000);
    private const long MostAllocated = 200L << 20;
    private static readonly Limits Tight = Limits.Default with { MaxBodyBytes = 400, MaxExchangeBytes = 4_000, MaxReportedDamages = 20, MaxNestedBytes = 100_000 };

    public static TheoryData<string> Readers => ["dump", "har", "charles", "saz", "connections", "compressed", "utf-16"];

    [Theory]
    [MemberData(nameof(Readers))]
    public void MutatedFilesAreReadOrRefused(string reader)
    {
        var random = new Random(reader.Length * 7_919);
        var seeds = Seeds(reader);
        // The last is no format of its own, only HAR in wider characters.
        for (var round = 0; round < (reader == "utf-16" ? Inputs / 10 : Inputs); round++)
            Check(Changed(round % 2 == 0 && reader == "saz", seeds[round % seeds.Count], random), round % 3 == 0 ? Limits.Default : Tight, $"{reader}, round {round}");
    }

    [Theory]
    [InlineData("captures/mifit-upload-http1.v17.mitm", 1)]
    [InlineData("captures/truncated.v17.mitm", 2)]
    [InlineData("captures/mifit-upload-http1.hardump-8.1.1.har", 3)]
    [InlineData("captures/mifit-upload.httptoolkit.har", 4)]
    public void MutatedSamplesAreReadOrRefused(string sample, int seed)
    {
        var random = new Random(seed);
        var bytes = Shortened(Corpus.Bytes(sample));
        for (var round = 0; round < 300; round++)
            Check(Mutation.Of(bytes, random), round % 2 == 0 ? Limits.Default : Tight, $"seed {seed} round {round}");
    }

    private static List<byte[]> Seeds(string reader)
    {
        const string entry = """{"startedDateTime":"2024-03-30T12:00:00.5+01:00","request":{"method":"POST","url":"https://a.example/x?y","headers":[{"name":"Host","value":"b"}],"bodySize":3,"postData":{"mimeType":"application/x-www-form-urlencoded","text":"a=\u00e9"}},"response":{"status":200,"content":{"encoding":"base64","text":"H4sIAAA="}} }""";
        const string har = """{"log":{"version":"1.2","creator":{"name":"mitmproxy"},"_tlsErrors":[{"hostname":"a"}],"entries":[""" + entry + "," + entry + "]}}";
        const string toolkit = """{"log":{"entries":[{"startedDateTime":"2024-03-30","request":{"url":"wss://a/","headers":{"A":"b"},"_requestBodyStatus":"discarded:too-large","_content":{"text":"AAH/","encoding":"base64"},"postData":{"params":[{"name":"a","value":"b"}]}},"response":null,"_webSocketMessages":[]}],"_tlsErrors":[{"hostname":"a.b:443","cause":"x"}]}}""";
        const string session = """{"status":"COMPLETE","method":"POST","host":"a.example","path":"/x","query":"y","tunnel":false,"times":{"start":"2024-03-31T22:10:08.198+02:00"},"request":{"sizes":{"body":3},"contentEncoding":"gzip","header":{"firstLine":"POST / HTTP/1.1","headers":[{"name":"Host","value":"b"}]},"body":{"encoding":"base64","encoded":"H4sIAAA="}},"response":{"status":200,"body":{"text":"x"}}}""";
        var flow = new RecordedFlow { Body = "a=%5B&b=+"u8.ToArray(), ResponseBody = "{}"u8.ToArray() };
        return reader switch
        {
            "dump" =>
            [
                FlowDumpWriter.Dump(FlowDumpVersion.Current, flow, flow with { IsEdited = true, IsWebSocket = true }),
                .. FlowDumpVersion.All.Select(version => FlowDumpWriter.Dump(version, flow, flow)),
            ],
            "har" => [Encoding.UTF8.GetBytes(har), Encoding.UTF8.GetBytes(toolkit)],
            "charles" => [Encoding.UTF8.GetBytes($"[{session},{session.Replace("false", "true", StringComparison.Ordinal)}]")],
            "saz" => [SmallArchive().Bytes()],
            "connections" => [Encoding.UTF8.GetBytes("IPProto,SrcIP,SrcPort,DstIp,DstPort,UID,App,Proto,Status,Info,BytesSent,BytesRcvd,PktsSent,PktsRcvd,FirstSeen,LastSeen\n6,10.0.0.1,40,203.0.113.9,443,1,A,TLS,Closed,a.example,1,2,3,4,1711915808,2024-03-31T22:11:08.198+0200\n")],
            "compressed" =>
            [
                Packed(FlowDumpWriter.Dump(FlowDumpVersion.Current, flow), stream => new GZipStream(stream, CompressionLevel.Fastest)),
                Packed(Encoding.UTF8.GetBytes(har), stream => new ZLibStream(stream, CompressionLevel.SmallestSize)),
            ],
            _ => [[.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(har)]],
        };
    }

    private static FiddlerArchive SmallArchive() => new FiddlerArchive()
        .Add(1, "POST https://a.example/x HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3\r\na=1\r\n0\r\n\r\n")
        .Add(2, "CONNECT a:443 HTTP/1.1\r\n\r\n", metadata: FiddlerArchive.Metadata("1049"));

    /// <summary>The bytes of an archive are changed as they are; what is in it, before it is packed.</summary>
    private static byte[] Changed(bool isInside, byte[] bytes, Random random)
    {
        if (!isInside)
            return Mutation.Of(bytes, random);
        var archive = new ZipForge();
        foreach (var (name, content) in SmallArchive().Entries.Where(entry => entry.Name.StartsWith("raw/01", StringComparison.Ordinal)))
            archive.Add(name, random.Next(2) == 0 ? Mutation.Of(content, random) : content, deflate: false);
        return archive.Bytes();
    }

    private static byte[] Packed(byte[] bytes, Func<Stream, Stream> packer)
    {
        using var target = new MemoryStream();
        using (var stream = packer(target))
            stream.Write(bytes);
        return target.ToArray();
    }

    /// <summary>The samples' own large bodies would only make the rounds slower.</summary>
    private static byte[] Shortened(byte[] bytes) => bytes.Length > 60_000 ? bytes[..60_000] : bytes;

    private static void Check(byte[] bytes, Limits limits, string label)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var decoder = new ContentDecoder(limits);
        try
        {
            foreach (var item in CaptureReader.Open(new MemoryStream(bytes), limits).Read(CancellationToken.None))
            {
                if (item is CaptureItem.Exchange { Http: var http })
                    Use(http, decoder);
            }
        }
        catch (ImportException)
        {
            // The one way to refuse.
        }
        catch (Exception error)
        {
            Assert.Fail($"{label}: {error}");
        }

        if (watch.Elapsed >= TimeSpan.FromSeconds(10))
            Assert.Fail($"{label} took {watch.Elapsed}");
        if (GC.GetAllocatedBytesForCurrentThread() - before is > MostAllocated and var allocated)
            Assert.Fail($"{label} allocated {allocated} bytes");
    }

    private static void Use(HttpExchange http, ContentDecoder decoder)
    {
        if (http.Target is not ['/', ..])
            Assert.Fail($"a target that is none: {http.Target}");
        _ = http.RequestHeaders.Count + http.ResponseHeaders.Count;
        _ = decoder.Response(http);
        var content = decoder.Request(http).Bytes;
        foreach (var field in FormBody.Read(content).Take(100))
            _ = Base64Tolerant.Decode(field.Decode());
        _ = MultipartBody.Read(content, http.RequestHeader("Content-Type"));
    }
}

/// <summary>Small damage of the kinds that files suffer.</summary>
internal static class Mutation
{
    private static readonly string[] Tokens =
        ["{", "}", "[", "]", "\"", "\\", ",", ":", "0:", "999999999999:", "12:", "~", "^", "\\ud800", "\\udc80", "null", "}17:", "\0", "é"];

    public static byte[] Of(byte[] bytes, Random random)
    {
        var list = new List<byte>(bytes);
        for (var i = random.Next(1, 5); i > 0 && list.Count > 1; i--)
            Step(list, random);
        return [.. list];
    }

    private static void Step(List<byte> list, Random random)
    {
        var at = random.Next(list.Count);
        var length = Math.Min(random.Next(1, 40), list.Count - at);
        switch (random.Next(7))
        {
            case 0:
                list[at] = (byte)random.Next(256);
                break;
            case 1:
                list[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                list.RemoveRange(at, length);
                break;
            case 3:
                list.InsertRange(random.Next(list.Count), list.GetRange(at, length));
                break;
            case 4:
                list.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                break;
            case 5:
                list.RemoveRange(at, list.Count - at);
                break;
            default:
                list[at] = (byte)('0' + random.Next(10));
                break;
        }
    }
}
