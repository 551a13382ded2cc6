using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>A cell with its text broken into lines.</summary>
internal sealed record CellBox(double X, double Width, IReadOnlyList<TextLine> Lines, Align Align, Colour? Ground);

/// <summary>What all rows of a table share.</summary>
internal sealed record RowLook(TextStyle Style, double PaddingX, double PaddingY, double X, double Width, Colour? Ground, double RuleWidth, Colour RuleColour);

/// <summary>A row of a table.</summary>
internal sealed class RowItem(IReadOnlyList<CellBox> cells, RowLook look, FontSet fonts, bool splitsFreely) : Item
{
    private const int FewestLines = 2;

    public override bool SplitsFreely => splitsFreely;

    public static double HeightOf(IReadOnlyList<CellBox> cells, RowLook look) =>
        cells.Max(c => Math.Max(1, c.Lines.Count)) * look.Style.Leading + 2 * look.PaddingY;

    public override (Item First, Item Remainder)? Split(double height)
    {
        int lines = (int)((height - 2 * look.PaddingY) / look.Style.Leading);
        int tallest = cells.Max(c => c.Lines.Count);
        if (lines < FewestLines || lines >= tallest)
            return null;
        var first = Part(c => [.. c.Lines.Take(lines)], look with { RuleWidth = 0 });
        first.Anchors.AddRange(Anchors);
        first.Strips.AddRange(Strips);
        first.Above = Above;
        var rest = Part(c => [.. c.Lines.Skip(lines)], look);
        rest.Strips.AddRange(Strips.Select(s => s with { IsFirst = false }));
        (rest.Below, rest.KeepWithNext) = (Below, KeepWithNext);
        return (first, rest);
    }

    protected override void Draw(Placement placement, double top)
    {
        var canvas = placement.Canvas;
        DrawGround(canvas, top);
        double baseline = top + look.PaddingY + TextLine.Baseline(look.Style);
        foreach (var cell in cells)
        {
            double inside = cell.Width - 2 * look.PaddingX;
            for (int i = 0; i < cell.Lines.Count; i++)
            {
                double x = cell.X + look.PaddingX + cell.Lines[i].Offset(inside, cell.Align);
                cell.Lines[i].Draw(canvas, fonts, x, baseline + i * look.Style.Leading);
            }
        }
    }

    private void DrawGround(PageCanvas canvas, double top)
    {
        canvas.Tag(null);
        if (look.Ground is { } ground)
            canvas.Rectangle(look.X, top, look.Width, Height, ground);
        foreach (var cell in cells)
            if (cell.Ground is { } own)
                canvas.Rectangle(cell.X, top, cell.Width, Height, own);
        if (look.RuleWidth > 0)
            canvas.Rectangle(look.X, top + Height - look.RuleWidth, look.Width, look.RuleWidth, look.RuleColour);
    }

    private RowItem Part(Func<CellBox, IReadOnlyList<TextLine>> lines, RowLook partLook)
    {
        CellBox[] part = [.. cells.Select(c => c with { Lines = lines(c) })];
        return new(part, partLook, fonts, splitsFreely) { Height = HeightOf(part, partLook), Continuation = Continuation };
    }
}
