using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>
/// What the pager places: a line, a table row, a drawing. Its horizontal place is fixed, its height is known, and it is
/// drawn where the pager says. Blocks become runs of items, one below the other.
/// </summary>
internal abstract class Item
{
    /// <summary>In points, without the room above and below.</summary>
    public required double Height { get; init; }

    /// <summary>Room wanted above; the larger of this and the neighbour's <see cref="Below"/> counts. Vanishes at the top of a page.</summary>
    public double Above { get; set; }

    public double Below { get; set; }

    /// <summary>Stands on the same page as the next item.</summary>
    public bool KeepWithNext { get; set; }

    /// <summary>Drawn again above this item when it begins a page (a table's header).</summary>
    public IReadOnlyList<Item> Continuation { get; init; } = [];

    /// <summary>Empty room: left out at the top of a page.</summary>
    public virtual bool VanishesAtTop => false;

    /// <summary>May be split wherever a page ends, not only when taller than a page.</summary>
    public virtual bool SplitsFreely => false;

    /// <summary>Names to which links lead.</summary>
    public List<string> Anchors { get; } = [];

    /// <summary>Grounds behind this item, from the outside in.</summary>
    public List<StripPart> Strips { get; } = [];

    /// <summary>A bullet or number left of the item.</summary>
    public SideLabel? Label { get; set; }

    /// <param name="placement">Where the item is drawn and made known.</param>
    /// <param name="top">Top edge from the top of the page.</param>
    /// <param name="gap">Room left above, which belongs to the grounds that continue through it.</param>
    public void Paint(Placement placement, double top, double gap)
    {
        foreach (string anchor in Anchors)
            placement.Mark(anchor, top - Math.Min(gap, 6));
        if (placement.IsTrial)
        {
            Mark(placement, top);
            return;
        }
        foreach (var part in Strips)
            part.Strip.Draw(placement.Canvas, part.IsFirst ? top : top - gap, top + Height);
        Label?.Draw(placement, top);
        Draw(placement, top);
    }

    /// <summary>Divides the item so that the first part is at most as high as given; null when it cannot be divided there.</summary>
    public virtual (Item First, Item Remainder)? Split(double height) => null;

    protected abstract void Draw(Placement placement, double top);

    /// <summary>In place of <see cref="Draw"/> in a trial: makes known what anchors stand inside.</summary>
    protected virtual void Mark(Placement placement, double top)
    {
    }
}

/// <summary>A ground that runs behind several items.</summary>
internal sealed record Strip(double X, double Width, Colour Ground, Colour? Edge)
{
    private const double EdgeWidth = 2.5;

    public void Draw(PageCanvas canvas, double top, double bottom)
    {
        canvas.Tag(null);
        canvas.Rectangle(X, top, Width, bottom - top, Ground);
        if (Edge is { } edge)
            canvas.Rectangle(X, top, EdgeWidth, bottom - top, edge);
    }
}

/// <param name="IsFirst">The ground begins with this item: the gap above is not part of it.</param>
internal readonly record struct StripPart(Strip Strip, bool IsFirst);

/// <summary>A short text beside an item's first line.</summary>
internal sealed record SideLabel(TextLine Line, double X, double Baseline, FontSet Fonts)
{
    public void Draw(Placement placement, double top) => Line.Draw(placement.Canvas, Fonts, X, top + Baseline);
}

/// <summary>One line of text.</summary>
internal sealed class LineItem(TextLine line, double x, double baseline, FontSet fonts) : Item
{
    protected override void Draw(Placement placement, double top) =>
        line.Draw(placement.Canvas, fonts, x, top + baseline);
}

/// <summary>Empty room.</summary>
internal sealed class GapItem(bool vanishes) : Item
{
    public override bool VanishesAtTop => vanishes;

    protected override void Draw(Placement placement, double top)
    {
    }
}

/// <summary>The next item begins a page.</summary>
internal sealed class PageBreakItem : Item
{
    protected override void Draw(Placement placement, double top)
    {
    }
}

/// <summary>A thin line across the text.</summary>
internal sealed class RuleItem(double x, double width) : Item
{
    protected override void Draw(Placement placement, double top)
    {
        placement.Canvas.Tag(null);
        placement.Canvas.Rectangle(x, top, width, Height, Palette.Rule);
    }
}

/// <summary>Items side by side; they stay together.</summary>
internal sealed class SideBySideItem(IReadOnlyList<IReadOnlyList<Item>> columns) : Item
{
    protected override void Mark(Placement placement, double top) => Draw(placement, top);

    protected override void Draw(Placement placement, double top)
    {
        foreach (var column in columns)
        {
            double y = top, below = 0;
            foreach (var item in column)
            {
                double gap = y > top ? Math.Max(below, item.Above) : 0;
                item.Paint(placement, y + gap, gap);
                y += gap + item.Height;
                below = item.Below;
            }
        }
    }
}
