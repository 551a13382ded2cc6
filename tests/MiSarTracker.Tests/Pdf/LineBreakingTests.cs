using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Layout;
using MiSarTracker.Pdf.Model;
using Xunit;

namespace MiSarTracker.Tests.Pdf;

public sealed class LineBreakingTests
{
    [Theory]
    [InlineData("on 2026-11-22 at", 58, "on|2026-11-22|at")]
    [InlineData("case SAR-2026-0001", 80, "case|SAR-2026-0001")]
    [InlineData("a well-known word", 40, "a well-|known|word")]
    [InlineData("21\u2009344 of\u00a027", 40, "21\u2009344|of\u00a027")]
    [InlineData("api-mifit-de2.huami.com/v1/data/band_data.json", 80, "api-mifit-de2.|huami.com/v1/|data/band_data.|json")]
    [InlineData("first\nsecond\n\nfourth", 200, "first|second||fourth")]
    [InlineData("Daten\u00adschutz", 30, "Daten-|schutz")]
    [InlineData("Daten\u00adschutz", 90, "Datenschutz")]
    public void LinesBreakWhereAReaderExpectsIt(string text, double width, string expected) =>
        Assert.Equal(expected, string.Join('|', Lines([text], width)));

    [Fact]
    public void AHashIsTornOnlyWhereTheLineIsFull()
    {
        string hash = string.Concat(Enumerable.Range(0, 64).Select(i => "0123456789abcdef"[i * 7 % 16]));
        var lines = Lines([Span.Mono(hash)], 150);
        Assert.Equal(hash, string.Concat(lines));
        Assert.Single(lines.SkipLast(1).Select(l => l.Length).Distinct());
    }

    [Fact]
    public void NoTextIsLostAndNoLineIsTooWide()
    {
        var random = new Random(20261122);
        const string alphabet = "abcdefghij   -/._@\u00e9\u03b1\u0416\u5b89\u202e0123456789";
        using var fonts = new FontSet();
        var setter = new TextSetter(fonts, _ => false, new Dictionary<string, int>());
        for (int round = 0; round < 400; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 200)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            double width = random.Next(25, 300);
            var lines = setter.Lines([text], TextStyle.Body, null, width);
            string joined = string.Concat(lines.SelectMany(l => l.Pieces).Select(p => p.Piece.Word.Text));
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), joined);
            // One box with a code point is wider than the narrowest columns; it cannot be divided.
            Assert.All(lines, l => Assert.True(l.Width <= Math.Max(width, 35) + 0.02, $"{l.Width} > {width}: {text}"));
        }
    }

    [Fact]
    public void ColumnsShareTheWidthAndNeverExceedIt()
    {
        var random = new Random(5);
        for (int round = 0; round < 2000; round++)
        {
            int count = random.Next(1, 9);
            Column[] columns = [.. Enumerable.Range(0, count).Select(_ => random.Next(3) switch { 0 => Column.Auto(""), 1 => Column.Fixed("", random.Next(10, 200)), _ => Column.Relative("", random.Next(1, 5)) })];
            ColumnNeed[] needs = [.. columns.Select(_ => { double least = random.Next(5, 120); return new ColumnNeed(least, least + random.Next(0, 400)); })];
            double[] widths = ColumnWidths.Share(columns, needs, 480, fill: true);
            Assert.All(widths, w => Assert.True(w >= 0 && double.IsFinite(w)));
            Assert.InRange(widths.Sum(), 0, 480.001);
            if (columns.Any(c => c.Width.Sizing != ColumnSizing.Fixed))
                Assert.InRange(widths.Sum(), 479.999, 480.001);
        }
    }

    private static List<string> Lines(Span[] spans, double width)
    {
        using var fonts = new FontSet();
        var setter = new TextSetter(fonts, _ => false, new Dictionary<string, int>());
        return [.. setter.Lines(spans, TextStyle.Body, null, width)
            .Select(l => string.Concat(l.Pieces.Select(p => new string(' ', p.Spaces) + p.Piece.Word.Text)))];
    }
}
