using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MiSarTracker.Formats;
using MiSarTracker.Formats.Captures;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Captures;

/// <summary>mitmproxy's own reader as the second opinion on what a real dump holds.</summary>
public sealed class MitmproxyReaderTests
{
    private const string Script = """
        import hashlib, sys
        from mitmproxy.io import FlowReader
        for f in FlowReader(open(sys.argv[1], "rb")).stream():
            r = f.request
            d = lambda m: hashlib.sha256(m.raw_content or b"").hexdigest()
            print(r.method, r.pretty_host, r.path, f.response.status_code if f.response else "-", len(r.headers.fields), d(r), d(f.response) if f.response else "-",
                  "%.3f" % r.timestamp_start)
        """;

    [Fact]
    public async Task ADumpHoldsForUsWhatItHoldsForMitmproxyItself()
    {
        var stop = TestContext.Current.CancellationToken;
        await using Mitmdump capture = await Mitmdump.StartAsync();
        using (var phone = new BandClient(capture.Port, capture.AuthorityFile))
            await phone.SynchroniseAsync(stop);
        await capture.StopAsync();
        using var file = File.OpenRead(capture.Dump);
        var ours = new List<string>();
        foreach (var item in CaptureReader.Open(file, Limits.Default).Read(stop))
        {
            if (item is CaptureItem.Exchange { Http: var http })
                ours.Add(Line(http));
        }

        Assert.Equal(await TheirsAsync(capture.Dump, stop), ours);
    }

    private static string Line(HttpExchange http) => string.Create(
        CultureInfo.InvariantCulture,
        $"{http.Method} {http.Host} {http.Target} {http.Status?.ToString(CultureInfo.InvariantCulture) ?? "-"} {http.RequestHeaders.Count} {Hash(http.RequestBody)} {(http.Status is null ? "-" : Hash(http.ResponseBody))} {http.StartedAt!.Value.ToUnixTimeTicks() / 1e7:F3}");

    private static string Hash(Body body) => Convert.ToHexStringLower(SHA256.HashData(body.Bytes.Span));

    private static async Task<string[]> TheirsAsync(string dump, CancellationToken stop)
    {
        // The distribution's interpreter: the only one that sees the distribution's mitmproxy.
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script, dump]) { RedirectStandardOutput = true })!;
        var output = await python.StandardOutput.ReadToEndAsync(stop);
        await python.WaitForExitAsync(stop);
        Assert.Equal(0, python.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
