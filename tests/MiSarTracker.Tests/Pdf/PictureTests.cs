using MiSarTracker.Pdf.Model;
using Xunit;

namespace MiSarTracker.Tests.Pdf;

public sealed class PictureTests
{
    private static readonly PictureKey[] s_keys =
        [new(Palette.Agrees, "agrees"), new(Palette.Missing, "missing"), new(Palette.Altered, "altered"), new(Palette.DisclosedOnly, "disclosed only"), new(Palette.NotComparable, "not comparable")];

    [Fact]
    public void AHeatMapShowsEachCodeInItsColourAndPlace()
    {
        var codes = new byte[1440];
        Array.Fill(codes, (byte)1, 0, 360);
        Array.Fill(codes, (byte)2, 360, 360);
        Array.Fill(codes, (byte)4, 720, 360);
        using var pdf = new WrittenPdf(new Flow().Add(Map([.. Enumerable.Range(0, 20).Select(i => new HeatMapRow($"2026-04-{i + 1:00}", codes))]) with { Legend = false }));
        var picture = pdf.Render(1, 144);
        var middle = Enumerable.Range(0, picture.Height).First(y => Enumerable.Range(0, picture.Width).Any(x => picture[x, y] == Palette.Missing)) + 4;
        int[] edges = [.. new[] { Palette.Agrees, Palette.Missing, Palette.DisclosedOnly }.Select(c => Enumerable.Range(0, picture.Width).Count(x => picture[x, middle] == c))];
        // Each covers a quarter of the same row; the borders between two colours may cost a pixel.
        Assert.All(edges, e => Assert.InRange(e, edges.Max() - 3, edges.Max()));
        Assert.True(edges.Max() > 150);
        int left = Enumerable.Range(0, picture.Width).First(x => picture[x, middle] == Palette.Agrees);
        int next = Enumerable.Range(0, picture.Width).First(x => picture[x, middle] == Palette.Missing);
        Assert.InRange(next, left + edges[0], left + edges[0] + 2);
    }

    [Fact]
    public void HatchingIsNeitherWhiteNorFull()
    {
        var codes = new byte[10];
        Array.Fill(codes, (byte)5);
        using var pdf = new WrittenPdf(new Flow().Add(Map([.. Enumerable.Range(0, 30).Select(i => new HeatMapRow("", codes))], 10) with { Legend = false }));
        var picture = pdf.Render(1, 144);
        int ink = Enumerable.Range(200, 200).Sum(y => Enumerable.Range(200, 400).Count(x => picture[x, y] != Palette.NoData));
        Assert.InRange(ink, 200 * 400 / 10, 200 * 400 * 8 / 10);
    }

    [Fact]
    public void AMapTallerThanAPageContinuesWithItsAxis()
    {
        var rows = Enumerable.Range(0, 300).Select(i => new HeatMapRow($"day-{i:000}", new byte[] { 1, 2, 0, 3 })).ToArray();
        using var pdf = new WrittenPdf(new Flow().Heading(1, "Year").Add(Map(rows, 4) with { Ticks = [new(0, "00:00"), new(4, "24:00")], RowHeight = 7 }));
        var pages = pdf.Pages();
        Assert.True(pages.Count >= 3);
        Assert.All(pages, p => Assert.Contains("24:00", p, StringComparison.Ordinal));
        string all = pdf.Text();
        Assert.All(Enumerable.Range(0, 300), i => Assert.Contains($"day-{i:000}", all, StringComparison.Ordinal));
        Assert.Contains("not comparable", pages[^1], StringComparison.Ordinal);
        Assert.All(Enumerable.Range(1, pages.Count), p => TableTests.AssertInsideMargins(pdf, p));
    }

    [Fact]
    public void ACodeWithoutAKeyIsRefused() =>
        Assert.Throws<ArgumentException>(() => WrittenPdf.BytesOf(WrittenPdf.DocumentOf(new Flow().Add(Map([new("x", new byte[] { 6 })], 1)))));

    [Fact]
    public void APictureWithoutWordsIsRefused() =>
        Assert.Throws<ArgumentException>(() => WrittenPdf.BytesOf(WrittenPdf.DocumentOf(new Flow().Add(Map([]) with { AltText = " " }))));

    [Fact]
    public void BarsHaveTheLengthOfTheirShares()
    {
        using var pdf = new WrittenPdf(new Flow().Add(new StackedBars
        {
            AltText = "Shares",
            Keys = s_keys,
            Legend = false,
            Bars = [new("steps", [3, 1], "3 of 4")],
        }));
        var picture = pdf.Render(1, 144);
        int agrees = picture.Count(Palette.Agrees), missing = picture.Count(Palette.Missing);
        Assert.InRange((double)agrees / missing, 2.9, 3.1);
        Assert.Contains("3 of 4", pdf.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void MoreBarsThanAPageHoldsContinueOnTheNext()
    {
        using var pdf = new WrittenPdf(new Flow().Add(new StackedBars { AltText = "Many", Keys = s_keys, Bars = [.. Enumerable.Range(0, 120).Select(i => new Bar($"bar-{i:000}", [i, 1], $"{i}"))] }));
        string all = pdf.Text();
        Assert.All(Enumerable.Range(0, 120), i => Assert.Contains($"bar-{i:000}", all, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(1, pdf.Pages().Count), p => TableTests.AssertInsideMargins(pdf, p));
    }

    private static HeatMap Map(HeatMapRow[] rows, int columns = 1440) =>
        new() { AltText = "A map", ColumnCount = columns, Rows = rows, Keys = s_keys, NoDataLabel = "no data", Caption = ["See the orange blocks."] };
}
