using System.Text;
using System.Xml.Linq;
using MiSarTracker.Pdf.Model;
using Xunit;

namespace MiSarTracker.Tests.Pdf;

public sealed class HostileTextTests
{
    private const string Hidden = "\u202E\u202D\u2066\u2069\u200B\u200F\uFEFF\u0000\u0007\u001B\u007F\u0085\u2028\u061C\U000E0041";

    [Fact]
    public void HiddenAndReorderingCharactersBecomeVisibleEverywhere()
    {
        string text = "a" + Hidden + "b";
        var flow = new Flow().Heading(1, "Head" + Hidden, "h").Paragraph(text)
            .Table([Column.Auto("Col" + Hidden)], [Row.Of(text)]).Verbatim(text)
            .Contents("Contents" + Hidden)
            .Add(new StackedBars { AltText = "Alt" + Hidden, Keys = [new(Palette.Missing, "key" + Hidden)], Bars = [new("bar" + Hidden, [1])] });
        using var pdf = new WrittenPdf(new Document(new("Title" + Hidden, "en", WrittenPdf.Meta.Created) { Author = "A" + Hidden, Subject = "S" + Hidden }, flow.Build())
        {
            Header = new() { Left = "left" + Hidden },
            Attachments = [new("x" + Hidden + ".txt", "text/plain", Encoding.ASCII.GetBytes("x")) { Description = Hidden }],
        });
        string read = string.Concat(pdf.Pages()) + Tool.Poppler("pdfinfo", pdf.Path) + Tool.Qpdf("--json", pdf.Path);
        foreach (var rune in Hidden.EnumerateRunes())
            Assert.DoesNotContain(rune.ToString(), read, StringComparison.Ordinal);
        foreach (string number in new[] { "U+202E", "U+2066", "U+200B", "U+FEFF", "U+0000", "U+001B", "U+2028", "U+E0041" })
            Assert.Contains(number, read, StringComparison.Ordinal);
    }

    [Fact]
    public void ALoneSurrogateIsShownByItsNumber()
    {
        using var pdf = new WrittenPdf(new Flow().Paragraph("before \ud800 after"));
        Assert.Contains("U+D800", pdf.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void PdfSyntaxInTextStaysText()
    {
        const string attack = @") Tj ET endstream endobj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> %%EOF \)(\\";
        using var pdf = new WrittenPdf(new Document(new(attack, "en", WrittenPdf.Meta.Created) { Author = attack, Keywords = [attack] },
            new Flow().Heading(1, attack, attack).Paragraph(attack, Span.RefTo(attack, attack), Span.LinkTo("x", "https://example.org/" + attack)).Build())
        {
            Attachments = [new(attack, "text/x)>>stream", new byte[] { 1 })],
        });
        Assert.Contains(WrittenPdf.Normalised(attack), pdf.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(pdf.Dictionaries(), d => d.TryGetProperty("/JS", out _) || d.TryGetProperty("/OpenAction", out _));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:text/html,x")]
    [InlineData("//example.org")]
    [InlineData("misar.pdf")]
    [InlineData("")]
    [InlineData("http://")]
    public void AnAddressThatMayNotBeOpenedIsNoLink(string address)
    {
        using var pdf = new WrittenPdf(new Flow().Paragraph(Span.LinkTo("the words", address)));
        Assert.Contains("the words", pdf.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(pdf.Dictionaries(), d => d.TryGetProperty("/A", out var a) && a.ValueKind == System.Text.Json.JsonValueKind.Object && a.TryGetProperty("/S", out _));
        Assert.DoesNotContain("Link", pdf.Structure(), StringComparison.Ordinal);
    }

    [Fact]
    public void MarkupInPropertiesStaysTextInTheMetadata()
    {
        const string attack = "<x> & \"q\" ]]> </rdf:li>";
        using var pdf = new WrittenPdf(new Document(new(attack, "en", WrittenPdf.Meta.Created), []));
        var xml = XDocument.Parse(Tool.Poppler("pdfinfo", "-meta", pdf.Path));
        XNamespace rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
        Assert.Contains(attack, xml.Descendants(rdf + "li").Select(e => e.Value));
    }

    [Fact]
    public void StackedMarksDoNotCoverOtherLines()
    {
        string tower = "a" + string.Concat(Enumerable.Repeat("\u0301", 200));
        using var pdf = new WrittenPdf(new Flow().Paragraph("above").Paragraph(tower));
        // From the fifth mark on each is a box with its number on the line itself.
        Assert.True(pdf.Render(1, 40).Count(Palette.NoData) > 0);
        Assert.Contains("NotoSansMono", Tool.Poppler("pdffonts", pdf.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void AMegabyteWithoutASpaceIsSetInReasonableTime()
    {
        var text = new string('A', 1_000_000);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        byte[] bytes = WrittenPdf.BytesOf(WrittenPdf.DocumentOf(new Flow().Verbatim(text)));
        Assert.True(bytes.Length > 10_000);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}: more than linear.");
    }
}
