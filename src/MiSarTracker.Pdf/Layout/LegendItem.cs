using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>One line of a legend: squares with their words.</summary>
internal sealed class LegendItem : Item
{
    private const double Side = 7, TextGap = 4, EntryGap = 14, LineHeight = 12;

    private readonly TextSetter _text;
    private readonly List<(PictureKey Key, TextLine Line, double X)> _entries = [];

    private LegendItem(TextSetter text) => _text = text;

    /// <summary>As many lines as the keys need.</summary>
    public static IReadOnlyList<Item> Make(IReadOnlyList<PictureKey> keys, TextSetter text, Frame frame)
    {
        var tag = new StructElement(frame.Parent, "P");
        var lines = new List<LegendItem>();
        double x = double.MaxValue;
        foreach (var key in keys)
        {
            var line = text.CutLine(key.Label, TextStyle.Picture, tag, frame.Width - Side - TextGap);
            double width = Side + TextGap + line.Width;
            if (x + width > frame.X + frame.Width)
            {
                lines.Add(new(text) { Height = LineHeight, Above = lines.Count == 0 ? 5 : 0 });
                x = frame.X;
            }
            lines[^1]._entries.Add((key, line, x));
            x += width + EntryGap;
        }
        return lines;
    }

    protected override void Draw(Placement placement, double top)
    {
        var canvas = placement.Canvas;
        double baseline = top + (LineHeight - TextStyle.Picture.Leading) / 2 + TextLine.Baseline(TextStyle.Picture);
        foreach (var (key, line, x) in _entries)
        {
            canvas.Tag(null);
            canvas.Rectangles([new(x, top + 2, Side, Side)], key.Fill);
            canvas.Outline(x, top + 2, Side, Side, 0.4, Palette.Muted);
            line.Draw(canvas, _text.Fonts, x + Side + TextGap, baseline);
        }
    }
}
