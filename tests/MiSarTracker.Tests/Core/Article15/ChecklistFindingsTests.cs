using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Article15;

public sealed class ChecklistFindingsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 10, 0);

    private const string Letter = "We process your data. We keep them for as long as necessary. All purposes are described in our privacy policy.";

    private static Comparison Compare(string? text, IReadOnlyList<AnswerPart>? more = null, params ItemGrade[] grades)
    {
        var disclosed = new DisclosedBuilder();
        var parts = new List<AnswerPart>(more ?? []);
        if (text is not null)
        {
            disclosed.Text(new AnswerText(Origin.InAnswer("R-001", "mail.eml", 0), text));
            parts.Add(new AnswerPart("R-001", "mail.eml", "eml", text.Length, 0));
        }

        return Correlator.Compare(
            new ComparisonInput
            {
                Case = "SAR-2026-0001",
                ComparedAt = Now,
                Uploaded = new UploadedBuilder().Build(),
                Disclosed = disclosed.Build(),
                Parts = parts,
                Patterns = AnswerCorpus.Patterns,
                Grades = grades,
            },
            TestContext.Current.CancellationToken);
    }

    private static List<Finding> Missing(Comparison comparison) => [.. comparison.Findings.Where(finding => finding.Kind == FindingKind.Article15Missing)];

    [Fact]
    public void EachItemThatIsLeftOutIsAFindingWithItsSentence()
    {
        var comparison = Compare(Letter);
        var findings = Missing(comparison);
        Assert.Equal(comparison.Article15.Where(item => item.Status is "missing" or "partly").Select(item => item.Item).Order(), findings.Select(finding => finding.Subject).Order());
        var purposes = findings.Single(finding => finding.Subject == "15(1)(a)");
        Assert.StartsWith("The answer does not say for which purposes the data are processed (Art. 15(1)(a) GDPR): “All purposes are described in our privacy policy.”.", purposes.Statement, StringComparison.Ordinal);
        Assert.Equal(Origin.InAnswer("R-001", "mail.eml", 1), Assert.Single(purposes.Response));
        var retention = findings.Single(finding => finding.Subject == "15(1)(d)");
        Assert.StartsWith("The answer says only in part for how long the data are kept", retention.Statement, StringComparison.Ordinal);
        Assert.True(retention.Severity < purposes.Severity);
        Assert.All(findings, finding => Assert.NotEmpty(finding.Innocent));
        Assert.All(comparison.Article15, item => Assert.Equal("pattern", item.By));
    }

    [Fact]
    public void NobodyIsAccusedWithoutWordsOrWhileSomethingWasNotRead()
    {
        Assert.Empty(Missing(Compare(null, [new AnswerPart("R-001", "steps.csv", "csv", 9, 3)])));
        Assert.Empty(Missing(Compare(Letter, [new AnswerPart("R-001", "letter.pdf", "pdf", 90_000, 0)])));
        Assert.Empty(Missing(Compare("Thank you for your request, we will answer within one month.")));
    }

    [Fact]
    public void ThePersonsJudgementCountsAndSaysWhose()
    {
        var comparison = Compare(
            Letter, null,
            new ItemGrade("15(1)(a)", ItemStatus.Answered, "said on the phone", Now),
            new ItemGrade("15(1)", ItemStatus.Missing, "it is about somebody else", Now),
            new ItemGrade("15(1)(d)", ItemStatus.Missing, "", Now), new ItemGrade("15(1)(d)", null, "handed back", Now));
        var items = comparison.Article15.ToDictionary(item => item.Item);
        Assert.Equal(("answered", "person", "said on the phone", "missing"), (items["15(1)(a)"].Status, items["15(1)(a)"].By, items["15(1)(a)"].Because, items["15(1)(a)"].PatternStatus));
        Assert.Equal(("partly", "pattern"), (items["15(1)(d)"].Status, items["15(1)(d)"].By));
        var findings = Missing(comparison);
        Assert.DoesNotContain(findings, finding => finding.Subject == "15(1)(a)");
        Assert.Contains("in the person's judgement: it is about somebody else", findings.Single(finding => finding.Subject == "15(1)").Statement, StringComparison.Ordinal);
        var json = System.Text.Encoding.UTF8.GetString(ComparisonJson.Write(comparison));
        Assert.Contains("\"by\": \"person\",\n      \"because\": \"said on the phone\"", json, StringComparison.Ordinal);
    }
}
