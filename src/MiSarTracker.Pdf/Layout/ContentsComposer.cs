using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>The table of contents. Its page numbers are drawn when all pages are known, so its length is known before.</summary>
internal sealed class ContentsComposer(TextSetter text)
{
    private const double NumberRoom = 34;
    private const double Indent = 14;

    public IEnumerable<Item> Items(Contents contents, IReadOnlyList<ListedHeading> headings, Frame frame)
    {
        var title = text.Items([contents.Title], TextStyle.Heading(1), new(frame.Parent, "P"), frame);
        foreach (var item in title)
            item.KeepWithNext = true;
        (title[0].Above, title[^1].Below) = (24, 7);
        var tag = new StructElement(frame.Parent, "TOC");
        return title.Concat(headings.Where(h => h.Level <= contents.MaxLevel).SelectMany(h => Entry(h, frame, tag)));
    }

    private IEnumerable<Item> Entry(ListedHeading heading, Frame frame, StructElement parent)
    {
        var style = heading.Level == 1 ? TextStyle.Body with { Face = SpanStyle.Bold } : TextStyle.Body;
        var link = new StructElement(new(new(parent, "TOCI"), "Reference"), "Link");
        double x = frame.X + Indent * (heading.Level - 1);
        var lines = text.Lines([Inline.OneLine(heading.Text)], style, link, frame.X + frame.Width - x - NumberRoom);
        for (int i = 0; i < lines.Count; i++)
        {
            bool isLast = i == lines.Count - 1;
            yield return new EntryLine(lines[i], text.Fonts, style, link, heading, x, isLast ? frame.X + frame.Width : null)
            {
                Height = style.Leading + 1.5,
                Above = heading.Level == 1 && i == 0 ? 5 : 0,
                KeepWithNext = !isLast,
            };
        }
    }

    /// <param name="right">Where the page number ends; null when it stands on a later line.</param>
    private sealed class EntryLine(TextLine line, FontSet fonts, TextStyle style, StructElement link, ListedHeading heading, double x, double? right) : Item
    {
        protected override void Draw(Placement placement, double top)
        {
            double baseline = top + TextLine.Baseline(style);
            line.Draw(placement.Canvas, fonts, x, baseline);
            double end = right ?? x + line.Width;
            if (right is { } edge)
            {
                DrawLeader(placement.Canvas, x + line.Width + 5, edge - NumberRoom + 8, baseline);
                placement.Defer(new(placement.Canvas, heading.Anchor, edge, baseline, style, link));
            }
            placement.Canvas.Link(new(x, top, end - x, Height), new(null, heading.Anchor), link, heading.Text);
        }

        private static void DrawLeader(PageCanvas canvas, double from, double to, double baseline)
        {
            const double distance = 4;
            canvas.Tag(null);
            // On a grid, so that the dots of all lines stand below each other.
            var dots = new List<Box>();
            for (double dot = Math.Ceiling(from / distance) * distance; dot < to; dot += distance)
                dots.Add(new(dot, baseline - 0.7, 0.7, 0.7));
            canvas.Rectangles(dots, Palette.Muted);
        }
    }
}
