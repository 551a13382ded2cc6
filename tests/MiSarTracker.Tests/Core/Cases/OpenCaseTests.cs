using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using Xunit;

namespace MiSarTracker.Tests.Core.Cases;

public sealed class OpenCaseTests
{
    [Fact]
    public void AnOpenedCaseIsADraftWithAClocklessControllerEach()
    {
        var decision = OpenCase.Decide(new CaseReference(2026, 7), Example.Opening(Example.Xiaomi, Example.Huami), Example.Start);
        Assert.Equal(CaseState.Draft, decision.Case.State);
        Assert.Equal(["xiaomi", "huami"], decision.Case.Controllers.Select(c => c.Id));
        Assert.All(decision.Case.Controllers, c => Assert.Null(c.Clock));
        Assert.Equal("case-opened", Assert.Single(decision.Events).Kind);
    }

    public static TheoryData<string> Broken => ["no vendor", "no controller", "controller twice", "identifier empty", "identifier twice", "country", "language", "name"];

    [Theory]
    [MemberData(nameof(Broken))]
    public void AnIncompleteOpeningIsRefused(string what)
    {
        var good = Example.Opening();
        var bad = what switch
        {
            "no vendor" => good with { Vendor = " " },
            "no controller" => good with { Controllers = [] },
            "controller twice" => good with { Controllers = [.. good.Controllers, .. good.Controllers] },
            "identifier empty" => good with { Identifiers = [new Identifier("user-id", "")] },
            "identifier twice" => good with { Identifiers = [.. good.Identifiers, .. good.Identifiers] },
            "country" => good with { Person = good.Person with { Country = "nl" } },
            "language" => good with { Language = "eng" },
            _ => good with { Person = good.Person with { Name = "" } },
        };
        _ = Assert.Throws<Refusal>(() => OpenCase.Decide(new CaseReference(2026, 1), bad, Example.Start));
    }
}
