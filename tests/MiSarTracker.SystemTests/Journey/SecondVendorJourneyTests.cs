using System.IO.Compression;
using System.Text.Json;
using MiSarTracker.SystemTests.Fixtures;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>Vendors that no code knows: shipped profiles, and one of the person's own, from the case to the report.</summary>
public sealed class SecondVendorJourneyTests
{
    private static string Vendors => Path.Combine(AppContext.BaseDirectory, "templates", "vendors");

    [Fact]
    public async Task AFitbitCaseGoesFromTheCaptureToTheReport()
    {
        using var misar = new MisarProcess();
        string reference = await OpenAsync(misar, "fitbit", "user-id=GGNJL9");
        await JsonAsync(misar, "evidence", "add", reference, Path.Combine(Vendors, "samples", "fitbit", "third-party-app.har"));
        string archive = Archive(misar, "takeout-20240502T090000Z-001.zip", "fitbit", file => $"Takeout/Fitbit/Global Export Data/{file}");
        JsonElement added = (await JsonAsync(misar, "response", "add", reference, archive)).GetProperty("files")[0];

        Assert.Equal("2024-05-02T09:00:00Z", added.GetProperty("cutOff").GetString());
        Assert.Empty(added.GetProperty("damaged").EnumerateArray());
        Assert.All(added.GetProperty("members").EnumerateArray(), member => Assert.NotNull(member.GetProperty("mappedTo").GetString()));

        var found = new ComparisonOf(await JsonAsync(misar, "compare", reference));
        Assert.Equal((2, 1, 0, 1), found.Counts("body"));
        Assert.Equal((2, 1, 1, 0), found.Counts("workout"));
        Assert.Equal((1, 1, 0, 0), found.Counts("sleep"));
        JsonElement weight = Assert.Single(found.Accusations("body"));
        Assert.Contains("70.08", ComparisonOf.Text(weight, "statement"), StringComparison.Ordinal);
        Assert.Contains("09:30", ComparisonOf.Text(Assert.Single(found.Accusations("workout")), "statement"), StringComparison.Ordinal);
        Assert.True(found.Root.GetProperty("identifiers").EnumerateArray().Single(one => ComparisonOf.Text(one, "kind") == "user-id").GetProperty("disclosed").GetBoolean());
        Assert.DoesNotContain("invented.for-this-sample", found.Root.GetRawText(), StringComparison.Ordinal);

        string report = Path.Combine(misar.WorkingFolder, "report.pdf");
        await JsonAsync(misar, "report", reference, "--output", report);
        Assert.Equal("%PDF-"u8.ToArray(), (await File.ReadAllBytesAsync(report, TestContext.Current.CancellationToken))[..5]);
    }

    [Fact]
    public async Task AGarminCaseComparesJsonUploadsWithAJsonExport()
    {
        using var misar = new MisarProcess();
        string reference = await OpenAsync(misar, "garmin-connect", "user-id=80000001");
        await JsonAsync(misar, "evidence", "add", reference, Path.Combine(Vendors, "samples", "garmin-connect", "manual-entries.har"));
        string archive = Archive(misar, "export.zip", "garmin-connect", file => $"DI_CONNECT/DI-Connect-User/{file}");
        await JsonAsync(misar, "response", "add", reference, archive);

        var found = new ComparisonOf(await JsonAsync(misar, "compare", reference));
        Assert.Equal((2, 1, 0, 1), found.Counts("body"));
        // 5,000 m were entered and 5,012 m disclosed: within the profile's one percent.
        Assert.Equal((1, 1, 0, 0), found.Counts("workout"));
        Assert.Equal("not-disclosed", ComparisonOf.Text(found.Category("other:blood-pressure"), "verdict"));
    }

    [Fact]
    public async Task AProfileOfTheirOwnIsFoundInTheWorkspace()
    {
        using var misar = new MisarProcess();
        await OpenAsync(misar, "fitbit", "user-id=GGNJL9");
        string own = Directory.CreateDirectory(Path.Combine(misar.Workspace, "vendors")).FullName;
        string text = await File.ReadAllTextAsync(Path.Combine(Vendors, "garmin-connect.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(own, "my-watch.json"), text.Replace("\"garmin-connect\"", "\"my-watch\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        JsonElement listed = (await JsonAsync(misar, "vendor", "list")).GetProperty("vendors").EnumerateArray().Single(vendor => ComparisonOf.Text(vendor, "id") == "my-watch");
        Assert.Equal("yours", ComparisonOf.Text(listed, "source"));
        (await misar.RunAsync("case", "open", "--vendor", "my-watch")).Expect(0);

        // Its samples are not beside it: each is said to be missing, and the check fails.
        var failed = (await misar.RunAsync("vendor", "check", "my-watch")).Expect(3);
        Assert.Contains("is not there", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryShippedProfilePassesItsCheck_AndASpoiltOneSaysWhere()
    {
        using var misar = new MisarProcess();
        JsonElement all = await JsonAsync(misar, "vendor", "check", "--all");
        Assert.True(all.GetProperty("valid").GetBoolean());
        Assert.True(all.GetProperty("profiles").GetArrayLength() >= 3);

        string spoilt = Path.Combine(misar.WorkingFolder, "spoilt.json");
        string text = await File.ReadAllTextAsync(Path.Combine(Vendors, "fitbit.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(spoilt, text.Replace("\"kind\": \"minute\"", "\"kind\": \"hour\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var refused = (await misar.RunAsync("vendor", "check", spoilt)).Expect(3);
        Assert.Contains("$.exports[0].kind", refused.Output + refused.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> OpenAsync(MisarProcess misar, string vendor, string identifier)
    {
        (await misar.RunAsync("init", "--non-interactive", "--name", "Erika Muster", "--email", "erika@example.org", "--country", "NL", "--language", "en", "--timezone", "Europe/Amsterdam")).Expect(0);
        return (await JsonAsync(misar, "case", "open", "--vendor", vendor, "--identifier", identifier)).GetProperty("reference").GetString()!;
    }

    private static async Task<JsonElement> JsonAsync(MisarProcess misar, params string[] arguments) => (await misar.RunAsync([.. arguments, "--json"])).Expect(0).Json;

    /// <summary>Packs the shipped export samples as the vendor would.</summary>
    private static string Archive(MisarProcess misar, string name, string vendor, Func<string, string> place)
    {
        string path = Path.Combine(misar.WorkingFolder, name);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (string file in Directory.GetFiles(Path.Combine(Vendors, "samples", vendor)).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file) is var one && one != "weight.json" && !one.EndsWith(".har", StringComparison.Ordinal))
                zip.CreateEntryFromFile(file, place(one));
        }
        return path;
    }
}
