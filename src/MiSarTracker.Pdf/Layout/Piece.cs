using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Whether a line may end after a piece.</summary>
internal enum BreakAfter
{
    No,

    /// <summary>Inside an identifier: only when the whole would not fit on a line of its own.</summary>
    IfNeeded,

    /// <summary>After a hyphen.</summary>
    Yes,

    /// <summary>At a soft hyphen: a hyphen is drawn when the line ends here.</summary>
    WithHyphen,
}

/// <summary>The smallest thing that is placed on a line: shaped text, or a swatch.</summary>
internal sealed record Piece(ShapedWord Word, RunStyle Style, BreakAfter Break)
{
    /// <summary>A square in this fill instead of text.</summary>
    public Fill? Swatch { get; init; }

    /// <summary>In points.</summary>
    public double Width => Word.Width * Style.Size / 1000;
}

/// <summary>Pieces without white space between them.</summary>
/// <param name="Spaces">Number of spaces before it.</param>
/// <param name="NewLine">A line feed stood before it.</param>
internal sealed record PieceGroup(List<Piece> Pieces, int Spaces, bool NewLine);
