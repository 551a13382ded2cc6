using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>The field of a heat map with its axis and row labels. Divided over pages, each part is a figure with its own axis.</summary>
internal sealed class HeatMapItem : Item
{
    private const double AxisHeight = 13, LabelGap = 6, LabelDistance = 8.5;

    private readonly HeatMap _map;
    private readonly TextSetter _text;
    private readonly Frame _frame;
    private readonly StructElement _tag;
    private readonly int _from;
    private readonly int _count;
    private readonly double _labelWidth;

    private HeatMapItem(HeatMap map, TextSetter text, Frame frame, int from, int count)
    {
        (_map, _text, _frame, _from, _count) = (map, text, frame, from, count);
        _labelWidth = Math.Min(frame.Width * 0.3, map.Rows.Select(r => r.Label.Length == 0 ? 0 : Text(r.Label).Width).DefaultIfEmpty().Max());
        string alt = from == 0 && count == map.Rows.Count || count == 0
            ? map.AltText : $"{map.AltText} ({map.Rows[from].Label} – {map.Rows[from + count - 1].Label})";
        _tag = StructElement.Deferred(frame.Parent, "Figure", alt);
    }

    private double RowHeight => _map.RowHeight;

    private double PlotX => _frame.X + (_labelWidth > 0 ? _labelWidth + LabelGap : 0);

    private double PlotWidth => _frame.X + _frame.Width - PlotX;

    public static HeatMapItem Make(HeatMap map, TextSetter text, Frame frame)
    {
        if (map.ColumnCount < 1 || map.RowHeight <= 0 || map.Rows.Any(r => r.Codes.Length > map.ColumnCount))
            throw new ArgumentException("A heat map has columns, rows of some height, and no row with more codes than columns.");
        foreach (var row in map.Rows)
            foreach (byte code in row.Codes.Span)
                if (code > map.Keys.Count)
                    throw new ArgumentException($"The row '{row.Label}' has code {code}, for which there is no key.");
        return Part(map, text, frame, 0, map.Rows.Count);
    }

    public override (Item First, Item Remainder)? Split(double height)
    {
        int rows = (int)((height - AxisHeight) / RowHeight);
        if (rows < Math.Min(5, _count) || rows >= _count || rows < 1)
            return null;
        var first = Part(_map, _text, _frame, _from, rows);
        first.Anchors.AddRange(Anchors);
        first.Strips.AddRange(Strips);
        first.Above = Above;
        var rest = Part(_map, _text, _frame, _from + rows, _count - rows);
        rest.Strips.AddRange(Strips.Select(s => s with { IsFirst = false }));
        (rest.Below, rest.KeepWithNext) = (Below, KeepWithNext);
        return (first, rest);
    }

    protected override void Draw(Placement placement, double top)
    {
        var canvas = placement.Canvas;
        canvas.Tag(_tag);
        double plotTop = top + AxisHeight;
        DrawAxis(canvas, top);
        DrawCells(canvas, plotTop);
        canvas.Outline(PlotX, plotTop, PlotWidth, _count * RowHeight, 0.4, Palette.Rule);
        DrawLabels(canvas, plotTop);
    }

    private static HeatMapItem Part(HeatMap map, TextSetter text, Frame frame, int from, int count) =>
        new(map, text, frame, from, count) { Height = AxisHeight + count * map.RowHeight };

    private void DrawAxis(PageCanvas canvas, double top)
    {
        foreach (var tick in _map.Ticks)
        {
            double x = PlotX + PlotWidth * tick.Column / _map.ColumnCount;
            canvas.Rectangle(x - 0.2, top + AxisHeight - 3, 0.4, 3 + _count * RowHeight, Palette.Rule);
            var line = Text(tick.Label);
            double left = Math.Clamp(x - line.Width / 2, PlotX, PlotX + PlotWidth - line.Width);
            line.Draw(canvas, _text.Fonts, left, top + AxisHeight - 5);
        }
    }

    private void DrawCells(PageCanvas canvas, double top)
    {
        // A hair of white keeps the rows apart where there is room for it.
        double height = RowHeight >= 5 ? RowHeight - 0.7 : RowHeight >= 3 ? RowHeight - 0.3 : RowHeight;
        double step = PlotWidth / _map.ColumnCount;
        var boxes = new List<Box>[_map.Keys.Count + 1];
        for (int i = 0; i < boxes.Length; i++)
            boxes[i] = [];
        for (int row = 0; row < _count; row++)
        {
            var codes = _map.Rows[_from + row].Codes.Span;
            for (int start = 0; start < codes.Length;)
            {
                int rest = codes[start..].IndexOfAnyExcept(codes[start]);
                int end = rest < 0 ? codes.Length : start + rest;
                if (codes[start] > 0)
                    boxes[codes[start]].Add(new(PlotX + start * step, top + row * RowHeight + (RowHeight - height) / 2, (end - start) * step, height));
                start = end;
            }
        }
        for (int code = 1; code < boxes.Length; code++)
            canvas.Rectangles(boxes[code], _map.Keys[code - 1].Fill);
    }

    private void DrawLabels(PageCanvas canvas, double top)
    {
        int every = (int)Math.Ceiling(LabelDistance / RowHeight);
        if (RowHeight >= 7)
            every = 1;
        for (int row = 0; row < _count; row += every)
        {
            var line = _text.CutLine(_map.Rows[_from + row].Label, Style, _tag, _labelWidth + 0.01);
            double middle = top + row * RowHeight + Math.Min(RowHeight, LabelDistance) / 2;
            line.Draw(canvas, _text.Fonts, _frame.X + _labelWidth - line.Width, middle + Style.Size * 0.36);
        }
    }

    private static TextStyle Style { get; } = TextStyle.Picture with { Size = 6.5 };

    private TextLine Text(string label) => _text.Line(label, Style, _tag);
}
