using System.Text.Json;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>Captures that cannot be used, or only in part.</summary>
public sealed class CaptureContractTests
{
    /// <summary>The section header block that every pcapng begins with.</summary>
    private static readonly byte[] Pcapng =
    [
        0x0A, 0x0D, 0x0D, 0x0A, 0x1C, 0, 0, 0, 0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x1C, 0, 0, 0,
    ];

    [Fact]
    public async Task AnotherKindOfCaptureIsNamedWithItsRemedyAndNotStored()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        var result = await RefusedAsync(hand, hand.Write("capture.mitm", Pcapng));
        Assert.Contains("pcap", result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("as HAR", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEmptyFileOrOneThatIsNotThereIsBadInput()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        Assert.Contains("empty", (await RefusedAsync(hand, hand.Write("empty.mitm", []))).Errors, StringComparison.Ordinal);
        Assert.Contains("no such file", (await RefusedAsync(hand, Path.Combine(hand.Misar.WorkingFolder, "nothing.mitm"))).Errors, StringComparison.Ordinal);
        await RefusedAsync(hand, hand.Misar.WorkingFolder);
        await RefusedAsync(hand, hand.Write("letter.har", "Dear Sir or Madam,\n"u8.ToArray()));
        var answer = (await hand.Misar.RunAsync("response", "add", hand.Reference, hand.Write("empty.zip", []))).Expect(3);
        Assert.Contains("empty", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADumpThatWasCutOffKeepsWhatIsWholeAndNamesTheDamage()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        JsonElement file = (await hand.JsonAsync("evidence", "add", hand.Reference, CaseAtHand.Sample("captures", "truncated.v17.mitm"))).GetProperty("files")[0];
        Assert.Equal("mitmproxy-17", ComparisonOf.Text(file, "format"));
        Assert.Equal(3, file.GetProperty("exchanges").GetInt32());
        JsonElement damage = Assert.Single(file.GetProperty("damaged").EnumerateArray());
        Assert.NotEmpty(ComparisonOf.Text(damage, "at"));
        Assert.NotEmpty(ComparisonOf.Text(damage, "reason"));
        Assert.Single((await hand.ShowAsync()).GetProperty("exhibits").EnumerateArray());
    }

    [Fact]
    public async Task TheSameFileAddedTwiceIsOneExhibit()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        string capture = CaseAtHand.Sample("captures", "mifit-upload-http1.v17.mitm");
        string renamed = hand.Write("something.bin", await File.ReadAllBytesAsync(capture, TestContext.Current.CancellationToken));
        JsonElement first = (await hand.JsonAsync("evidence", "add", hand.Reference, capture)).GetProperty("files")[0];
        JsonElement again = (await hand.JsonAsync("evidence", "add", hand.Reference, renamed)).GetProperty("files")[0];
        Assert.Equal("mitmproxy-17", ComparisonOf.Text(again, "format"));
        Assert.Equal(ComparisonOf.Text(first, "exhibit"), ComparisonOf.Text(again, "exhibit"));
        Assert.Single((await hand.ShowAsync()).GetProperty("exhibits").EnumerateArray());
    }

    private static async Task<MisarProcess.Result> RefusedAsync(CaseAtHand hand, string path)
    {
        var result = (await hand.Misar.RunAsync("evidence", "add", hand.Reference, path, "--json")).Expect(3);
        Assert.Empty(result.Output);
        Assert.Contains(path, result.Errors, StringComparison.Ordinal);
        Assert.Empty((await hand.ShowAsync()).GetProperty("exhibits").EnumerateArray());
        return result;
    }
}
