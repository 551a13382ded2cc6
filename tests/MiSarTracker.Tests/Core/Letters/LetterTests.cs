using System.Text.RegularExpressions;
using MiSarTracker.Core;
using MiSarTracker.Core.Letters;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Letters;

public sealed partial class LetterTests
{
    public static TheoryData<string, string> Letters { get; } = new()
    {
        { "access", "bare" }, { "access", "evidenced" }, { "reminder", "late" }, { "reminder", "late-bare" }, { "deficiency", "incomplete" },
    };

    [Fact]
    public void TheHtmlIsApprovedToo() => Approved.Verify("letters/access.en.evidenced.html", Write("access", Facts.Evidenced).Html);

    [Theory]
    [InlineData("Article 15(1))")]
    [InlineData("15(1)(a)")]
    [InlineData("15(1)(b)")]
    [InlineData("15(1)(c)")]
    [InlineData("15(1)(d)")]
    [InlineData("15(1)(e)")]
    [InlineData("15(1)(f)")]
    [InlineData("15(1)(g)")]
    [InlineData("15(1)(h)")]
    [InlineData("15(2)")]
    [InlineData("15(3)")]
    [InlineData("C-154/21")]
    [InlineData("C-487/21")]
    [InlineData("12(3)")]
    [InlineData("12(4)")]
    [InlineData("12(5)")]
    [InlineData("12(6)")]
    [InlineData("26(2)")]
    [InlineData("rectification")]
    [InlineData("erasure")]
    [InlineData("restriction")]
    [InlineData("object")]
    [InlineData("complaint with a supervisory authority")]
    [InlineData("raw and encoded data")]
    [InlineData("within one month of receipt")]
    [InlineData("give me the reasons")]
    public void TheAccessLetterAsksForEveryItemWithAndWithoutEvidence(string item)
    {
        foreach (var facts in new[] { Facts.Bare, Facts.Evidenced })
            Assert.Contains(item, Unwrapped(Write("access", facts)), StringComparison.Ordinal);
    }

    [Fact]
    public void TheAccessLetterNamesWhatWasSeenAndNeverAValue()
    {
        var text = Unwrapped(Write("access", Facts.Evidenced));
        foreach (var seen in new[] { "heart rate: 27,663 samples, 1 May 2024 to 21 May 2024; sent to api-mifit-de2.huami.com, api-mifit.huami.com", "workouts: 1 sample, 3 May 2024; sent to", "devices and their settings: 14 samples", "user id: 3000000001", "device id: C8:0F:10:00:00:01", "advertising id: 7f3a" })
            Assert.Contains(seen, text, StringComparison.Ordinal);
        Assert.DoesNotContain("recordings", Unwrapped(Write("access", Facts.Bare)), StringComparison.Ordinal);
    }

    [Fact]
    public void TheSubjectHoldsTheReferenceInBrackets()
    {
        foreach (var (kind, name) in Letters.Select(row => row.Data))
            Assert.EndsWith(" [SAR-2026-0001]", Write(kind, FactsOf(name)).Subject.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void NoLetterThreatensOrAccuses()
    {
        foreach (var (kind, name) in Letters.Select(row => row.Data))
            Assert.DoesNotMatch(Threats(), Write(kind, FactsOf(name)).Text);
    }

    [Fact]
    public void LinesAreNoWiderThanSeventyTwoCharactersAndEndCleanly()
    {
        foreach (var (kind, name) in Letters.Select(row => row.Data))
        {
            var text = Write(kind, FactsOf(name)).Text;
            Assert.All(text.Split('\n'), line => Assert.True(line.Length <= PlainText.Width && line == line.TrimEnd(), line));
            Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
            Assert.EndsWith("Jane Doe\n", text, StringComparison.Ordinal);
            Assert.DoesNotMatch("[{}*\\\\\u0002\u0003\r]", text);
        }
    }

    [Fact]
    public void TheSameFactsGiveTheSameLetter()
    {
        var (one, two) = (Write("access", Facts.Evidenced), Write("access", Facts.Evidenced));
        Assert.Equal(one, two);
    }

    [Fact]
    public void AReminderIsRefusedWithoutARequestAndBeforeTheLastDayIsOver()
    {
        Assert.Throws<Refusal>(() => Write("reminder", Facts.Evidenced));
        Assert.Throws<Refusal>(() => Write("reminder", Facts.Late with { Date = new LocalDate(2026, 4, 7) }));
        Assert.NotNull(Write("reminder", Facts.Late));
        Assert.Contains("deficiency", Assert.Throws<Refusal>(() => Write("reminder", Facts.Incomplete)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void ADeficiencyLetterIsRefusedWithoutAnAnswerOrWithoutAFault()
    {
        Assert.Throws<Refusal>(() => Write("deficiency", Facts.Incomplete with { Prior = Facts.Late.Prior }));
        Assert.Throws<Refusal>(() => Write("deficiency", Facts.Incomplete with { Deficiencies = [] }));
        Assert.Throws<Refusal>(() => Write("deficiency", Facts.Incomplete with { Deficiencies = [Facts.Incomplete.Deficiencies[0] with { Kind = "disclosed-only" }] }));
    }

    [Fact]
    public void EveryKindOfFaultGetsAPointOfItsOwn()
    {
        foreach (var kind in Deficiency.Kinds)
        {
            var text = Write("deficiency", Facts.Incomplete with { Deficiencies = [Facts.Incomplete.Deficiencies[0] with { Kind = kind }] }).Text;
            Assert.Contains("\n 1. ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\n 2. ", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnUnknownLetterIsRefusedWithTheKnownOnes()
    {
        Assert.Contains("There is access in: de, en, es, fr, it, nl, pl, ro.", Assert.Throws<Refusal>(() => Facts.Shipped.Write(LetterKind.Access, "tlh", Facts.Bare)).Remedy, StringComparison.Ordinal);
        Assert.Contains("deficiency", Assert.Throws<Refusal>(() => LetterKind.Parse("love")).Remedy, StringComparison.Ordinal);
        Assert.Equal(["access", "reminder", "deficiency", "objection", "complaint", "data-act", "withdrawal"], LetterKind.All.Select(kind => LetterKind.Parse(kind.Name).Name));
    }

    private static Letter Write(string kind, LetterFacts facts) => Facts.Shipped.Write(LetterKind.Parse(kind), "en", facts);

    private static LetterFacts FactsOf(string name) => name switch
    {
        "bare" => Facts.Bare,
        "evidenced" => Facts.Evidenced,
        "late" => Facts.Late,
        "late-bare" => Facts.Bare with { Date = Facts.Late.Date, Prior = Facts.Late.Prior },
        "incomplete" => Facts.Incomplete,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static string Unwrapped(Letter letter) => Regex.Replace(letter.Text, "\n +|(?<!\n)\n(?!\n)", " ");

    [GeneratedRegex("(?i)violat|unlawful|illegal|breach|court action|legal action|lawyer|sue |fine of|penalt|fail(ed)? to comply|reserve")]
    private static partial Regex Threats();
}
