using System.Security.Cryptography;
using System.Text;
using MiSarTracker.Core.Correlation;
using MiSarTracker.Core.Findings;
using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Correlation;

/// <summary>An identifier that the answer holds in another form is disclosed; the comparison says in which.</summary>
public sealed class IdentifierNotationTests
{
    private const string Mac = "C8:0F:10:AB:CD:01";

    [Theory]
    [InlineData("bound devices: C8:0F:10:AB:CD:01", null)]
    [InlineData("bound devices: c8-0f-10-ab-cd-01", "other-notation")]
    [InlineData("hw=C80F10ABCD01;", "other-notation")]
    [InlineData("address %3D C8%3A0F%3A10%3AAB%3ACD%3A01", "url-encoded")]
    public void AHardwareAddressIsFoundHoweverItIsPrinted(string text, string? notation)
    {
        var comparison = Compare(text);

        var identifier = Assert.Single(comparison.Identifiers);
        Assert.Equal((true, notation), (identifier.Disclosed, identifier.Notation is { } found ? MiSarTracker.Core.Cases.ContractName.Of(found) : null));
        Assert.DoesNotContain(comparison.Findings, finding => finding.Severity > Severity.Info);
    }

    [Fact]
    public void ItsHashCountsAndIsNamed()
    {
        var identifier = Assert.Single(Compare($"id {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Mac)))}").Identifiers);

        Assert.Equal((true, MiSarTracker.Core.Search.Notation.Sha256), (identifier.Disclosed, identifier.Notation!.Value));
    }

    [Fact]
    public void AnotherAddressIsNotIt()
    {
        var comparison = Compare("bound devices: C8:0F:10:AB:CD:02");

        Assert.False(Assert.Single(comparison.Identifiers).Disclosed);
        Assert.Contains(comparison.Findings, finding => finding.Kind == FindingKind.IdentifierNotDisclosed);
    }

    private static Comparison Compare(string text) => Correlator.Compare(
        new ComparisonInput
        {
            Case = "SAR-2026-0001",
            ComparedAt = Instant.FromUtc(2026, 11, 22, 10, 0),
            Uploaded = new Uploaded { Facts = [new Fact(Category.Device, "mac-address", Mac, Origin.InUpload("E-001", 1, "mac")) { Identifies = true }] },
            Disclosed = new Disclosed { Texts = [new AnswerText(Origin.InAnswer("R-001", "a.txt", 0), text)] },
        },
        TestContext.Current.CancellationToken);
}
