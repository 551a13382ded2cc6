using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Squares with their words, in as many lines as needed.</summary>
internal sealed class LegendItem : Item
{
    private const double Side = 7, TextGap = 4, EntryGap = 14, LineHeight = 12;

    private readonly TextSetter _text;
    private readonly IReadOnlyList<(PictureKey Key, TextLine Line, double X, int Row)> _entries;

    private LegendItem(TextSetter text, IReadOnlyList<(PictureKey, TextLine, double, int)> entries) => (_text, _entries) = (text, entries);

    public static LegendItem Make(IReadOnlyList<PictureKey> keys, TextSetter text, Frame frame)
    {
        var tag = new StructElement(frame.Parent, "P");
        var entries = new List<(PictureKey, TextLine, double, int)>();
        double x = frame.X;
        int row = 0;
        foreach (var key in keys)
        {
            var line = text.CutLine(key.Label, TextStyle.Picture, tag, frame.Width - Side - TextGap);
            double width = Side + TextGap + line.Width;
            if (x > frame.X && x + width > frame.X + frame.Width)
                (x, row) = (frame.X, row + 1);
            entries.Add((key, line, x, row));
            x += width + EntryGap;
        }
        return new(text, entries) { Height = (row + 1) * LineHeight, Above = 5 };
    }

    protected override void Draw(Placement placement, double top)
    {
        var canvas = placement.Canvas;
        foreach (var (key, line, x, row) in _entries)
        {
            double y = top + row * LineHeight;
            canvas.Tag(null);
            canvas.Rectangles([new(x, y + 2, Side, Side)], key.Fill);
            canvas.Outline(x, y + 2, Side, Side, 0.4, Palette.Muted);
            line.Draw(canvas, _text.Fonts, x + Side + TextGap, y + (LineHeight - TextStyle.Picture.Leading) / 2 + TextLine.Baseline(TextStyle.Picture));
        }
    }
}
