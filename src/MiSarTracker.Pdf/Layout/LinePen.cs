using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Draws the pieces of one line; joins glyphs of the same font, size, colour and element into one piece of content.</summary>
internal sealed class LinePen(PageCanvas canvas, double baseline)
{
    private readonly List<Glyph> _glyphs = canvas.Glyphs;
    private FontFace? _face;
    private RunStyle? _style;
    private double _start;
    private double _linkStart;
    private double _linkEnd;
    private RunStyle? _link;

    /// <summary>Puts spaces before a piece; returns the x after them.</summary>
    public double Spaces(FontSet fonts, int count, RunStyle style, double x)
    {
        // Between two spans the space belongs to the first one, so that a link does not begin with it.
        var owner = _style ?? style;
        var space = fonts.Shape(" ", owner.Face).Runs[0];
        for (int i = 0; i < count; i++)
            x = Glyphs(space.Face, space.Glyphs, owner, x);
        return x;
    }

    public double Word(Piece piece, double x)
    {
        FollowLink(piece.Style, x);
        foreach (var run in piece.Word.Runs)
            x = run.IsBox || run.ActualText is not null ? Special(run, piece.Style, x) : Glyphs(run.Face, run.Glyphs, piece.Style, x);
        _linkEnd = x;
        return x;
    }

    public double Swatch(Fill fill, Piece piece, double x)
    {
        Flush();
        FollowLink(piece.Style, x);
        double side = piece.Style.Size * 0.72;
        var box = new Box(x, baseline - side, side, side);
        canvas.Tag(null);
        canvas.Rectangles([box], fill);
        canvas.Outline(box.X, box.Top, side, side, 0.4, Palette.Muted);
        _linkEnd = x + piece.Width;
        return x + piece.Width;
    }

    public void End()
    {
        Flush();
        EndLink();
    }

    private double Glyphs(FontFace face, Glyph[] glyphs, RunStyle style, double x)
    {
        if (face != _face || !SameInk(style))
        {
            Flush();
            (_face, _style, _start) = (face, style, x);
        }
        _glyphs.AddRange(glyphs);
        foreach (var glyph in glyphs)
            x += glyph.Advance * style.Size / 1000;
        return x;
    }

    /// <summary>A box with a code point, or glyphs that together stand for one text.</summary>
    private double Special(GlyphRun run, RunStyle style, double x)
    {
        Flush();
        canvas.Tag(style.Tag);
        double size = style.Size * run.Scale;
        double width = run.Width * size / 1000;
        if (!run.IsBox)
        {
            canvas.Text(x, baseline, run.Face, size, style.Colour, run.Glyphs, run.ActualText);
            return x + width;
        }
        double padding = CodeBox.Padding * style.Size / 1000;
        canvas.Text(x + padding, baseline - style.Size * 0.06, run.Face, size, style.Colour, run.Glyphs, run.ActualText);
        canvas.Tag(null);
        canvas.Outline(x + padding * 0.4, baseline - style.Size * 0.64, width + padding * 1.2, style.Size * 0.76, 0.4, style.Colour);
        return x + width + 2 * padding;
    }

    private bool SameInk(RunStyle style) =>
        _style is { } open && open.Tag == style.Tag && open.Size.Equals(style.Size) && open.Colour == style.Colour;

    private void Flush()
    {
        if (_glyphs.Count == 0)
            return;
        canvas.Tag(_style!.Tag);
        canvas.Text(_start, baseline, _face!, _style.Size, _style.Colour, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_glyphs), null);
        _glyphs.Clear();
        _face = null;
    }

    private void FollowLink(RunStyle style, double x)
    {
        if (_link is null ? style.Link is null : ReferenceEquals(_link.Tag, style.Tag))
            return;
        Flush();
        EndLink();
        if (style.Link is not null)
            (_link, _linkStart) = (style, x);
    }

    private void EndLink()
    {
        if (_link is not { } link)
            return;
        double width = _linkEnd - _linkStart;
        canvas.Tag(null);
        canvas.Rectangle(_linkStart, baseline + link.Size * 0.13, width, 0.4, link.Colour.Tint(0.55));
        canvas.Link(new(_linkStart, baseline - link.Size * 0.85, width, link.Size * 1.1), link.Link!, link.Tag!, link.Words);
        _link = null;
    }
}
