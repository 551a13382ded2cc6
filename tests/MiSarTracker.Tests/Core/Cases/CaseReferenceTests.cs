using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using Xunit;

namespace MiSarTracker.Tests.Core.Cases;

public sealed class CaseReferenceTests
{
    [Theory]
    [InlineData(2026, 1, "SAR-2026-0001")]
    [InlineData(2026, 9999, "SAR-2026-9999")]
    [InlineData(2026, 10000, "SAR-2026-10000")]
    [InlineData(1999, 123456, "SAR-1999-123456")]
    public void AReferenceIsWrittenAndReadTheSame(int year, int number, string text)
    {
        Assert.Equal(text, new CaseReference(year, number).ToString());
        Assert.Equal(new CaseReference(year, number), CaseReference.Parse(text));
        Assert.Equal(new CaseReference(year, number), CaseReference.Parse(text.ToLowerInvariant()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("SAR-2026-1")]
    [InlineData("SAR-2026-0000")]
    [InlineData("SAR-2026-00001")]
    [InlineData("SAR-2026-0001\n")]
    [InlineData(" SAR-2026-0001")]
    [InlineData("SAR-２０２６-0001")]
    [InlineData("SAR-2026-99999999999")]
    [InlineData("SAR-2026-999999999999999999999")]
    public void OneCaseHasOneNameAndNothingElseIsOne(string? text)
    {
        Assert.False(CaseReference.TryParse(text, out _));
        if (text is not null)
            Assert.Contains("SAR-2026-0001", Assert.Throws<Refusal>(() => CaseReference.Parse(text)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void ReferencesSortByYearAndNumberNotByText()
    {
        CaseReference[] sorted = [new(2025, 10000), new(2026, 2), new(2026, 9999), new(2026, 10000)];
        Assert.Equal(sorted, sorted.Reverse().Order());
    }

    [Fact]
    public void NamesOfTheContractComeBackAsTheyWere()
    {
        Assert.Equal("not-controller", ContractName.Of(ReplyKind.NotController));
        Assert.All(Enum.GetValues<ReplyKind>(), kind => Assert.Equal(kind, ContractName.Parse<ReplyKind>(ContractName.Of(kind))));
        var refusal = Assert.Throws<Refusal>(() => ContractName.Parse<ReplyKind>("NotController"));
        Assert.Contains("acknowledgement", refusal.Remedy, StringComparison.Ordinal);
        Assert.False(ContractName.TryParse<ReplyKind>("0", out _));
    }
}
