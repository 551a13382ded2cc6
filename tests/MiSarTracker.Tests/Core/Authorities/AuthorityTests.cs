using MiSarTracker.Core;
using MiSarTracker.Core.Authorities;
using MiSarTracker.Tests.Core.Deadlines;
using Xunit;

namespace MiSarTracker.Tests.Core.Authorities;

public sealed class AuthorityTests
{
    private static readonly string[] Members =
        ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"];

    private static readonly string[] Laender =
        ["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"];

    private static AuthorityDirectory Shipped { get; } = AuthorityReader.Read(
        File.ReadAllText(Path.Combine(Repository.Root, "templates", "authorities", "authorities.json")), "authorities.json");

    [Fact]
    public void EveryMemberStateTheEeaTheUnitedKingdomAndSwitzerlandHaveOne()
    {
        foreach (var country in Members.Concat(["IS", "LI", "NO", "GB", "CH"]))
            Assert.True(Shipped.At(country) is { Region: null }, country);
    }

    [Fact]
    public void EveryGermanLandHasItsOwn()
    {
        Assert.Equal(16, Laender.Select(land => Shipped.At("DE-" + land)!.Id).Distinct().Count());
        Assert.All(Laender, land => Assert.Equal("DE-" + land, Shipped.At("DE-" + land)!.Region));
    }

    [Fact]
    public void EveryOneCanBeReachedInSomeWay() =>
        Assert.All(Shipped.All, authority => Assert.True(authority.Email is not null || authority.WebForm is not null || authority.Address.Count > 0, authority.Id));

    [Fact]
    public void EveryCountryWithAHolidayTableHasAnAuthority() =>
        Assert.All(Tables.Shipped.All, table => Assert.NotNull(Shipped.At(table.Country)));

    [Fact]
    public void WhereAPersonLivesComesFirstThenWorkThenTheControllersSeat()
    {
        var choice = AuthorityChoice.For(Shipped, "DE-BY", "AT", "NL");
        Assert.Equal(["de-by", "at-dsb", "nl-ap"], choice.Select(candidate => candidate.Authority.Id));
        Assert.Equal([ComplaintGround.Residence, ComplaintGround.Workplace, ComplaintGround.Infringement], choice.Select(candidate => candidate.Ground));
        Assert.All(choice, candidate => Assert.Contains("Art. 77(1) GDPR", candidate.Why[0], StringComparison.Ordinal));
    }

    [Fact]
    public void OneAuthorityIsOfferedOnce() =>
        Assert.Equal("nl-ap", Assert.Single(AuthorityChoice.For(Shipped, "NL", "nl", "NL")).Authority.Id);

    [Fact]
    public void GermanyWithoutALandIsToldThatTheLandDecides()
    {
        var only = Assert.Single(AuthorityChoice.For(Shipped, "DE"));
        Assert.Equal("de-bfdi", only.Authority.Id);
        Assert.Contains("DE-NW", only.Why[1], StringComparison.Ordinal);
    }

    [Fact]
    public void NoPlaceThatIsKnownGivesNoAuthority() => Assert.Empty(AuthorityChoice.For(Shipped, "CN", null, ""));

    [Fact]
    public void TheUnitedKingdomGoesByEitherCode() => Assert.Equal("gb-ico", Shipped.At("uk")!.Id);

    [Theory]
    [InlineData("""{"asOf":"2026-11-22","authorities":[{"id":"nl-ap","name":"A","country":"NL","languages":["nl"],"status":"sure","because":"x"}]}""", "$.authorities[0].status")]
    [InlineData("""{"asOf":"2026-11-22","authorities":[{"id":"ap","name":"A","country":"NL","languages":["nl"],"status":"stated","because":"x"}]}""", "$.authorities[0].id")]
    [InlineData("""{"asOf":"2026-11-22","authorities":[{"id":"nl-ap","name":"A","country":"NL","languages":["nl"],"status":"stated","because":"x","emial":"a@b.nl"}]}""", "$.authorities[0].emial")]
    [InlineData("""{"asOf":"2026-11-22","authorities":[{"id":"nl-ap","name":"A","country":"NL","languages":["nl"],"status":"stated","because":"x","site":"http://a.nl"}]}""", "$.authorities[0].site")]
    [InlineData("""{"asOf":"2026-11-22","authorities":[]}""", "$.authorities")]
    public void AMistakeIsNamedWithItsPlace(string json, string where) =>
        Assert.Equal(where, Assert.Throws<BadInput>(() => AuthorityReader.Read(json, "a.json")).Where);
}
