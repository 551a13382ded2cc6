using MiSarTracker.Core.Vendors;
using MiSarTracker.Journey;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers.Mapping;

/// <summary>Every shipped profile reads its own samples as it says it does.</summary>
public sealed class ShippedProfilesTests
{
    private static string Folder => Path.Combine(Repository.Root, "templates", "vendors");

    public static TheoryData<string> Ids => [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Where(id => !id.EndsWith(".schema", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void ItsSamplesComeOutAsItSays(string id)
    {
        var profile = VendorProfileReader.Read(File.ReadAllBytes(Path.Combine(Folder, id + ".json")), id);

        Assert.Equal(id, profile.Id);
        Assert.NotEmpty(profile.Samples);
        Assert.All(VendorSamples.Run(profile, Folder, TestContext.Current.CancellationToken), sample => Assert.Equal([], sample.Problems));
    }

    [Fact]
    public void ASampleThatComesOutOtherwiseSaysWhatWasExpectedAndFound()
    {
        var profile = VendorProfileReader.Read(File.ReadAllBytes(Path.Combine(Folder, "fitbit.json")), "fitbit");
        var sample = profile.Samples.First(one => one.File.EndsWith("weight-2024-03-30.json", StringComparison.Ordinal)) with
        {
            Expect = new Dictionary<string, int> { ["body"] = 3, ["sleep"] = 0 },
            Values = new Dictionary<string, IReadOnlyList<string>> { ["body.weight"] = ["70"] },
            Damages = 1,
        };
        var missing = sample with { File = "samples/fitbit/none.json" };

        var outcomes = VendorSamples.Run(profile with { Samples = [sample, missing] }, Folder, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["body: 3 expected, 2 found", "body.weight: the value 70 expected, found 71.35008, 70.080021", "1 parts that cannot be read expected, 0 found"],
            outcomes[0].Problems);
        Assert.EndsWith("none.json is not there", Assert.Single(outcomes[1].Problems), StringComparison.Ordinal);
    }
}
