using System.Globalization;
using System.Text.RegularExpressions;
using MiSarTracker.Core;
using MiSarTracker.Core.Letters;
using MiSarTracker.Reports;
using MiSarTracker.Tests.Core.Letters;
using MiSarTracker.Tests.Pdf;
using Xunit;

namespace MiSarTracker.Tests.Journey;

/// <summary>Letters on paper, looked at through qpdf and poppler.</summary>
public sealed partial class LetterPaperTests
{
    private const double Millimetre = 72 / 25.4;
    private static readonly DateTimeOffset Created = new(2026, 4, 20, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> EachLanguage { get; } = LetterSetTests.EachLanguage;

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public void EveryWordOfTheLetterStandsOnPaperInEveryLanguage(string language)
    {
        var letter = Letter("complaint", language);
        using var pdf = new WrittenPdf(LetterPaper.Compose(letter, Created));
        var text = WrittenPdf.Normalised(pdf.Text().Replace("\u00ad", "", StringComparison.Ordinal));
        foreach (var block in letter.Sheet.BlocksWithoutHead())
        {
            foreach (var word in string.Concat(block.Lines.SelectMany(line => line.Select(run => run.Text + " "))).Split([' ', '\u00a0', '\u202f'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length < 15))
                Assert.Contains(WrittenPdf.Normalised(word), text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("U+", text, StringComparison.Ordinal);
        Assert.Contains($"/Lang ({language})", pdf.Readable(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheAddressStandsInTheWindowAndTheSubjectBelowIt()
    {
        var letter = Letter("complaint", "de");
        using var pdf = new WrittenPdf(LetterPaper.Compose(letter, Created));
        var words = Words(pdf.Path);
        foreach (var word in new[] { "Autoriteit", "Postbus", "Nederland" })
        {
            var box = words.First(box => box.Text == word);
            Assert.InRange(box.Left, 20 * Millimetre, 105 * Millimetre);
            Assert.InRange(box.Top, 45 * Millimetre, 90 * Millimetre);
            Assert.InRange(box.Bottom, 45 * Millimetre, 90.5 * Millimetre);
        }

        var subject = words.First(box => box.Text == "Beschwerde");
        Assert.InRange(subject.Top, 98 * Millimetre, 103 * Millimetre);
        var sender = words.First(box => box.Text == "Doe" && box.Left > 120 * Millimetre);
        Assert.InRange(sender.Top, 45 * Millimetre, 60 * Millimetre);
        Assert.Contains("Seite 1 von", pdf.Pages()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ALongAddressStaysInTheWindow()
    {
        var letter = Letter("access", "en");
        SingleLine[] lines = [.. Enumerable.Range(1, 7).Select(i => SingleLine.Parse($"Line{i}", "test"))];
        letter = letter with { Sheet = letter.Sheet with { Recipient = letter.Sheet.Recipient with { PostalAddress = lines } } };
        using var pdf = new WrittenPdf(LetterPaper.Compose(letter, Created));
        var words = Words(pdf.Path);
        Assert.InRange(words.First(box => box.Text == "Xiaomi").Top, 45 * Millimetre, 60 * Millimetre);
        Assert.InRange(words.First(box => box.Text == "Line7").Bottom, 60 * Millimetre, 90.5 * Millimetre);
    }

    [Fact]
    public void TheSameLetterGivesTheSameBytes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(LetterPaper.Write(Letter("objection", "pl"), Created, cancellation), LetterPaper.Write(Letter("objection", "pl"), Created, cancellation));
    }

    [Fact]
    public void TheHeadIsNotPrintedTwice()
    {
        using var pdf = new WrittenPdf(LetterPaper.Compose(Letter("access", "en"), Created));
        Assert.Single(Words(pdf.Path), box => box.Text == "2595");
        Assert.Single(Regex.Matches(pdf.Text(), "20 April 2026"));
    }

    private static Letter Letter(string kind, string language) =>
        Facts.Shipped.Write(LetterKind.Parse(kind), language, LetterSamples.Of(LetterKind.Parse(kind))[kind is "withdrawal" or "objection" or "deficiency" ? 0 : 1].Facts);

    /// <summary>The words of the first page with their boxes in points from its upper left corner.</summary>
    private static List<(string Text, double Left, double Top, double Bottom)> Words(string path) =>
        [.. Box().Matches(Tool.Poppler("pdftotext", "-bbox", "-f", "1", "-l", "1", path, "-"))
            .Select(match => (match.Groups[4].Value, Number(match.Groups[1]), Number(match.Groups[2]), Number(match.Groups[3])))];

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)</word>""")]
    private static partial Regex Box();
}
