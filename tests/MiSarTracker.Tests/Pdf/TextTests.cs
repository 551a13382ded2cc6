using MiSarTracker.Pdf.Model;
using Xunit;

namespace MiSarTracker.Tests.Pdf;

public sealed class TextTests
{
    [Theory]
    [InlineData("The officer filed an efficient affidavit; AVATAR, To, We.")]
    [InlineData("Größe, Straße, Übermaß; l’été où ça a commencé, œuvre, naïf")]
    [InlineData("Zażółć gęślą jaźń – příliš žluťoučký kůň")]
    [InlineData("Ο καρδιακός ρυθμός και η γεωγραφική θέση, ώρα")]
    [InlineData("Сердечный ритм и геопозиция, їжак, ћирилица")]
    [InlineData("Quyền được truy cập dữ liệu cá nhân của Tiếng Việt")]
    [InlineData("21\u2009344 of 27\u202f663 · 99.8 % · ±½ °C · §15 · € · “quoted” ‘so’ … — –")]
    [InlineData("arrows → ← ↑ ↓ and ≤ ≥ ≠ ≈ − × Δ ∆ Ω")]
    [InlineData("decomposed e\u0301 u\u0308 q\u0301 A\u030a")]
    public void WhatIsWrittenCanBeReadBack(string text)
    {
        using var pdf = new WrittenPdf(new Flow().Paragraph(text).Paragraph(Span.Bold(text)).Paragraph(Span.Mono(text)));
        string read = pdf.Text();
        Assert.Equal(3, read.Split(WrittenPdf.Normalised(text)).Length - 1);
    }

    [Fact]
    public void ACharacterWithoutAGlyphIsShownByItsNumberAndReadBackAsItself()
    {
        using var pdf = new WrittenPdf(new Flow().Paragraph("Huami: 安徽华米 and 😀."));
        string read = pdf.Text().Replace(" ", "", StringComparison.Ordinal);
        Assert.Contains("Huami:安徽华米and😀.", read, StringComparison.Ordinal);
        // The picture shows the numbers: the drawn glyphs are those of "U+5B89" in the fixed-pitch face.
        string fonts = Tool.Poppler("pdffonts", pdf.Path);
        Assert.Contains("NotoSansMono", fonts, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyEmbeddedSubsetFontsWithUnicodeAreUsed()
    {
        using var pdf = new WrittenPdf(new Flow().Heading(1, "Bold").Paragraph("Regular ", Span.Mono("mono")));
        string[] fonts = Tool.Poppler("pdffonts", pdf.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.Equal(3, fonts.Length);
        Assert.All(fonts, f => Assert.Matches(@"^[A-Z]{6}\+NotoSans\S* +CID TrueType +Identity-H +yes yes yes ", f));
        Assert.True(pdf.Bytes.Length < 40_000, $"{pdf.Bytes.Length} bytes for three lines: the fonts are not reduced.");
    }

    [Fact]
    public void WordsAcrossALineBreakDoNotRunTogether()
    {
        string text = string.Join(' ', Enumerable.Range(0, 400).Select(i => "word" + i));
        using var pdf = new WrittenPdf(new Flow().Paragraph(text));
        Assert.Contains(text, pdf.Text(), StringComparison.Ordinal);
        // Also without any knowledge of where glyphs stand: the codes themselves contain the space.
        Assert.Contains(text, WrittenPdf.Normalised(StructureText(pdf)), StringComparison.Ordinal);
    }

    [Fact]
    public void FiguresHaveEqualWidth()
    {
        using var pdf = new WrittenPdf(new Flow().Add(new Table([Column.Number("Count")], [Row.Of("1\u2009111"), Row.Of("8\u2009888"), Row.Of("0\u2009707")]) { FullWidth = false }));
        string[] words = Tool.Poppler("pdftotext", "-bbox", pdf.Path, "-").Split('\n').Where(l => l.Contains("<word", StringComparison.Ordinal)).ToArray();
        var lefts = words.Where(w => w.Contains("111<", StringComparison.Ordinal) || w.Contains("888<", StringComparison.Ordinal) || w.Contains("707<", StringComparison.Ordinal))
            .Select(w => w.Split('"')[1]).ToList();
        Assert.Equal(3, lefts.Count);
        Assert.Single(lefts.Distinct());
    }

    internal static string StructureText(WrittenPdf pdf) =>
        string.Concat(Tool.Poppler("pdfinfo", "-struct-text", pdf.Path).Split('\n')
            .Select(l => l.Trim()).Where(l => l.StartsWith('"') && l.EndsWith('"')).Select(l => l[1..^1]));
}
