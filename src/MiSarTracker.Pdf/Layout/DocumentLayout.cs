using System.Globalization;
using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Lays out a whole document.</summary>
internal static class DocumentLayout
{
    // Page numbers inside the text can move lines, and lines pages. After a trial with two figures the first real pass is
    // nearly always right; a document that never settles is contrived.
    private const int MostPasses = 4;

    public static LaidOut Run(Document document, FontSet fonts, CancellationToken cancellationToken)
    {
        var targets = document.Body.SelectMany(Tree.WithDescendants).SelectMany(Tree.SpansOf)
            .Where(s => s.IsPageNumber && s.Ref is not null).Select(s => s.Ref!).ToHashSet(StringComparer.Ordinal);
        var anchors = document.Body.SelectMany(Tree.WithDescendants).SelectMany(Tree.AnchorsOf).ToHashSet(StringComparer.Ordinal);
        ListedHeading[] headings = [.. document.Body.SelectMany(Tree.WithDescendants).OfType<Heading>().Where(h => h.Listed)
            .Select((h, i) => new ListedHeading(h.Level, h.Text, "\0heading " + i.ToString(CultureInfo.InvariantCulture)))];
        var measured = new Dictionary<object, MeasuredTable>(ReferenceEqualityComparer.Instance);
        var pages = targets.Count == 0 ? [] : PagesOf(targets, Pass(document, Setter([]), headings, isTrial: true, cancellationToken));
        for (int pass = 1; ; pass++)
        {
            var laidOut = Pass(document, Setter(pages), headings, isTrial: false, cancellationToken);
            var found = PagesOf(targets, laidOut);
            if (pass == MostPasses || found.All(f => pages.TryGetValue(f.Key, out int page) && page == f.Value))
            {
                RunningLines.Draw(document, laidOut.Placement, Setter(pages));
                return laidOut;
            }
            pages = found;
        }

        TextSetter Setter(Dictionary<string, int> numbers) => new(fonts, anchors.Contains, numbers) { Measured = measured };
    }

    private static LaidOut Pass(Document document, TextSetter text, IReadOnlyList<ListedHeading> headings, bool isTrial, CancellationToken cancellationToken)
    {
        var setup = document.Page;
        var root = new StructElement(null, "Document");
        var placement = new Placement(setup) { IsTrial = isTrial };
        var composer = new Composer(text, headings, setup.Height - 2 * setup.EndMargin);
        var items = composer.Body(document.Body, setup.SideMargin, setup.Width - 2 * setup.SideMargin, root);
        new Pager(setup, placement).Place(items, cancellationToken);
        return new(placement, root, headings);
    }

    private static Dictionary<string, int> PagesOf(HashSet<string> targets, LaidOut laidOut) =>
        laidOut.Placement.Destinations.Where(d => targets.Contains(d.Key))
            .ToDictionary(d => d.Key, d => d.Value.Page.Number, StringComparer.Ordinal);
}
