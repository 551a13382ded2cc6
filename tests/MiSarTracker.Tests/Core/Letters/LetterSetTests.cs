using System.Text.RegularExpressions;
using MiSarTracker.Core;
using MiSarTracker.Core.Letters;
using MiSarTracker.Core.Observations;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Letters;

/// <summary>What holds for every letter of the set, in every language.</summary>
public sealed partial class LetterSetTests
{
    private static readonly string[] Languages = ["de", "en", "es", "fr", "it", "nl", "pl", "ro"];

    /// <summary>What would be a threat, an accusation or a claim of law beyond the letter's purpose.</summary>
    private static readonly Dictionary<string, string> Threats = new(StringComparer.Ordinal)
    {
        ["de"] = "rechtswidrig|gesetzwidrig|illegal|verstoßen Sie|Klage|verklag|Anwalt|Rechtsanw|Bußgeld|Geldbuße|Schadensersatz|gerichtlich|behalte ich mir|vorbehalt|letztmalig|Frist gesetzt",
        ["en"] = "violat|unlawful|illegal|breach|court action|legal action|lawyer|sue |fine of|penalt|fail(ed)? to comply|reserve|damages",
        ["es"] = "ilegal|ilícit|incumpl|abogad|demanda judicial|tribunales|multa|sanción|indemniza|me reservo|vulnera",
        ["fr"] = "illégal|illicite|manqu(é|ement)|avocat|poursuit|poursuites|tribuna|amende|sanction|dommages|me réserve|mise en demeure|mets en demeure",
        ["it"] = "illegal|illecit|inadempi|avvocat|\\badire|tribunal|multa|sanzion|risarciment|mi riservo|diffid",
        ["nl"] = "onrechtmatig|illegaal|overtred|advoca|rechtbank|dagvaard|boete|schadevergoeding|behoud ik mij|sommeer|in gebreke",
        ["pl"] = "bezprawn|nielegaln|złama|adwokat|\\bradc|\\bsąd|pozew|grzywn|kar[aęy] pieni|odszkodowan|zastrzegam|wezwanie ostateczne",
        ["ro"] = "ilegal|ilicit|avocat|instanț|tribunal|amend|sancți|despăgubir|îmi rezerv|somaț|somez",
    };

    public static TheoryData<string, string> All { get; } = [.. Languages.SelectMany(language => LetterKind.All.Select(kind => (language, kind.Name)))];

    public static TheoryData<string> EachLanguage { get; } = [.. Languages];

    [Theory]
    [MemberData(nameof(All))]
    public void LettersReadWell(string language, string kind) =>
        Approved.Verify($"letters/{kind}.{language}", string.Join("\n\n", Samples(kind).Select(sample =>
        {
            var letter = Write(kind, language, sample.Facts);
            return $"======== {sample.Name}\nSubject: {letter.Subject}\n\n{letter.Text}";
        })));

    [Fact]
    public void EveryLanguageHasEveryKind() =>
        Assert.Equal(
            Languages.SelectMany(language => LetterKind.All.Select(kind => (kind.Name, language))).Order(),
            Facts.Shipped.Known.Select(known => (known.Kind, known.Language)).Order());

    [Theory]
    [MemberData(nameof(All))]
    public void NoLetterThreatensOrAccuses(string language, string kind)
    {
        foreach (var (name, facts) in Samples(kind))
        {
            var hit = Regex.Match(Unwrapped(Write(kind, language, facts)), Threats[language], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            Assert.False(hit.Success, $"{kind}.{language} ({name}): {hit.Value}");
        }
    }

    [Theory]
    [InlineData("en", "This is a violation")]
    [InlineData("de", "behalte ich mir vor")]
    [InlineData("fr", "je vous mets en demeure")]
    [InlineData("es", "me reservo")]
    [InlineData("it", "mi riservo")]
    [InlineData("nl", "behoud ik mij het recht voor")]
    [InlineData("pl", "zastrzegam sobie")]
    [InlineData("ro", "îmi rezerv dreptul")]
    public void AThreatWouldBeFound(string language, string text) => Assert.Matches("(?i)" + Threats[language], text);

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public void TheAccessLetterAsksEveryItemOfArticle15AndCitesTheRestOfItsLaw(string language)
    {
        var words = Facts.Shipped.Words(language);
        string[] items = ["15(1)", .. "abcdefgh".Select(point => $"15(1)({point})"), "15(2)", "15(3)", "12(3)", "12(4)", "12(5)", "12(6)", "26(2)"];
        foreach (var (name, facts) in Samples("access"))
        {
            var text = Unwrapped(Write("access", language, facts));
            foreach (var item in items)
                Assert.True(text.Contains(words.Article(item).Replace('\u00A0', ' '), StringComparison.Ordinal), $"{language}, {name}: {item}");
            Assert.Equal(facts.Regime != LetterRegime.Uk, text.Contains("C-154/21", StringComparison.Ordinal) && text.Contains("C-487/21", StringComparison.Ordinal));
            for (var number = 1; number <= 11; number++)
                Assert.Contains($" {number}. ", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LinesAreNoWiderThanSeventyTwoCharactersAndNothingOfTheTemplateShows(string language, string kind)
    {
        foreach (var (_, facts) in Samples(kind))
        {
            var letter = Write(kind, language, facts);
            Assert.All(letter.Text.Split('\n'), line => Assert.True((line.Length <= PlainText.Width || !line.Trim().Contains(' ')) && line == line.TrimEnd(), line));
            Assert.DoesNotContain("\n\n\n", letter.Text, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"[{}*\\\u0002\u0003\r]|\S {2,}\S|\.\.|,,| ,|\( |\(\)", Unwrapped(letter));
            Assert.EndsWith("\nJane Doe\n", letter.Text, StringComparison.Ordinal);
            Assert.EndsWith(" [SAR-2026-0001]", letter.Subject.Value, StringComparison.Ordinal);
            Assert.Contains($"lang=\"{language}\"", letter.Html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public void EveryFaultThatCanBeNamedHasAPointOfItsOwn(string language)
    {
        var objection = LetterSamples.Of(LetterKind.Objection)[0].Facts;
        foreach (var one in objection.Objections)
            Assert.Equal(1, Points(Write("objection", language, objection with { Objections = [one] })));
        var complaint = LetterSamples.Of(LetterKind.Complaint)[1].Facts;
        Assert.Equal(Fault.Kinds.Order(), complaint.Faults.Select(fault => fault.Kind).Distinct().Order());
        foreach (var one in complaint.Faults)
        {
            var letters = new[] { true, false }.Select(persists => Write("complaint", language, complaint with { Faults = [one with { Persists = persists }] })).ToList();
            Assert.All(letters, letter => Assert.Equal(1, Points(letter)));
            Assert.NotEqual(letters[0].Text, letters[1].Text);
        }

        var deficiency = LetterSamples.Of(LetterKind.Deficiency)[0].Facts;
        foreach (var one in deficiency.Deficiencies)
            Assert.Equal(1, Points(Write("deficiency", language, deficiency with { Deficiencies = [one] })));
    }

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public void MeasuredValuesStandOnlyInALetterThatWasAskedForThem(string language)
    {
        foreach (var (name, facts) in Samples("deficiency"))
            Assert.Equal(name == "values", Unwrapped(Write("deficiency", language, facts)).Contains("72 bpm", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "1 May 2024 to 21 May 2024", "27,663")]
    [InlineData("de", "1. Mai 2024 bis 21. Mai 2024", "27.663")]
    [InlineData("fr", "du 1er mai 2024 au 21 mai 2024", "27\u202f663")]
    [InlineData("nl", "1 mei 2024 tot en met 21 mei 2024", "27.663")]
    [InlineData("es", "del 1 de mayo de 2024 al 21 de mayo de 2024", "27.663")]
    [InlineData("it", "1° maggio 2024 – 21 maggio 2024", "27.663")]
    [InlineData("pl", "1 maja 2024 roku – 21 maja 2024 roku", "27 663")]
    [InlineData("ro", "1 mai 2024 – 21 mai 2024", "27.663")]
    public void DatesAndNumbersAreWrittenAsTheLanguageDoes(string language, string dates, string number)
    {
        var text = Unwrapped(Write("access", language, LetterSamples.Of(LetterKind.Access)[1].Facts));
        Assert.Contains(dates, text, StringComparison.Ordinal);
        Assert.Contains(number, text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public void TheUnitedKingdomHasItsOwnRegulation(string language)
    {
        var words = Facts.Shipped.Words(language);
        foreach (var kind in new[] { "access", "reminder", "deficiency", "complaint" })
        {
            var text = Unwrapped(Write(kind, language, Samples(kind).Single(sample => sample.Name == "uk").Facts));
            Assert.Contains(words.Gdpr(LetterRegime.Uk), text, StringComparison.Ordinal);
            Assert.DoesNotContain("C-154/21", text, StringComparison.Ordinal);
            Assert.DoesNotContain("C-487/21", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ALetterThatNothingBearsIsRefusedWithTheReason()
    {
        var objection = LetterSamples.Of(LetterKind.Objection)[0].Facts;
        Assert.Contains("nothing to object to", Assert.Throws<Refusal>(() => Write("objection", "en", objection with { Objections = [] })).Message, StringComparison.Ordinal);
        var complaint = LetterSamples.Of(LetterKind.Complaint)[1].Facts;
        Assert.Contains("nothing to complain about", Assert.Throws<Refusal>(() => Write("complaint", "en", complaint with { Faults = [] })).Message, StringComparison.Ordinal);
        Assert.Contains("authority", Assert.Throws<Refusal>(() => Write("complaint", "en", complaint with { Authority = null })).Message, StringComparison.Ordinal);
        var data = LetterSamples.Of(LetterKind.DataAct)[0].Facts;
        Assert.Contains("2025-09-12", Assert.Throws<Refusal>(() => Write("data-act", "en", data with { Date = new LocalDate(2025, 9, 11) })).Message, StringComparison.Ordinal);
        Assert.NotNull(Write("data-act", "en", data with { Date = new LocalDate(2025, 9, 12) }));
        Assert.Contains("Union", Assert.Throws<Refusal>(() => Write("data-act", "en", data with { Regime = LetterRegime.Uk })).Message, StringComparison.Ordinal);
        foreach (var kind in new[] { "objection", "complaint", "withdrawal" })
            Assert.Contains("follows up a request", Assert.Throws<Refusal>(() => Write(kind, "en", complaint with { Prior = null })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AMisspeltPlaceholderIsNamedWithItsLineAndColumnInEveryTemplate(string language, string kind)
    {
        var file = $"{kind}.{language}.md";
        var text = Repository.Read("templates", "letters", file);
        var at = text.LastIndexOf("{{person.name}}", StringComparison.Ordinal);
        var line = text[..at].Count(c => c == '\n') + 1;
        var fault = Assert.Throws<BadInput>(() => LetterTemplate.Parse(text[..at] + text[at..].Replace("person.name", "person.nane", StringComparison.Ordinal), file));
        Assert.Equal((file, FormattableString.Invariant($"line {line}, column 1")), (fault.InputName, fault.Where));
    }

    [Fact]
    public void ManyStretchesAreToldAsTheRangeThatTheySpan()
    {
        var point = LetterSamples.Of(LetterKind.Deficiency)[0].Facts.Deficiencies[0];
        var day = new LocalDate(2024, 1, 1);
        var many = point with { From = day, To = day.PlusDays(40), Stretches = [.. Enumerable.Range(0, 14).Select(i => (day.PlusDays(3 * i), day.PlusDays(3 * i)))] };
        var text = Unwrapped(Write("deficiency", "en", LetterSamples.Of(LetterKind.Deficiency)[0].Facts with { Deficiencies = [many] }));
        Assert.Contains("heart rate, 1 January 2024 to 10 February 2024: number of samples", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ACategoryWithoutALabelIsCalledByItsOwnName()
    {
        var point = LetterSamples.Of(LetterKind.Deficiency)[0].Facts.Deficiencies[0] with { Category = Category.Other("blood-sugar") };
        Assert.Contains("blood sugar", Write("deficiency", "ro", LetterSamples.Of(LetterKind.Deficiency)[0].Facts with { Deficiencies = [point] }).Text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<(string Name, LetterFacts Facts)> Samples(string kind) => LetterSamples.Of(LetterKind.Parse(kind));

    private static Letter Write(string kind, string language, LetterFacts facts) => Facts.Shipped.Write(LetterKind.Parse(kind), language, facts);

    private static int Points(Letter letter) => PointNumber().Count(letter.Text);

    private static string Unwrapped(Letter letter) => Regex.Replace(letter.Text, "\n +|(?<!\n)\n(?!\n)", " ");

    [GeneratedRegex(@"^ \d\. ", RegexOptions.Multiline)]
    private static partial Regex PointNumber();
}
