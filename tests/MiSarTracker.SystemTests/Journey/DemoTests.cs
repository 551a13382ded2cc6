using System.Security.Cryptography;
using System.Text.Json;
using MimeKit;
using MiSarTracker.SystemTests.Fixtures;
using MiSarTracker.Tests.Pdf;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>Measures time, so it runs when no other test does.</summary>
[CollectionDefinition(nameof(Undisturbed), DisableParallelization = true)]
public sealed class Undisturbed;

[Collection(nameof(Undisturbed))]
public sealed class DemoTests(FinishedDemos demos, ITestOutputHelper output) : IClassFixture<FinishedDemos>
{
    private static readonly string[] Files = ["letter.eml", "letter.txt", "discrepancy.pdf", "comparison.json"];

    [Fact]
    public void TheDemoNeedsNothingAndEndsWithinTwentySecondsWithItsFiles()
    {
        output.WriteLine($"misar demo took {demos.Took.TotalSeconds:0.0} s");
        demos.Result.Expect(0);
        Assert.True(demos.Took < FinishedDemos.Limit, $"misar demo took {demos.Took.TotalSeconds:0.0} s");
        foreach (string file in Files)
        {
            Assert.True(new FileInfo(Path.Combine(demos.Folder, file)).Length > 0, file);
            Assert.Contains(Path.Combine(demos.Folder, file), demos.Result.Output, StringComparison.Ordinal);
        }
        Assert.Empty(demos.Result.Errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(demos.Home));
    }

    [Fact]
    public void TheLetterIsAMailThatAnotherProgramReads()
    {
        var mail = MimeMessage.Load(Path.Combine(demos.Folder, "letter.eml"), TestContext.Current.CancellationToken);
        Assert.Contains("[SAR-2026-0001]", mail.Subject, StringComparison.Ordinal);
        Assert.Equal("privacy@xiaomi.com", mail.To.Mailboxes.Single().Address);
        Assert.Equal("ada@example.org", mail.From.Mailboxes.Single().Address);
        Assert.Contains("3000000001", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(
            File.ReadAllText(Path.Combine(demos.Folder, "letter.txt")).ReplaceLineEndings("\n").TrimEnd(),
            mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
    }

    [Fact]
    public void TheReportIsAPdfWhoseTextNamesTheCaseTheCategoriesAndEveryExhibit()
    {
        string pdf = Path.Combine(demos.Folder, "discrepancy.pdf");
        Assert.Contains("No syntax or stream encoding errors", Tool.Qpdf("--check", pdf), StringComparison.Ordinal);
        string text = Tool.Poppler("pdftotext", "-layout", pdf, "-");
        string withoutBreaks = string.Concat(Tool.Poppler("pdftotext", "-raw", pdf, "-").Where(c => !char.IsWhiteSpace(c)));
        Assert.Contains("SAR-2026-0001", text, StringComparison.Ordinal);
        JsonElement comparison = Comparison();
        foreach (JsonElement category in comparison.GetProperty("categories").EnumerateArray().Where(c => c.GetProperty("uploaded").GetInt64() > 0))
            Assert.Contains(Words(category.GetProperty("category").GetString()!), Words(text), StringComparison.OrdinalIgnoreCase);
        var exhibits = comparison.GetProperty("evidence").EnumerateArray().Concat(comparison.GetProperty("response").EnumerateArray()).ToList();
        Assert.Equal(4, exhibits.Count);
        foreach (JsonElement exhibit in exhibits)
            Assert.Contains(exhibit.GetProperty("sha256").GetString()!, withoutBreaks, StringComparison.Ordinal);
    }

    /// <summary>"other:workout-pause" stands as "Workout pauses": the same words without the contract's signs.</summary>
    private static string Words(string text) => text.Replace("other:", "", StringComparison.Ordinal).Replace('-', ' ');

    [Fact]
    public void TheHashesInTheComparisonAreThoseOfTheShippedFiles()
    {
        string shipped = Path.Combine(AppContext.BaseDirectory, "templates", "demo");
        var hashes = Directory.GetFiles(shipped, "*.*").Select(file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))).ToHashSet();
        JsonElement comparison = Comparison();
        Assert.All(
            comparison.GetProperty("evidence").EnumerateArray().Concat(comparison.GetProperty("response").EnumerateArray()),
            exhibit => Assert.Contains(exhibit.GetProperty("sha256").GetString()!, hashes));
    }

    [Fact]
    public void TheReportCarriesTheComparisonByteForByte()
    {
        using var folder = new TemporaryFolder();
        string pdf = Path.Combine(demos.Folder, "discrepancy.pdf");
        Tool.Poppler("pdfdetach", "-saveall", "-o", folder.Path, pdf);
        Assert.Equal(File.ReadAllBytes(Path.Combine(demos.Folder, "comparison.json")), File.ReadAllBytes(folder.File("comparison.json")));
    }

    [Theory]
    [InlineData("discrepancy.pdf")]
    [InlineData("letter.eml")]
    [InlineData("letter.txt")]
    [InlineData("comparison.json")]
    public void TwoDemosInDifferentPlacesAndTimeZonesGiveTheSameBytes(string file)
    {
        Assert.Equal(File.ReadAllBytes(Path.Combine(demos.Folder, file)), File.ReadAllBytes(Path.Combine(demos.OtherFolder, file)));
    }

    [Fact]
    public async Task AFolderThatHoldsSomethingElseIsRefusedAndStaysAsItWas()
    {
        using var misar = new MisarProcess();
        string folder = Directory.CreateDirectory(Path.Combine(misar.WorkingFolder, "mine")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "thesis.txt"), "years of work", TestContext.Current.CancellationToken);
        var result = (await misar.RunAsync("demo", "--output", folder)).Expect(2);
        Assert.Contains("not empty", result.Errors, StringComparison.Ordinal);
        Assert.Contains("--output", result.Errors, StringComparison.Ordinal);
        Assert.Equal("thesis.txt", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(folder))));
        Assert.Equal("years of work", await File.ReadAllTextAsync(Path.Combine(folder, "thesis.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TheDemosWorkspaceVerifies()
    {
        using var misar = new MisarProcess();
        var result = (await misar.RunAsync("verify", "SAR-2026-0001", "--json", "--workspace", Path.Combine(demos.Folder, "workspace"))).Expect(0);
        Assert.True(result.Json.GetProperty("intact").GetBoolean());
        Assert.True(result.Json.GetProperty("reproduced").GetBoolean());
        (await misar.RunAsync("verify", Path.Combine(demos.Folder, "discrepancy.pdf"), "--workspace", Path.Combine(demos.Folder, "workspace"))).Expect(0);
    }

    private JsonElement Comparison()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(demos.Folder, "comparison.json")));
        return document.RootElement.Clone();
    }
}
