using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>One upload as a reader sees it: decoded, as captured, without its secrets, on a terminal of eighty columns.</summary>
public sealed class EvidenceShowTests
{
    private const int Columns = 80;

    [Fact]
    public async Task EveryExchangeIsShownWithinEightyColumnsAndWithoutItsSecrets()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("evidence", "add", hand.Reference, CaseAtHand.Sample("captures", "mifit-upload-http1.v17.mitm"));
        var pages = new List<string> { (await hand.Misar.RunAsync("evidence", "show", hand.Reference, "E-001")).Expect(0).Output };
        for (int number = 1; number <= 10; number++)
            pages.Add((await hand.Misar.RunAsync("evidence", "show", hand.Reference, "E-001", "--flow", $"{number}")).Expect(0).Output);

        Assert.All(pages.SelectMany(page => page.Split('\n')), line => Assert.True(line.TrimEnd().Length <= Columns, line));
        Assert.All(pages.Skip(1), page => Assert.Contains("As captured", page, StringComparison.Ordinal));
        Assert.All(pages.Skip(1), page => Assert.Contains("apptoken: sha256:", page, StringComparison.Ordinal));
        Assert.Contains("day 2024-03-30, device D4000000FFFF0001, source 24, UTC+01", pages[2], StringComparison.Ordinal);
        Assert.Contains("Its answer, as captured", pages[10], StringComparison.Ordinal);
        string everything = string.Concat(pages) + (await hand.Misar.RunAsync("evidence", "show", hand.Reference, "E-001", "--exchange", "1", "--json")).Expect(0).Output;
        Assert.DoesNotContain("FAKE-APPTOKEN", everything, StringComparison.Ordinal);
    }
}
