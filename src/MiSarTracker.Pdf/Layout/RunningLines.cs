using System.Globalization;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>What is drawn when the number of pages is known: header, footer, and the page numbers of the contents.</summary>
internal static class RunningLines
{
    private const double Distance = 16;

    public static void Draw(Document document, Placement placement, TextSetter text)
    {
        foreach (var slot in placement.Slots)
            if (placement.Destinations.TryGetValue(slot.Anchor, out var target))
                DrawNumber(slot, target.Page.Number, text);
        foreach (var page in placement.Pages)
        {
            if (document.Header is { } header)
                DrawLine(header, page, placement.Pages.Count, document.Page.EndMargin - Distance, text);
            if (document.Footer is { } footer)
                DrawLine(footer, page, placement.Pages.Count, document.Page.Height - document.Page.EndMargin + Distance + TextStyle.Running.Size, text);
            page.Close();
        }
    }

    private static void DrawNumber(PageNumberSlot slot, int number, TextSetter text)
    {
        var line = text.Line(number.ToString(CultureInfo.InvariantCulture), slot.Style, slot.Tag);
        line.Draw(slot.Page, text.Fonts, slot.Right - line.Width, slot.Baseline);
    }

    private static void DrawLine(RunningLine running, PageCanvas page, int pages, double baseline, TextSetter text)
    {
        double left = page.Setup.SideMargin, width = page.Setup.Width - 2 * left;
        string number = running.PageNumbers is { } pattern ? Numbered(pattern, page.Number, pages) : "";
        string atRight = string.Join(" · ", new[] { running.Right, number }.Where(s => s.Length > 0));
        page.TagPagination();
        var right = text.CutLine(atRight, TextStyle.Running, null, width);
        right.Draw(page, text.Fonts, left + width - right.Width, baseline);
        text.CutLine(running.Left, TextStyle.Running, null, Math.Max(0, width - right.Width - 12)).Draw(page, text.Fonts, left, baseline);
    }

    private static string Numbered(string pattern, int page, int pages) => pattern
        .Replace("{page}", page.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{pages}", pages.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
