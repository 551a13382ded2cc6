using MiSarTracker.Pdf.Model;
using Xunit;

namespace MiSarTracker.Tests.Pdf;

public sealed class TableTests
{
    private static readonly string[] s_words = ["alpha", "beta", "gamma", "delta", "epsilon"];

    [Fact]
    public void TheHeaderRowStandsOnEveryPageOfALongTable()
    {
        var rows = Enumerable.Range(1, 1000).Select(i => Row.Of($"row-{i:0000}", $"{i * 7}", $"note {s_words[i % 5]}")).ToArray();
        using var pdf = new WrittenPdf(new Flow().Heading(1, "Samples").Table([Column.Auto("Sample"), Column.Number("Value"), Column.Relative("Remark")], rows));
        var pages = pdf.Pages();
        Assert.True(pages.Count > 10);
        Assert.All(pages, p => Assert.Contains("Sample", p, StringComparison.Ordinal));
        Assert.All(pages, p => Assert.Contains("Remark", p, StringComparison.Ordinal));
        string all = pdf.Text();
        Assert.All(Enumerable.Range(1, 1000), i => Assert.Equal(2, all.Split($"row-{i:0000}").Length));
        // Tagged once: the header on later pages is an artifact.
        Assert.Equal(3, pdf.Structure().Split('\n').Count(l => l.Trim().StartsWith("TH", StringComparison.Ordinal)));
        Assert.Equal(1001, pdf.Structure().Split('\n').Count(l => l.Trim() == "TR"));
        Assert.True(pdf.Bytes.Length < 200_000, $"{pdf.Bytes.Length} bytes: object streams do not work.");
    }

    [Fact]
    public void ARowTallerThanAPageIsSplitAndLosesNothing()
    {
        string text = string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"w{i}x"));
        using var pdf = new WrittenPdf(new Flow().Table([Column.Auto("Left head"), Column.Relative("Right head")], [Row.Of("first", "short"), Row.Of("tall", text), Row.Of("last", "short")]));
        var pages = pdf.Pages();
        Assert.True(pages.Count >= 3);
        Assert.All(pages, p => Assert.Contains("Right head", p, StringComparison.Ordinal));
        var found = System.Text.RegularExpressions.Regex.Matches(string.Join(' ', pages), @"\bw(\d+)x\b").Select(m => int.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, 3000), found);
        // And nothing is drawn outside the margins.
        Assert.All(Enumerable.Range(1, pages.Count), p => AssertInsideMargins(pdf, p));
    }

    [Fact]
    public void AShortTableIsNotTornApart()
    {
        for (int filler = 32; filler < 44; filler += 2)
        {
            var flow = new Flow();
            for (int i = 0; i < filler; i++)
                flow.Paragraph("filler");
            flow.Table([Column.Auto("Head")], [Row.Of("one-row"), Row.Of("two-row"), Row.Of("three-row"), Row.Of("four-row"), Row.Of("five-row"), Row.Of("six-row")], "The caption");
            using var pdf = new WrittenPdf(flow);
            string[] parts = ["The caption", "Head", "one-row", "two-row", "three-row", "four-row", "five-row", "six-row"];
            Assert.Single(pdf.Pages(), p => parts.All(w => p.Contains(w, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void EveryColumnStaysOnThePageHoweverMuchItHolds()
    {
        string hash = new('z', 64);
        using var pdf = new WrittenPdf(new Flow().Table(
            [Column.Auto("A"), Column.Auto("B"), Column.Number("C"), Column.Relative("D"), Column.Fixed("E", 300), Column.Auto("F")],
            [Row.Of(hash, hash, "123456789012345678901234567890", hash, hash, hash)]));
        AssertInsideMargins(pdf, 1);
        string letters = string.Concat(pdf.Pages()[0].Where(c => c == 'z'));
        Assert.Equal(5 * 64, letters.Length);
    }

    [Fact]
    public void ACellMayCoverSeveralColumns()
    {
        using var pdf = new WrittenPdf(new Flow().Add(new Table([Column.Auto("a"), Column.Auto("b"), Column.Auto("c")], [new Row([new Cell(["wide"]) { ColumnSpan = 2 }, "last"])])));
        Assert.Contains("/ColSpan 2", pdf.Structure(), StringComparison.Ordinal);
    }

    [Fact]
    public void ARowWithTooManyCellsIsRefused() =>
        Assert.Throws<ArgumentException>(() => WrittenPdf.BytesOf(WrittenPdf.DocumentOf(new Flow().Table([Column.Auto("a")], [Row.Of("1", "2")]))));

    internal static void AssertInsideMargins(WrittenPdf pdf, int page)
    {
        const int dpi = 72;
        var picture = pdf.Render(page, dpi);
        int side = (int)(PageSetup.A4.SideMargin) - 2, end = (int)PageSetup.A4.EndMargin - 2;
        for (int y = 0; y < picture.Height; y++)
        {
            // The running lines stand in the margins above and below.
            bool inBody = y > end && y < picture.Height - end;
            for (int x = 0; x < picture.Width; x++)
            {
                if (x >= side && x < picture.Width - side && (inBody || y > picture.Height - end + 8 || y < end - 8))
                    continue;
                Assert.True(picture[x, y] == Palette.NoData, $"Something is drawn at {x}, {y} of page {page}.");
            }
        }
    }
}
