using System.Globalization;
using System.Text.Json;
using MiSarTracker.Pdf.Model;
using Xunit;

namespace MiSarTracker.Tests.Pdf;

public sealed class NavigationTests
{
    [Fact]
    public void HeadingsBecomeBookmarksInTheirOrderAndDepth()
    {
        using var pdf = new WrittenPdf(new Flow().Heading(1, "Eins").Heading(2, "Größe").Heading(3, "drei").Heading(2, "vier")
            .Add(new Heading(2, "unlisted") { Listed = false }).Heading(1, "Ελλάδα"));
        Assert.Equal("Eins(Größe(drei),vier),Ελλάδα", Outline(pdf.Json().GetProperty("outlines")));
    }

    [Fact]
    public void ContentsBookmarksAndLinksLeadToThePageOfTheHeading()
    {
        var flow = new Flow().Contents("Contents");
        for (int i = 1; i <= 40; i++)
        {
            flow.Heading(i % 4 == 1 ? 1 : 2, $"Chapter-{i}", $"c{i}");
            for (int k = 0; k < i % 7 * 6; k++)
                flow.Paragraph("Some text that fills the page.");
        }
        flow.Paragraph("See ", Span.RefTo("the seventh", "c7"), " on page ", Span.PageOf("c7"), ".");
        using var pdf = new WrittenPdf(flow);
        var pages = pdf.Pages();
        string contents = Tool.Poppler("pdftotext", "-layout", "-l", "1", pdf.Path, "-");
        foreach (var entry in Flat(pdf.Json().GetProperty("outlines")))
        {
            int page = entry.GetProperty("destpageposfrom1").GetInt32();
            string title = entry.GetProperty("title").GetString()!;
            Assert.Matches($@"(?m)^{title}\s*$", pages[page - 1]);
            if (page > 1)
                Assert.Matches($@"(?m){title}\b.*\s{page}\s*$", contents);
        }
        int seventh = Flat(pdf.Json().GetProperty("outlines")).Single(e => e.GetProperty("title").GetString() == "Chapter-7").GetProperty("destpageposfrom1").GetInt32();
        Assert.Contains($"See the seventh on page {seventh}.", pdf.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void LinksLeadWhereTheirWordsSay()
    {
        using var pdf = new WrittenPdf(new Flow()
            .Paragraph(Span.LinkTo("law", "https://eur-lex.europa.eu/eli/reg/2016/679/oj#art15"), " ", Span.LinkTo("mail", "mailto:privacy@example.org"), " ", Span.LinkTo("idn", "https://exämple.org/ü"))
            .Paragraph(Span.RefTo("target", "there"), " ", Span.RefTo("nowhere", "missing")).PageBreak().Add(new Paragraph(["here"]) { Anchor = "there" }));
        var links = pdf.Dictionaries().Where(d => d.TryGetProperty("/Subtype", out var s) && s.GetString() == "/Link").ToList();
        var addresses = links.Where(l => l.TryGetProperty("/A", out _)).Select(l => l.GetProperty("/A").GetProperty("/URI").GetString());
        Assert.Equal(["u:https://eur-lex.europa.eu/eli/reg/2016/679/oj#art15", "u:mailto:privacy@example.org", "u:https://xn--exmple-cua.org/%C3%BC"], addresses);
        string second = pdf.Json().GetProperty("pages")[1].GetProperty("object").GetString()!;
        Assert.Equal(second, Assert.Single(links, l => l.TryGetProperty("/Dest", out _)).GetProperty("/Dest")[0].GetString());
        Assert.Contains("nowhere", pdf.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryPageSaysItsNumberAndHowManyThereAre()
    {
        var flow = new Flow();
        for (int i = 0; i < 12; i++)
            flow.Paragraph($"p{i}").PageBreak();
        using var pdf = new WrittenPdf(new Document(WrittenPdf.Meta, flow.Build())
        {
            Footer = new() { Left = "Fall {page}", PageNumbers = "Seite {page} von {pages}" },
        });
        var pages = pdf.Pages();
        Assert.Equal(12, pages.Count);
        for (int i = 0; i < pages.Count; i++)
        {
            Assert.Contains($"Seite {i + 1} von 12", pages[i], StringComparison.Ordinal);
            // Places mean nothing in text that may come from outside.
            Assert.Contains("Fall {page}", pages[i], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AHeadingNeverStandsAloneAtTheFootOfAPage()
    {
        var flow = new Flow();
        var random = new Random(11);
        for (int i = 0; i < 150; i++)
            flow.Heading(1 + i % 3, $"Heading-{i}").Paragraph(string.Join(' ', Enumerable.Repeat("text", random.Next(1, 120))));
        using var pdf = new WrittenPdf(flow);
        foreach (string page in pdf.Pages())
        {
            string[] lines = [.. page.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith("Page ", StringComparison.Ordinal))];
            Assert.DoesNotContain("Heading-", lines[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnchorProblemsAreListedForWhoComposes()
    {
        var document = WrittenPdf.DocumentOf(new Flow().Heading(1, "a", "x").Note(null, n => n.Paragraph(Span.RefTo("dead", "y"))).Add(new Paragraph(["b"]) { Anchor = "x" }));
        Assert.Equal(["The anchor 'x' stands twice.", "'dead' refers to 'y', which no block bears."], Anchors.Problems(document));
    }

    private static string Outline(JsonElement entries) => string.Join(',', entries.EnumerateArray().Select(e =>
    {
        var kids = e.GetProperty("kids");
        return string.Create(CultureInfo.InvariantCulture, $"{e.GetProperty("title").GetString()}{(kids.GetArrayLength() > 0 ? "(" + Outline(kids) + ")" : "")}");
    }));

    private static IEnumerable<JsonElement> Flat(JsonElement entries) =>
        entries.EnumerateArray().SelectMany(e => Flat(e.GetProperty("kids")).Prepend(e));
}
