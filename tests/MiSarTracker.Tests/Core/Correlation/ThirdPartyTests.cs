using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Correlation;

/// <summary>A capture holds the whole phone's traffic; a third party is held against the vendor only when something ties it to the app.</summary>
public sealed class ThirdPartyTests
{
    private const string Device = "D4000000FFFF0001";

    [Theory]
    [InlineData(Device, Severity.Medium)]
    [InlineData("d4000000ffff0001", Severity.Medium)]
    [InlineData("b91e44bd11bf1f4f2de8a4a0d3b2cda3", Severity.Info)]
    [InlineData("nothing-of-ours-91823", Severity.Info)]
    public void AnIdentifierThatTheVendorWasSentTooTiesAHostToTheApp(string sent, Severity severity)
    {
        var finding = Assert.Single(Compare(sent).Findings, finding => finding.Kind == FindingKind.RecipientNotNamed);

        Assert.Equal(("collect.example.net", 3L, severity), (finding.Subject, finding.Count, finding.Severity));
        Assert.Equal(severity == Severity.Medium, finding.Innocent.Single(innocent => innocent.Explanation == "another app").RuledOut ?? false);
        Assert.Equal(severity == Severity.Medium, finding.Evidence.Count == 1);
    }

    [Fact]
    public void ItsHashTiesItToo()
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Device)));

        Assert.Equal(Severity.Medium, Assert.Single(Compare(hash).Findings, finding => finding.Kind == FindingKind.RecipientNotNamed).Severity);
    }

    private static Comparison Compare(string sent)
    {
        var uploaded = new Uploaded
        {
            Facts = [new Fact(Category.Device, "device-id", Device, Origin.InUpload("E-001", 1, "did")) { Identifies = true }],
            Hosts = [new HostTraffic("collect.example.net", 4, 0, 0, 0, 90, null, null) { Foreign = 3 }],
            Values = [new SentValue("collect.example.net", "POST /e", "$.id", sent, Origin.InUpload("E-001", 9, "$.id"), null)],
        };
        var disclosed = new Disclosed
        {
            Facts = [new Fact(Category.Device, "device-id", Device, Origin.InAnswer("R-001", "a.csv", 2))],
            Texts = [new AnswerText(Origin.InAnswer("R-001", "a.txt", 0), "We share nothing.")],
        };
        return Correlator.Compare(
            new ComparisonInput { Case = "SAR-2026-0001", ComparedAt = Instant.FromUtc(2026, 11, 22, 10, 0), Uploaded = uploaded, Disclosed = disclosed },
            TestContext.Current.CancellationToken);
    }
}
