using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Pictures: the drawing, its legend, and the sentence under it; kept together when one page can hold them.</summary>
internal sealed class PictureComposer(TextSetter text)
{
    public IEnumerable<Item> Items(Picture picture, Frame frame, double pageHeight)
    {
        if (string.IsNullOrWhiteSpace(picture.AltText))
            throw new ArgumentException("A picture has a text that says what it shows.");
        var items = new List<Item>(picture switch
        {
            HeatMap map => Drawing(map, frame),
            StackedBars bars => Drawing(bars, frame),
            _ => throw new ArgumentException($"The engine does not know pictures of the kind {picture.GetType().Name}."),
        });
        if (picture.Caption.Count > 0)
        {
            items[^1].Below = 3;
            items.AddRange(text.Items(picture.Caption, TextStyle.Small, new(frame.Parent, "P"), frame));
        }
        items[0].Above = 8;
        for (int i = 0; i < items.Count - 1; i++)
            items[i].KeepWithNext = true;
        items[^1].Below = 12;
        return items;
    }

    private IEnumerable<Item> Drawing(HeatMap map, Frame frame)
    {
        var keys = map.NoDataLabel is { } label ? [.. map.Keys, new(Palette.NoData, label)] : map.Keys;
        return [HeatMapItem.Make(map, text, frame), .. map.Legend ? LegendItem.Make(keys, text, frame) : []];
    }

    private IEnumerable<Item> Drawing(StackedBars bars, Frame frame) =>
        [BarsItem.Make(bars, text, frame), .. bars.Legend ? LegendItem.Make(bars.Keys, text, frame) : []];
}
