using System.Text.Json;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>
/// The corpus's capture and export, command by command. What must be found was planted and stands in
/// corpus/samples/exports/zepp_export.planted_differences.json; the expectations here are written from it.
/// </summary>
public sealed class SampleComparisonTests
{
    private const string Capture = "mifit-upload-http1.v17.mitm";
    private const string Export = "3000000001_1714557600000.zip";

    [Theory]
    [InlineData(Capture, Export)]
    [InlineData("mifit-upload-http1.hardump-8.1.1.har", Export)]
    [InlineData(Capture, "zepp_plain.zip")]
    [InlineData(Capture, "zepp_AE1_aes128.zip")]
    [InlineData(Capture, "zepp_zipcrypto_infozip.zip")]
    public async Task ExactlyThePlantedDifferencesAreFound(string capture, string export)
    {
        ComparisonOf found = await CompareAsync(capture, export);
        PlantedInSteps(found);
        PlantedInHeartRate(found);
        PlantedInSleep(found);
        OnlyDisclosed(found, "body", "2024-02-01T08:00+01:00");
        OnlyDisclosed(found, "workout", "2024-03-01T11:00+01:00");
        NothingDisclosedOf(found);
        Assert.DoesNotContain(found.Findings, f => ComparisonOf.Text(f, "kind") is "duplicate-in-response" or "conflicting-in-response" or "late" or "invalid-extension");
        Assert.True(found.Root.GetProperty("location").GetProperty("inWorkouts").GetInt64() >= 60);
    }

    /// <summary>In this recording the second day's upload and the workout's details are there or not as the tool kept them; what is there is judged the same.</summary>
    [Fact]
    public async Task ACaptureWithDroppedBodiesAccusesOfNothingThatItDoesNotHold()
    {
        ComparisonOf found = await CompareAsync("mifit-upload.httptoolkit.har", Export);
        PlantedInSteps(found);
        PlantedInHeartRate(found);
        PlantedInSleep(found);
        Assert.DoesNotContain(found.Findings, f => ComparisonOf.Text(f, "category") is "body" or "workout" && ComparisonOf.Text(f, "kind") != "disclosed-only");
    }

    [Fact]
    public async Task TheHeadersOf2018AreReadAsFarAsTheyGo()
    {
        ComparisonOf found = await CompareAsync(Capture, "zepp_old_headers_plain.zip");
        // Totals, one heart-rate value, one weighing and both nights, all as uploaded. Its rows contradict its stamp of 2020, so it speaks until it was added.
        Assert.Equal((2, 2, 0, 0), found.Counts("sleep"));
        Assert.Equal((1, 1, 0, 0), found.Counts("body"));
        Assert.Equal((532, 1, 531, 0), found.Counts("heart-rate"));
        Assert.Equal((95, 0, 95, 0), found.Counts("steps"));
        Assert.Equal("aggregated-only", ComparisonOf.Text(found.Category("steps"), "verdict"));
        foreach (string category in new[] { "sleep", "body" })
            Assert.Empty(found.Accusations(category));
        Assert.DoesNotContain(found.Findings, f => ComparisonOf.Text(f, "kind") is "altered" or "conflicting-in-response");
    }

    [Fact]
    public async Task TheSameInputsGiveTheSameBytesButForTheirMoment()
    {
        using CaseAtHand hand = await AddBothAsync(Capture, Export);
        string first = (await hand.Misar.RunAsync("compare", hand.Reference, "--json")).Expect(0).Output;
        string second = (await hand.Misar.RunAsync("compare", hand.Reference, "--json")).Expect(0).Output;
        Assert.Equal(WithoutMoment(first), WithoutMoment(second));
        Assert.Equal(2, (await hand.Misar.RunAsync("compare", hand.Reference, "--fail-on-findings")).ExitCode);
    }

    [Theory]
    [InlineData(Export)]
    [InlineData("zepp_AE1_aes128.zip")]
    [InlineData("zepp_zipcrypto_infozip.zip")]
    public async Task AWrongPasswordOrNoneIsSaidWithItsRemedyAndStoresNothing(string export)
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        int before = VaultFiles(hand);
        foreach (string[] password in new[] { ["--password-file", hand.PasswordFile("AbCdEfGi")], Array.Empty<string>() })
        {
            var result = (await hand.Misar.RunAsync(["response", "add", hand.Reference, CaseAtHand.Sample("exports", export), .. password, "--json"])).Expect(3);
            Assert.Empty(result.Output);
            Assert.Contains(export, result.Errors, StringComparison.Ordinal);
            Assert.Contains("--password", result.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("AbCdEfGi", result.Errors, StringComparison.Ordinal);
        }
        Assert.Empty((await hand.ShowAsync()).GetProperty("exhibits").EnumerateArray());
        Assert.Equal(before, VaultFiles(hand));
    }

    private static int VaultFiles(CaseAtHand hand) => Directory.GetFiles(Path.Combine(hand.Misar.Workspace, "vault"), "*", SearchOption.AllDirectories).Length;

    private static void PlantedInSteps(ComparisonOf found)
    {
        Assert.Equal((95, 87, 8, 0), found.Counts("steps"));
        var accusations = found.Accusations("steps").ToList();
        Assert.Equal(2, accusations.Count);
        ComparisonOf.Is(accusations.Single(f => !f.GetProperty("aggregate").GetBoolean()), "not-disclosed", "2024-03-31T11:00+02:00", "2024-03-31T11:07+02:00", 8);
        JsonElement total = accusations.Single(f => f.GetProperty("aggregate").GetBoolean());
        Assert.Equal("altered", ComparisonOf.Text(total, "kind"));
        JsonElement day = Assert.Single(total.GetProperty("examples").EnumerateArray());
        Assert.StartsWith("2024-03-31", ComparisonOf.Text(day, "at"), StringComparison.Ordinal);
        Assert.Contains("2725", ComparisonOf.Text(day, "uploaded"), StringComparison.Ordinal);
        Assert.Contains("2605", ComparisonOf.Text(day, "disclosed"), StringComparison.Ordinal);
    }

    private static void PlantedInHeartRate(ComparisonOf found)
    {
        JsonElement missing = Assert.Single(found.Accusations("heart-rate"));
        ComparisonOf.Is(missing, "not-disclosed", "2024-03-31T12:00+02:00", "2024-03-31T14:00+02:00", 25);
        Assert.Equal("partly-disclosed", ComparisonOf.Text(found.Category("heart-rate"), "verdict"));
    }

    /// <summary>The upload ends the night at 05:45 UTC, the export at 05:40.</summary>
    private static void PlantedInSleep(ComparisonOf found)
    {
        Assert.Equal((2, 1, 0, 1), found.Counts("sleep"));
        JsonElement altered = Assert.Single(found.Accusations("sleep"));
        Assert.Equal(("altered", 1), (ComparisonOf.Text(altered, "kind"), altered.GetProperty("count").GetInt32()));
        JsonElement example = Assert.Single(altered.GetProperty("examples").EnumerateArray());
        Assert.Contains("07:45", ComparisonOf.Text(example, "uploaded"), StringComparison.Ordinal);
        Assert.Contains("07:40", ComparisonOf.Text(example, "disclosed"), StringComparison.Ordinal);
    }

    private static void OnlyDisclosed(ComparisonOf found, string category, string at)
    {
        Assert.Equal((1, 1, 0, 0), found.Counts(category));
        JsonElement only = Assert.Single(found.Of(category));
        Assert.Equal(("disclosed-only", at, 1), (ComparisonOf.Text(only, "kind"), ComparisonOf.Text(only, "from"), only.GetProperty("count").GetInt32()));
        Assert.False(only.GetProperty("covered").GetBoolean());
        Assert.Equal("info", ComparisonOf.Text(only, "severity"));
    }

    private static void NothingDisclosedOf(ComparisonOf found)
    {
        ComparisonOf.Is(Assert.Single(found.Of("workout-track")), "not-disclosed", "2024-03-30T18:00+01:00", "2024-03-30T18:05+01:00", 60);
        foreach (string category in new[] { "device", "network", "location", "other:workout-heart-rate", "other:workout-gait", "other:workout-pace", "other:workout-altitude" })
        {
            Assert.Equal("not-disclosed", ComparisonOf.Text(found.Category(category), "verdict"));
            Assert.Contains(found.Of(category), f => ComparisonOf.Text(f, "kind") == "not-disclosed");
        }
        Assert.Equal((2, 0, 2, 0), found.Counts("location"));
        foreach ((string category, string field) in new[]
        {
            ("location", "geohash"), ("location", "place"), ("device", "device-id"), ("network", "user-agent"), ("network", "app-version"),
            ("network", "language"), ("network", "time-zone"), ("account", "login-provider"),
        })
            Assert.Contains(found.Of(category), f => ComparisonOf.Text(f, "kind") == "not-disclosed" && ComparisonOf.Text(f, "subject").Contains(field, StringComparison.Ordinal));
        JsonElement device = found.Root.GetProperty("identifiers").EnumerateArray().Single(i => ComparisonOf.Text(i, "display") == "D400…0001");
        Assert.False(device.GetProperty("disclosed").GetBoolean());
    }

    private static async Task<ComparisonOf> CompareAsync(string capture, string export)
    {
        using CaseAtHand hand = await AddBothAsync(capture, export);
        return new ComparisonOf(await hand.JsonAsync("compare", hand.Reference));
    }

    private static async Task<CaseAtHand> AddBothAsync(string capture, string export)
    {
        CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("evidence", "add", hand.Reference, CaseAtHand.Sample("captures", capture));
        await hand.JsonAsync("response", "add", hand.Reference, CaseAtHand.Sample("exports", export), "--password-file", hand.PasswordFile());
        return hand;
    }

    private static string WithoutMoment(string json) =>
        string.Join('\n', json.Split('\n').Where(line => !line.Contains("\"comparedAt\"", StringComparison.Ordinal)));
}
