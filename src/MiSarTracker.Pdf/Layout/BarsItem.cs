using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Horizontal bars with a label at the left and a figure at the right.</summary>
internal sealed class BarsItem : Item
{
    private const double RowHeight = 15, BarHeight = 9, Gap = 8;

    private readonly StackedBars _bars;
    private readonly int _from;
    private readonly int _count;
    private readonly TextSetter _text;
    private readonly StructElement _tag;
    private readonly Frame _frame;
    private readonly double _labelWidth;
    private readonly double _figureWidth;

    private BarsItem(StackedBars bars, TextSetter text, Frame frame, StructElement tag, int from, int count)
    {
        (_bars, _text, _frame, _tag, _from, _count) = (bars, text, frame, tag, from, count);
        _labelWidth = Widest(bars.Bars.Select(b => b.Label), frame.Width * 0.35);
        _figureWidth = Widest(bars.Bars.Select(b => b.Figure), frame.Width * 0.3);
    }

    public static BarsItem Make(StackedBars bars, TextSetter text, Frame frame)
    {
        if (bars.Bars.Any(b => b.Parts.Count > bars.Keys.Count || b.Parts.Any(p => !double.IsFinite(p) || p < 0)))
            throw new ArgumentException("The parts of a bar are finite, not negative, and no more than there are keys.");
        var tag = new StructElement(frame.Parent, "Figure") { Alt = bars.AltText };
        return new(bars, text, frame, tag, 0, bars.Bars.Count) { Height = bars.Bars.Count * RowHeight };
    }

    public override (Item First, Item Remainder)? Split(double height)
    {
        int count = (int)(height / RowHeight);
        if (count < 1 || count >= _count)
            return null;
        var first = new BarsItem(_bars, _text, _frame, _tag, _from, count) { Height = count * RowHeight, Above = Above };
        first.Anchors.AddRange(Anchors);
        first.Strips.AddRange(Strips);
        var rest = new BarsItem(_bars, _text, _frame, _tag, _from + count, _count - count)
        {
            Height = (_count - count) * RowHeight,
            Below = Below,
            KeepWithNext = KeepWithNext,
        };
        rest.Strips.AddRange(Strips.Select(s => s with { IsFirst = false }));
        return (first, rest);
    }

    protected override void Draw(Placement placement, double top)
    {
        double x = _frame.X + _labelWidth + Gap;
        double width = _frame.Width - _labelWidth - Gap - (_figureWidth > 0 ? _figureWidth + Gap : 0);
        double largest = _bars.Bars.Select(b => b.Parts.Sum()).DefaultIfEmpty().Max();
        placement.Canvas.Tag(_tag);
        for (int i = 0; i < _count; i++)
        {
            var bar = _bars.Bars[_from + i];
            double y = top + i * RowHeight;
            double whole = _bars.Shares ? bar.Parts.Sum() : largest;
            DrawBar(placement.Canvas, bar, x, y + (RowHeight - BarHeight) / 2, whole > 0 ? width / whole : 0, width);
            double baseline = y + (RowHeight - TextStyle.Picture.Leading) / 2 + TextLine.Baseline(TextStyle.Picture);
            _text.CutLine(bar.Label, TextStyle.Picture, _tag, _labelWidth + 0.01).Draw(placement.Canvas, _text.Fonts, _frame.X, baseline);
            var figure = _text.CutLine(bar.Figure, TextStyle.Picture, _tag, _figureWidth + 0.01);
            figure.Draw(placement.Canvas, _text.Fonts, _frame.X + _frame.Width - figure.Width, baseline);
        }
    }

    private void DrawBar(PageCanvas canvas, Bar bar, double x, double y, double scale, double width)
    {
        double left = x;
        for (int k = 0; k < bar.Parts.Count; k++)
        {
            double part = bar.Parts[k] * scale;
            // What is there at all stays visible, however small its share.
            if (bar.Parts[k] > 0)
                canvas.Rectangles([new(left, y, Math.Max(part, 0.6), BarHeight)], _bars.Keys[k].Fill);
            left += part;
        }
        canvas.Outline(x, y, _bars.Shares || left <= x ? width : left - x, BarHeight, 0.4, Palette.Muted);
    }

    private double Widest(IEnumerable<string> texts, double limit) =>
        Math.Min(limit, texts.Select(t => t.Length == 0 ? 0 : _text.Line(t, TextStyle.Picture, null).Width).DefaultIfEmpty().Max());
}
