using System.Diagnostics;
using System.Text;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Bodies;
using MiSarTracker.Formats.Captures;
using Xunit;

namespace MiSarTracker.Tests.Formats.Captures;

/// <summary>Whatever the bytes: records, an end, or an ImportException; nothing else, and soon.</summary>
public sealed class CaptureFuzzTests
{
    private static readonly Limits Tight = Limits.Default with { MaxBodyBytes = 20_000, MaxExchangeBytes = 60_000, MaxReportedDamages = 20 };

    [Theory]
    [InlineData("captures/mifit-upload-http1.v17.mitm", 1)]
    [InlineData("captures/truncated.v17.mitm", 2)]
    [InlineData("captures/mifit-upload-http1.hardump-8.1.1.har", 3)]
    [InlineData("captures/mifit-upload.httptoolkit.har", 4)]
    public void MutatedSamplesAreReadOrRefused(string sample, int seed)
    {
        var random = new Random(seed);
        var bytes = Shortened(Corpus.Bytes(sample));
        for (var round = 0; round < 1_200; round++)
            Check(Mutation.Of(bytes, random), round % 2 == 0 ? Limits.Default : Tight, $"seed {seed} round {round}");
    }

    [Fact]
    public void MutatedDumpsOfEveryVersionAreReadOrRefused()
    {
        var random = new Random(5);
        foreach (var version in FlowDumpVersion.All)
        {
            var dump = FlowDumpWriter.Dump(version, new RecordedFlow { IsWebSocket = true }, new RecordedFlow { IsEdited = true, Body = "a=%5B&b=+"u8.ToArray() });
            for (var round = 0; round < 60; round++)
                Check(Mutation.Of(dump, random), Limits.Default, $"version {version} round {round}");
        }
    }

    /// <summary>The samples' own large bodies would only make the rounds slower.</summary>
    private static byte[] Shortened(byte[] bytes) => bytes.Length > 60_000 ? bytes[..60_000] : bytes;

    private static void Check(byte[] bytes, Limits limits, string label)
    {
        var watch = Stopwatch.StartNew();
        var decoder = new ContentDecoder(limits);
        try
        {
            foreach (var item in CaptureReader.Open(new MemoryStream(bytes), limits).Read(TestContext.Current.CancellationToken))
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

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{label} took {watch.Elapsed}");
    }

    private static void Use(HttpExchange http, ContentDecoder decoder)
    {
        Assert.StartsWith("/", http.Target, StringComparison.Ordinal);
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
