using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>A finished line of text.</summary>
/// <param name="Pieces">From left to right; each with the number of spaces before it.</param>
/// <param name="Width">In points, without spaces at its end.</param>
internal sealed record TextLine(IReadOnlyList<PlacedPiece> Pieces, double Width)
{
    public static readonly TextLine Empty = new([], 0);

    /// <summary>The line was broken at a space, which is drawn after it: extracted words then never run together.</summary>
    public bool EndsAtSpace { get; init; }

    // Noto Sans: ascender 1069, descender 293 of 1000.
    private const double Ascender = 1.069, FontHeight = 1.362;

    /// <summary>Distance of the baseline from the top of a line.</summary>
    public static double Baseline(TextStyle style) => (style.Leading - FontHeight * style.Size) / 2 + Ascender * style.Size;

    /// <param name="x">Left edge of the line.</param>
    /// <param name="baseline">From the top of the page.</param>
    public void Draw(PageCanvas canvas, FontSet fonts, double x, double baseline)
    {
        var pen = new LinePen(canvas, baseline);
        foreach (var (piece, spaces) in Pieces)
        {
            if (spaces > 0)
                x = pen.Spaces(fonts, spaces, piece.Style, x);
            x = piece.Swatch is { } fill ? pen.Swatch(fill, piece, x) : pen.Word(piece, x);
        }
        if (EndsAtSpace)
            pen.Spaces(fonts, 1, Pieces[^1].Piece.Style, x);
        pen.End();
    }

    public double Offset(double available, Align align) => align switch
    {
        Align.Right => Math.Max(0, available - Width),
        Align.Centre => Math.Max(0, (available - Width) / 2),
        _ => 0,
    };
}

internal readonly record struct PlacedPiece(Piece Piece, int Spaces);
