using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf.Writing;

/// <summary>
/// The content of one page. Measures are points from the upper left corner. Everything drawn belongs to the element named
/// last by <see cref="Tag"/>, or is an artifact (rule, ground, running line).
/// </summary>
internal sealed class PageCanvas(PageSetup setup, int number)
{
    private readonly ByteWriter _content = new(1 << 13);
    private readonly List<LinkAnnotation> _links = [];
    private readonly List<StructElement> _owners = [];
    private StructElement? _open;
    private bool _isOpen;
    private Colour? _fill;

    /// <summary>Counted from 1.</summary>
    public int Number => number;

    public PageSetup Setup => setup;

    public ReadOnlyMemory<byte> Content => _content.WrittenMemory;

    /// <summary>Where a line collects glyphs before they are drawn; empty between lines.</summary>
    public List<Glyph> Glyphs { get; } = [];

    public IReadOnlyList<LinkAnnotation> Links => _links;

    /// <summary>The element of each marked-content id on this page.</summary>
    public IReadOnlyList<StructElement> Owners => _owners;

    /// <summary>Set while the file is written.</summary>
    public int ObjectId { get; set; }

    /// <summary>What is drawn from now on belongs to the element; null: is an artifact.</summary>
    public void Tag(StructElement? element)
    {
        if (_isOpen && ReferenceEquals(_open, element))
            return;
        Close();
        if (element is null)
        {
            _content.Raw("/Artifact BMC\n"u8);
        }
        else
        {
            element.Add(new MarkedContent(this, _owners.Count));
            _content.Raw("/").Raw(element.Type).Raw("<</MCID "u8).Number(_owners.Count).Raw(">>BDC\n"u8);
            _owners.Add(element);
        }
        (_open, _isOpen) = (element, true);
    }

    /// <summary>A running line of the margin: an artifact of pagination.</summary>
    public void TagPagination()
    {
        Close();
        _content.Raw("/Artifact<</Type/Pagination>>BDC\n"u8);
        (_open, _isOpen) = (null, true);
    }

    /// <summary>Ends the page's content.</summary>
    public void Close()
    {
        if (_isOpen)
            _content.Raw("EMC\n"u8);
        _isOpen = false;
    }

    public void Rectangle(double x, double top, double width, double height, Colour colour)
    {
        SetFill(colour);
        Path(x, top, width, height);
        _content.Raw("f\n"u8);
    }

    /// <summary>Many rectangles in one colour.</summary>
    public void Rectangles(IReadOnlyList<Box> boxes, Fill fill)
    {
        if (boxes.Count == 0)
            return;
        if (fill.Hatched)
        {
            Hatch(boxes, fill.Colour);
            return;
        }
        SetFill(fill.Colour);
        foreach (var box in boxes)
            Path(box.X, box.Top, box.Width, box.Height);
        _content.Raw("f\n"u8);
    }

    public void Outline(double x, double top, double width, double height, double thickness, Colour colour)
    {
        SetStroke(colour, thickness);
        Path(x, top, width, height);
        _content.Raw("S\n"u8);
    }

    /// <summary>Draws glyphs of one face from x on; returns nothing, since the caller knows their width.</summary>
    /// <param name="baseline">Distance of the baseline from the top of the page.</param>
    public void Text(double x, double baseline, FontFace face, double size, Colour colour, ReadOnlySpan<Glyph> glyphs, string? actualText)
    {
        SetFill(colour);
        if (actualText is not null)
            _content.Raw("/Span<</ActualText "u8).RawText(actualText).Raw(">>BDC\n"u8);
        _content.Raw("BT/F"u8).Number(face.Number).Raw(" "u8).Number(size).Raw(" Tf "u8)
            .Numbers(x, setup.Height - baseline).Raw("Td["u8);
        new GlyphPen(_content).Draw(glyphs, size);
        _content.Raw("]TJ ET\n"u8);
        if (actualText is not null)
            _content.Raw("EMC\n"u8);
    }

    /// <summary>Makes a rectangle of the page a link.</summary>
    public void Link(Box box, LinkTarget target, StructElement element, string description)
    {
        const int longest = 300;
        var link = new LinkAnnotation(this, target, element, description.Length <= longest ? description : description[..longest] + "…")
        {
            Left = box.X,
            Bottom = setup.Height - box.Top - box.Height,
            Right = box.X + box.Width,
            Top = setup.Height - box.Top,
        };
        element.Add(link);
        _links.Add(link);
    }

    /// <summary>Grey lines from lower left to upper right inside the boxes; the lines of neighbouring boxes meet.</summary>
    private void Hatch(IReadOnlyList<Box> boxes, Colour colour)
    {
        const double distance = 2.4;
        _content.Raw("q "u8);
        foreach (var box in boxes)
            Path(box.X, box.Top, box.Width, box.Height);
        _content.Raw("W n\n"u8);
        SetStroke(colour, 0.55);
        double left = boxes.Min(b => b.X), right = boxes.Max(b => b.X + b.Width);
        double top = boxes.Min(b => b.Top), bottom = boxes.Max(b => b.Top + b.Height);
        double height = bottom - top;
        double low = setup.Height - bottom, high = setup.Height - top;
        for (double x = left - height; x < right; x += distance)
            _content.Numbers(x, low).Raw("m "u8).Numbers(x + height, high).Raw("l\n"u8);
        _content.Raw("S Q\n"u8);
    }

    private void Path(double x, double top, double width, double height) =>
        _content.Numbers(x, setup.Height - top - height, width, height).Raw("re\n"u8);

    private void SetFill(Colour colour)
    {
        if (_fill == colour)
            return;
        Components(colour).Raw("rg\n"u8);
        _fill = colour;
    }

    private void SetStroke(Colour colour, double thickness) =>
        Components(colour).Raw("RG "u8).Number(thickness).Raw(" w\n"u8);

    private ByteWriter Components(Colour colour) =>
        _content.Number(colour.Red / 255.0, 4).Raw(" "u8).Number(colour.Green / 255.0, 4).Raw(" "u8)
            .Number(colour.Blue / 255.0, 4).Raw(" "u8);
}

/// <summary>A rectangle: points from the upper left corner of the page.</summary>
internal readonly record struct Box(double X, double Top, double Width, double Height);
