using System.Globalization;
using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Lays out a whole document.</summary>
internal static class DocumentLayout
{
    // Page numbers inside the text can move lines, and lines pages; in practice the second pass is already stable.
    private const int MostPasses = 4;

    public static LaidOut Run(Document document, FontSet fonts, CancellationToken cancellationToken)
    {
        bool hasPageNumbers = document.Body.SelectMany(Tree.WithDescendants).SelectMany(Tree.SpansOf).Any(s => s.IsPageNumber);
        var anchors = document.Body.SelectMany(Tree.WithDescendants).SelectMany(Tree.AnchorsOf).ToHashSet(StringComparer.Ordinal);
        ListedHeading[] headings = [.. document.Body.SelectMany(Tree.WithDescendants).OfType<Heading>().Where(h => h.Listed)
            .Select((h, i) => new ListedHeading(h.Level, h.Text, "\0heading " + i.ToString(CultureInfo.InvariantCulture)))];
        var pages = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int pass = 1; ; pass++)
        {
            var text = new TextSetter(fonts, anchors.Contains, pages);
            var laidOut = Once(document, text, headings, cancellationToken);
            var found = PagesOf(laidOut.Placement);
            if (!hasPageNumbers || pass == MostPasses || Same(pages, found))
            {
                RunningLines.Draw(document, laidOut.Placement, text);
                return laidOut;
            }
            pages = found;
        }
    }

    private static LaidOut Once(Document document, TextSetter text, IReadOnlyList<ListedHeading> headings, CancellationToken cancellationToken)
    {
        var setup = document.Page;
        var root = new StructElement(null, "Document");
        var placement = new Placement(setup);
        var composer = new Composer(text, headings, setup.Height - 2 * setup.EndMargin);
        var items = composer.Body(document.Body, setup.SideMargin, setup.Width - 2 * setup.SideMargin, root);
        new Pager(setup, placement).Place(items, cancellationToken);
        return new(placement, root, headings);
    }

    private static Dictionary<string, int> PagesOf(Placement placement) =>
        placement.Destinations.ToDictionary(d => d.Key, d => d.Value.Page.Number, StringComparer.Ordinal);

    private static bool Same(Dictionary<string, int> before, Dictionary<string, int> after) =>
        before.Count == after.Count && after.All(p => before.TryGetValue(p.Key, out int page) && page == p.Value);
}
