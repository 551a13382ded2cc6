using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>The page that is being filled, and what is remembered about all pages.</summary>
internal sealed class Placement(PageSetup setup)
{
    /// <summary>Nothing is drawn; only the places of anchors are wanted.</summary>
    public bool IsTrial { get; init; }

    private readonly List<PageCanvas> _pages = [];
    private readonly Dictionary<string, Destination> _destinations = new(StringComparer.Ordinal);
    private readonly List<PageNumberSlot> _slots = [];

    public PageCanvas Canvas => _pages[^1];

    public IReadOnlyList<PageCanvas> Pages => _pages;

    /// <summary>Where each anchor stands.</summary>
    public IReadOnlyDictionary<string, Destination> Destinations => _destinations;

    /// <summary>Places that get a page number once all pages are known.</summary>
    public IReadOnlyList<PageNumberSlot> Slots => _slots;

    public void StartPage() => _pages.Add(new(setup, _pages.Count + 1));

    /// <summary>Makes a place known; the first of two equal names wins.</summary>
    public void Mark(string anchor, double top) => _destinations.TryAdd(anchor, new(Canvas, top));

    public void Defer(PageNumberSlot slot) => _slots.Add(slot);
}

/// <summary>A place in the document: a page, and the distance from its top in points.</summary>
internal sealed record Destination(PageCanvas Page, double Top);

/// <summary>Room for the number of the page on which an anchor stands, aligned right.</summary>
internal sealed record PageNumberSlot(PageCanvas Page, string Anchor, double Right, double Baseline, TextStyle Style, StructElement Tag);
