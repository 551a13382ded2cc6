using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace MiSarTracker.SystemTests.Journey;

/// <summary>The letters as a person asks for them at the command line, from what the case holds.</summary>
public sealed class LetterContractTests
{
    [Fact]
    public async Task EveryLetterInEveryLanguageIsGoodAndAFaultIsNamedWithFileLineAndColumn()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        JsonElement all = await hand.JsonAsync("letter", "check");
        Assert.True(all.GetProperty("valid").GetBoolean());
        Assert.Equal(56, all.GetProperty("letters").GetArrayLength());

        string shipped = Path.Combine(AppContext.BaseDirectory, "templates", "letters", "access.en.md");
        string text = await File.ReadAllTextAsync(shipped, TestContext.Current.CancellationToken);
        string own = Directory.CreateDirectory(Path.Combine(hand.Misar.Workspace, "letters")).FullName;
        string file = Path.Combine(own, "access.en.md");
        await File.WriteAllTextAsync(file, text.Replace("{{#if identifiers}}", "{{#if identifers}}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        int line = text[..text.IndexOf("{{#if identifiers}}", StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        foreach (string[] asked in new[] { ["letter", "check"], new[] { "letter", "check", file }, ["letter", "check", own] })
        {
            var checkedLetters = (await hand.Misar.RunAsync([.. asked, "--json"])).Expect(3).Json;
            JsonElement fault = Assert.Single(checkedLetters.GetProperty("faults").EnumerateArray());
            Assert.Equal((file, $"line {line}, column 1"), (Text(fault, "file"), Text(fault, "at")));
        }

        // The person's own letter comes before the shipped one, and a faulty one is refused rather than passed over.
        (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "access")).Expect(3);
        await File.WriteAllTextAsync(file, text.Replace("Dear Sir or Madam,", "Dear privacy office,", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Contains("Dear privacy office,", (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "access")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALetterComesInTheLanguageAskedForAndAMissingLanguageNamesThoseThatThereAre()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        Assert.Contains("Sehr geehrte Damen und Herren", (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "access", "--language", "de")).Expect(0).Output, StringComparison.Ordinal);
        var missing = (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "access", "--language", "sv")).Expect(2);
        Assert.Contains("de, en, es, fr, it, nl, pl, ro", missing.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APdfForThePostNeedsNoAddressOfAMailbox()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        string file = Path.Combine(hand.Misar.WorkingFolder, "letter.pdf");
        (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "access", "--format", "pdf")).Expect(2);
        await hand.JsonAsync("letter", "preview", hand.Reference, "--kind", "access", "--language", "ro", "--format", "pdf", "--output", file);
        Assert.Equal("%PDF-1.7", System.Text.Encoding.ASCII.GetString((await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).AsSpan(0, 8)));

        // The Dutch authority takes no complaints by mail: paper and text come all the same, a mail is refused with the way.
        await hand.JsonAsync("case", "received", hand.Reference, "2025-11-25");
        await hand.JsonAsync("letter", "preview", hand.Reference, "--kind", "complaint", "--authority", "nl-ap", "--format", "pdf", "--output", file);
        var mail = (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "complaint", "--authority", "nl-ap", "--format", "eml")).Expect(2);
        Assert.Contains("--format pdf", mail.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnObjectionIsWrittenFromWhatTheCaseRecordedAndRefusedWhenThereIsNothing()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("case", "received", hand.Reference, "2025-11-25");
        var nothing = (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "objection")).Expect(2);
        Assert.Contains("nothing to object to", nothing.Errors, StringComparison.Ordinal);

        // In time and with reasons: an extension that nobody can object to.
        await hand.JsonAsync("response", "record", hand.Reference, "--kind", "extension", "--received", "2025-12-20", "--reasons", "number of requests");
        (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "objection")).Expect(2);
        await hand.JsonAsync("response", "record", hand.Reference, "--kind", "extension", "--received", "2026-02-20", "--reasons", "again");
        await hand.JsonAsync("response", "record", hand.Reference, "--kind", "fee", "--received", "2026-02-21", "--reasons", "25 euro for the copy");
        string letter = await PreviewAsync(hand, "objection");
        Assert.Contains("for a second time", letter, StringComparison.Ordinal);
        Assert.Contains("25 euro for the copy", letter, StringComparison.Ordinal);
        Assert.Contains("Article 12(5) GDPR", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("Article 12(6)", letter, StringComparison.Ordinal);
        Assert.DoesNotContain(" 3. ", letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALateExtensionIsObjectedToWithTheDayThatItMissed()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("case", "received", hand.Reference, "2025-11-25");
        await hand.JsonAsync("response", "record", hand.Reference, "--kind", "extension", "--received", "2026-01-08");
        string letter = await PreviewAsync(hand, "objection");
        Assert.Contains("reached me on 8 January 2026; the last day for it was 29 December 2025", letter, StringComparison.Ordinal);
        Assert.Contains("I find no reasons in your notice that reached me on 8 January 2026", letter, StringComparison.Ordinal);

        string complaint = await PreviewAsync(hand, "complaint", "--to", "authority@vendor.test");
        Assert.Contains("There is no answer to the request (Article 12(3) and Article 15 GDPR). Persists.", complaint, StringComparison.Ordinal);
        Assert.Contains("The notice of extension of 8 January 2026 came after the first month (Article 12(3) GDPR). Persists.", complaint, StringComparison.Ordinal);
        Assert.Contains("8 January 2026, from the controller: notice of extension", complaint, StringComparison.Ordinal);
        Assert.Contains("I address you as the authority of the place where I live", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADeficiencyLetterCountsWhatTheLastComparisonFoundAndHoldsNoMeasuredValue()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        await hand.JsonAsync("case", "received", hand.Reference, "2024-04-20");
        await hand.JsonAsync("evidence", "add", hand.Reference, CaseAtHand.Sample("captures", "mifit-upload-http1.v17.mitm"));
        await hand.JsonAsync("response", "add", hand.Reference, CaseAtHand.Sample("exports", "3000000001_1714557600000.zip"), "--password-file", hand.PasswordFile());
        var early = (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "deficiency")).Expect(2);
        Assert.Contains("misar compare", early.Errors, StringComparison.Ordinal);

        JsonElement compared = await hand.JsonAsync("compare", hand.Reference);
        string letter = await PreviewAsync(hand, "deficiency");
        var findings = compared.GetProperty("findings").EnumerateArray().Where(finding => Text(finding, "severity") != "info").ToList();
        long heart = findings.Where(finding => Text(finding, "kind") == "not-disclosed" && finding.GetProperty("category").GetString() == "heart-rate").Sum(finding => finding.GetProperty("count").GetInt64());
        Assert.True(heart > 0);
        Assert.Matches($@"\d+\. heart rate, [^:]*: number of samples that were sent and are not in your answer: {heart:N0} \(my evidence: E-001, exchange \d+", letter);
        Assert.DoesNotContain("bpm", letter, StringComparison.Ordinal);
        Assert.Contains("it contains no measured values", letter, StringComparison.Ordinal);
        foreach (var example in findings.SelectMany(finding => finding.GetProperty("examples").EnumerateArray()).Select(example => example.GetProperty("uploaded").GetString()).OfType<string>().Where(value => value.Contains(' ')))
            Assert.DoesNotContain(example, letter, StringComparison.Ordinal);
        Assert.Contains("bpm", await PreviewAsync(hand, "deficiency", "--with-values"), StringComparison.Ordinal);

        // A reminder would say that no answer came.
        Assert.Contains("deficiency", (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "reminder")).Expect(2).Errors, StringComparison.Ordinal);

        // A complaint names the same points, and encloses the redacted report of that comparison.
        string report = Path.Combine(hand.Misar.WorkingFolder, "report.pdf");
        JsonElement made = await hand.JsonAsync("report", hand.Reference, "--output", report, "--redact");
        string complaint = await PreviewAsync(hand, "complaint", "--to", "authority@vendor.test");
        Assert.Contains($"{heart:N0} (Article 15(1) and (3) GDPR; evidence: E-001", complaint, StringComparison.Ordinal);
        Assert.Contains($"{hand.Reference}-report.pdf, SHA-256", complaint, StringComparison.Ordinal);
        JsonElement again = await hand.JsonAsync("case", "show", hand.Reference);
        Assert.True(again.GetProperty("exhibits").GetArrayLength() == 2 && Text(made, "sha256").Length == 64);
        Assert.Contains(Text(made, "sha256"), complaint.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADataActRequestIsForUsersInTheUnionAndAWithdrawalTakesBackWhatWasSent()
    {
        using CaseAtHand hand = await CaseAtHand.OpenAsync();
        Assert.Contains("Regulation (EU) 2023/2854", await PreviewAsync(hand, "data-act"), StringComparison.Ordinal);
        (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "withdrawal")).Expect(2);
        await hand.JsonAsync("case", "received", hand.Reference, "2025-11-25");
        Assert.Contains("I withdraw this request.", await PreviewAsync(hand, "withdrawal"), StringComparison.Ordinal);
        var none = (await hand.Misar.RunAsync("letter", "preview", hand.Reference, "--kind", "withdrawal", "--of", "complaint")).Expect(2);
        Assert.Contains("No complaint was sent", none.Errors, StringComparison.Ordinal);
    }

    /// <summary>The letter's text, its lines joined.</summary>
    private static async Task<string> PreviewAsync(CaseAtHand hand, string kind, params string[] further) =>
        Regex.Replace((await hand.Misar.RunAsync(["letter", "preview", hand.Reference, "--kind", kind, .. further])).Expect(0).Output, "\n +|(?<!\n)\n(?!\n)", " ");

    private static string Text(JsonElement of, string name) => ComparisonOf.Text(of, name);
}
