using System.Text.Json.Nodes;
using MiSarTracker.Core;
using MiSarTracker.Core.Deadlines;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Deadlines;

public sealed class DerivationWordsTests
{
    public static TheoryData<string> Languages => [.. Templates.Shipped.DerivationLanguages().Where(language => language != "en")];

    [Theory]
    [MemberData(nameof(Languages))]
    public void EveryLanguageExplainsEveryKindOfDeadline(string language)
    {
        var words = Templates.Shipped.DerivationWords(language);
        Assert.Equal(language, words.Language);
        var text = string.Join("\n\n", Samples().Select(deadline => string.Join('\n', deadline.DerivationIn(words))));
        Assert.DoesNotContain('{', text);
        Approved.Verify("deadlines/words-" + language, text + "\n");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void EveryLanguageNamesEveryCountryWithATable(string language)
    {
        var words = Templates.Shipped.DerivationWords(language);
        foreach (var calendar in Tables.Shipped.All.Select(table => table.Calendar()))
            Assert.DoesNotContain("{", words.In(calendar), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void ALanguageTellsAsManySentencesAsEnglish(string language)
    {
        var words = Templates.Shipped.DerivationWords(language);
        Assert.All(Samples(), deadline => Assert.Equal(deadline.Derivation.Count, deadline.DerivationIn(words).Count));
    }

    [Fact]
    public void TheEnglishInTheAssemblyIsTheFileOfTheTemplates() =>
        Assert.Equal(
            DerivationWordsReader.Read(Repository.Read("templates", "deadlines", "words.en.json"), "words.en.json").Say("thumb-law"),
            DerivationWords.English.Say("thumb-law"));

    [Fact]
    public void APhraseThatIsMissingOrAsksForMoreIsRefusedWithItsPlace()
    {
        Assert.Equal("$.phrases", Broken(phrases => phrases.Remove("end")).Where);
        Assert.Equal("$.phrases.end", Broken(phrases => phrases["end"] = "That is {nonsense}.").Where);
        Assert.Equal("$.phrases.ende", Broken(phrases => phrases["ende"] = "x").Where);
    }

    [Fact]
    public void AValueIsNeverTakenForAPlaceholder() =>
        Assert.Contains("{day}", DerivationWords.English.Say("own-removed", ("day", "1 May 2026"), ("reason", "{day}")), StringComparison.Ordinal);

    private static BadInput Broken(Action<JsonObject> change)
    {
        var words = JsonNode.Parse(Repository.Read("templates", "deadlines", "words.en.json"))!.AsObject();
        change(words["phrases"]!.AsObject());
        return Assert.Throws<BadInput>(() => DerivationWordsReader.Read(words.ToJsonString(), "words.xx.json"));
    }

    private static IEnumerable<Deadline> Samples()
    {
        yield return Tables.Deadline("2026-03-05", "NL");
        yield return Tables.Deadline("2026-03-05", "NL", extended: true);
        yield return Tables.Deadline("2026-03-03", "NL");
        yield return Tables.Deadline("2026-12-06", "DE");
        yield return Tables.Deadline("2022-11-25", "GB");
        yield return Tables.Deadline("2026-03-05", "CH-ZH");
        yield return Deadline.For(new LocalDate(2025, 11, 25), Tables.Shipped.For("FR"), CountingRule.Parse("days:30"));
        yield return Tables.Deadline("2043-01-31", "DE-BY");
    }
}
