using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf.Layout;

/// <summary>
/// Puts items on pages from top to bottom. Items that belong together move to the next page together when one page can hold
/// them; what is taller than a page is split.
/// </summary>
internal sealed class Pager(PageSetup setup, Placement placement)
{
    private const double Tolerance = 0.01;

    private readonly double _top = setup.EndMargin;
    private readonly double _bottom = setup.Height - setup.EndMargin;
    private double _y = setup.EndMargin;
    private double _below;
    private bool _isEmpty = true;

    public void Place(IEnumerable<Item> items, CancellationToken cancellationToken)
    {
        placement.StartPage();
        var chain = new List<Item>();
        bool breaks = false;
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (item is PageBreakItem)
            {
                PlaceChain(chain);
                chain = [];
                // Only when something follows: a break at the very end makes no empty page.
                breaks = !_isEmpty;
                continue;
            }
            if (breaks)
                NewPage();
            breaks = false;
            chain.Add(item);
            if (item.KeepWithNext)
                continue;
            PlaceChain(chain);
            chain = [];
        }
        PlaceChain(chain);
    }

    private void PlaceChain(List<Item> chain)
    {
        if (chain.Count == 0)
            return;
        if (HeightOf(chain, _isEmpty ? 0 : Gap(chain[0])) <= _bottom - _y + Tolerance)
        {
            foreach (var item in chain)
                Draw(item);
            return;
        }
        bool splits = chain.Count == 1 && chain[0].SplitsFreely;
        if (!splits && !_isEmpty && HeightOf(chain, 0) + HeightOf(chain[0].Continuation, 0) <= _bottom - _top + Tolerance)
        {
            NewPage();
            DrawContinuation(chain[0]);
            foreach (var item in chain)
                Draw(item);
            return;
        }
        for (int i = 0; i < chain.Count; i++)
            PlaceAlone(chain, i);
    }

    /// <summary>Places one item of a chain that no page can hold; still not apart from the items right after it.</summary>
    private void PlaceAlone(List<Item> chain, int index)
    {
        var item = chain[index];
        double following = 0;
        for (int i = index; i < Math.Min(index + 2, chain.Count - 1) && chain[i].KeepWithNext; i++)
            following += Math.Max(chain[i].Below, chain[i + 1].Above) + Math.Min(chain[i + 1].Height, 40);
        bool fresh = _isEmpty;
        while (true)
        {
            double available = _bottom - _y - (_isEmpty ? 0 : Gap(item)) + Tolerance;
            if (item.Height + following <= available)
            {
                Draw(item);
                return;
            }
            if (fresh || MaySplitHere(item, available))
            {
                // What fits but leaves no room for its followers (a map's legend) is halved, so that they get company.
                if (item.Split(item.Height <= available ? item.Height / 2 : available) is not { } parts)
                {
                    // Nothing can be divided any further; it is drawn into the margin rather than lost.
                    Draw(item);
                    return;
                }
                Draw(parts.First);
                item = parts.Remainder;
            }
            NewPage();
            DrawContinuation(item);
            fresh = true;
        }
    }

    /// <summary>Splitting at the foot of a page is worth it when the item may split anyway or is so tall that moving it would leave a hole.</summary>
    private bool MaySplitHere(Item item, double available) =>
        (item.SplitsFreely || item.Height > (_bottom - _top) / 2)
        && item.Height > available && item.Split(available) is not null;

    private void DrawContinuation(Item item)
    {
        // A header that leaves no room for rows is not worth repeating.
        if (HeightOf(item.Continuation, 0) > (_bottom - _top) / 2)
            return;
        foreach (var header in item.Continuation)
            Draw(header);
    }

    private void Draw(Item item)
    {
        if (_isEmpty && item.VanishesAtTop)
            return;
        double gap = _isEmpty ? 0 : Gap(item);
        item.Paint(placement, _y + gap, gap);
        _y += gap + item.Height;
        _below = item.Below;
        _isEmpty = false;
    }

    private double Gap(Item item) => Math.Max(_below, item.Above);

    private void NewPage()
    {
        placement.Canvas.Close();
        placement.StartPage();
        (_y, _below, _isEmpty) = (_top, 0, true);
    }

    private static double HeightOf(IReadOnlyList<Item> chain, double firstGap)
    {
        double sum = chain.Count == 0 ? 0 : firstGap + chain[0].Height;
        for (int i = 1; i < chain.Count; i++)
            sum += Math.Max(chain[i - 1].Below, chain[i].Above) + chain[i].Height;
        return sum;
    }
}
