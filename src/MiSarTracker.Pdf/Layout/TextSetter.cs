using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Sets text: spans to lines, lines to items.</summary>
internal sealed class TextSetter(FontSet fonts, Func<string, bool> anchorExists, IReadOnlyDictionary<string, int> pages)
{
    private readonly Inline _inline = new(fonts, anchorExists, pages);

    public FontSet Fonts => fonts;

    /// <summary>The tables measured so far, by the block that they are in the document.</summary>
    public Dictionary<object, MeasuredTable> Measured { get; init; } = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<TextLine> Lines(IReadOnlyList<Span> spans, TextStyle style, StructElement? tag, double width, bool keepIndentation = false) =>
        new LineBreaker(fonts, width) { KeepIndentation = keepIndentation }.Break(_inline.Prepare(spans, style, tag));

    public IReadOnlyList<PieceGroup> Prepare(IReadOnlyList<Span> spans, TextStyle style) => _inline.Prepare(spans, style, null);

    /// <summary>A paragraph's lines as items, without widows and orphans.</summary>
    public List<Item> Items(IReadOnlyList<Span> spans, TextStyle style, StructElement? tag, Frame frame, Align align = Align.Left)
    {
        var lines = Lines(spans, style, tag, frame.Width);
        var items = new List<Item>(lines.Count);
        for (int i = 0; i < lines.Count; i++)
            items.Add(new LineItem(lines[i], frame.X + lines[i].Offset(frame.Width, align), TextLine.Baseline(style), fonts)
            {
                Height = style.Leading,
                KeepWithNext = lines.Count > 1 && (i == 0 || i == lines.Count - 2),
            });
        return items;
    }

    /// <summary>One line that is never broken, however long.</summary>
    public TextLine Line(string text, TextStyle style, StructElement? tag)
    {
        var piece = _inline.Whole(text, style, tag);
        return new([new(piece, 0)], piece.Width);
    }

    /// <summary>One line, cut with an ellipsis when it is wider than given.</summary>
    public TextLine CutLine(string text, TextStyle style, StructElement? tag, double width)
    {
        text = Inline.OneLine(text);
        var line = Line(text, style, tag);
        if (line.Width <= width)
            return line;
        var elements = System.Globalization.StringInfo.ParseCombiningCharacters(text);
        int low = 0, high = elements.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (Line(text[..elements[middle]] + "…", style, tag).Width <= width)
                low = middle;
            else
                high = middle - 1;
        }
        return Line(text[..elements[low]].TrimEnd() + "…", style, tag);
    }
}
