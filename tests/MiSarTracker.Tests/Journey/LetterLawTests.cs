using MiSarTracker.Core.Letters;
using MiSarTracker.Journey;
using Xunit;

namespace MiSarTracker.Tests.Journey;

public sealed class LetterLawTests
{
    [Theory]
    [InlineData("NL", "NL", LetterRegime.Eu)]
    [InlineData("NL", "CN", LetterRegime.Eu)]
    [InlineData("NO", "CN", LetterRegime.Eu)]
    [InlineData("GB", "CN", LetterRegime.Uk)]
    [InlineData("gb", "gb", LetterRegime.Uk)]
    [InlineData("DE", "GB", LetterRegime.Uk)]
    [InlineData("GB", "NL", LetterRegime.Eu)]
    [InlineData("CH", "NL", LetterRegime.Swiss)]
    [InlineData("CH", "CN", LetterRegime.Swiss)]
    [InlineData("DE", "CH", LetterRegime.Swiss)]
    public void TheLawIsThatOfTheControllersPlaceAndElseOfThePersons(string person, string controller, LetterRegime law) =>
        Assert.Equal(law, LetterLaw.Of(person, controller));

    [Theory]
    [InlineData("NL", true)]
    [InlineData("RO", true)]
    [InlineData("NO", false)]
    [InlineData("GB", false)]
    [InlineData("CH", false)]
    public void TheDataActIsClaimedForMemberStatesOnly(string person, bool has) => Assert.Equal(has, LetterLaw.HasDataAct(person));
}
