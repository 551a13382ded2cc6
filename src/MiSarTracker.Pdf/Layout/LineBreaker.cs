using System.Globalization;
using MiSarTracker.Pdf.Fonts;

namespace MiSarTracker.Pdf.Layout;

/// <summary>
/// Fills lines one after the other (first fit, ragged right). Breaks at spaces and hyphens; inside identifiers when they
/// do not fit on a line of their own; between any two characters when nothing else helps.
/// </summary>
internal sealed class LineBreaker(FontSet fonts, double width)
{
    // Sums of widths are rounded; a hair over is not too wide.
    private const double Tolerance = 0.01;

    private readonly List<TextLine> _lines = [];
    private List<PlacedPiece> _line = [];
    private double _used;
    private bool _afterLineFeed = true;

    /// <summary>Spaces at the beginning of a line, and empty lines at the end, are kept (captured text).</summary>
    public bool KeepIndentation { get; init; }

    public IReadOnlyList<TextLine> Break(IReadOnlyList<PieceGroup> groups)
    {
        foreach (var group in groups)
        {
            if (group.NewLine)
                EndLine(LineEnd.AtLineFeed);
            if (group.Pieces.Count > 0)
                Place(group.Pieces, group.Spaces);
        }
        if (_line.Count > 0 || _lines.Count == 0)
            EndLine(LineEnd.AtLineFeed);
        return _lines;
    }

    /// <summary>Puts pieces without white space between them on one line or more; tearing changes the list.</summary>
    private void Place(List<Piece> pieces, int spaces)
    {
        double rest = 0;
        foreach (var piece in pieces)
            rest += piece.Width;
        for (int i = 0; i < pieces.Count;)
        {
            spaces = _line.Count > 0 || KeepIndentation && _afterLineFeed ? spaces : 0;
            double before = SpaceWidth(pieces[i], spaces);
            int count = pieces.Count - i;
            if (_used + before + rest > width + Tolerance)
                count = PrefixThatFits(pieces, i, width - _used - before, evenInIdentifiers: rest > width + Tolerance);
            if (count == 0 && _line.Count == 0)
                count = Tear(pieces, i, width - before);
            for (int k = i; k < i + count; k++)
            {
                Append(pieces[k], k == i ? spaces : 0, k == i ? before : 0);
                rest -= pieces[k].Width;
            }
            i += count;
            if (i == pieces.Count)
                return;
            if (count > 0 && pieces[i - 1].Break == BreakAfter.WithHyphen)
                Append(Hyphen(pieces[i - 1]), 0, 0);
            EndLine(count == 0 ? LineEnd.AtSpace : LineEnd.InWord);
        }
    }

    /// <summary>How many pieces from the index on can stand before a permitted break within the given width.</summary>
    private int PrefixThatFits(List<Piece> pieces, int from, double available, bool evenInIdentifiers)
    {
        int best = 0;
        double sum = 0;
        for (int i = from; i < pieces.Count - 1; i++)
        {
            sum += pieces[i].Width;
            double hyphen = pieces[i].Break == BreakAfter.WithHyphen ? Hyphen(pieces[i]).Width : 0;
            if (sum + hyphen > available + Tolerance)
                break;
            if (pieces[i].Break is BreakAfter.Yes or BreakAfter.WithHyphen || evenInIdentifiers && pieces[i].Break == BreakAfter.IfNeeded)
                best = i + 1 - from;
        }
        return best;
    }

    /// <summary>
    /// Nothing permits a break: counts the pieces that fit and cuts the next one, so that the line is full. At least one
    /// character stands on the line.
    /// </summary>
    private int Tear(List<Piece> pieces, int from, double available)
    {
        int index = from;
        while (index < pieces.Count && pieces[index].Width <= available + Tolerance)
            available -= pieces[index++].Width;
        if (index == pieces.Count)
            return index - from;
        var piece = pieces[index];
        string text = piece.Word.Text;
        int cut = piece.Swatch is null ? CutOf(piece, available) : 0;
        if (cut == 0 && index == from)
            cut = piece.Swatch is null ? StringInfo.GetNextTextElementLength(text) : 0;
        if (cut <= 0 || cut >= text.Length)
            return Math.Max(1, index - from);
        pieces[index] = piece with { Word = fonts.Shape(text.AsSpan(0, cut), piece.Style.Face), Break = BreakAfter.No };
        pieces.Insert(index + 1, piece with { Word = fonts.Shape(text.AsSpan(cut), piece.Style.Face) });
        return index + 1 - from;
    }

    /// <summary>Index of the last character before which the piece can be cut so that its beginning fits; 0 for none.</summary>
    private static int CutOf(Piece piece, double available)
    {
        double scale = piece.Style.Size / 1000;
        double sum = 0;
        int lastFit = 0;
        foreach (var run in piece.Word.Runs)
        {
            if (run.IsBox)
            {
                if (run.Source > 0 && sum <= available)
                    lastFit = run.Source;
                sum += (run.Width * run.Scale + 2 * CodeBox.Padding) * scale;
                continue;
            }
            foreach (var glyph in run.Glyphs)
            {
                int at = run.Source + glyph.Cluster;
                // A mark stays with its letter: it advances nothing.
                if (at > 0 && glyph.Advance > 0 && sum <= available)
                    lastFit = at;
                sum += glyph.Advance * scale;
            }
        }
        return lastFit;
    }

    private Piece Hyphen(Piece piece) => new(fonts.Shape("-", piece.Style.Face), piece.Style, BreakAfter.No);

    private void Append(Piece piece, int spaces, double before)
    {
        _line.Add(new(piece, spaces));
        _used += before + piece.Width;
    }

    private double SpaceWidth(Piece next, int spaces)
    {
        if (spaces == 0)
            return 0;
        var style = _line.Count > 0 ? _line[^1].Piece.Style : next.Style;
        return spaces * fonts.Shape(" ", style.Face).Width * style.Size / 1000;
    }

    private void EndLine(LineEnd end)
    {
        _lines.Add(_line.Count == 0 ? TextLine.Empty : new(_line, _used) { EndsAtSpace = end == LineEnd.AtSpace });
        (_line, _used, _afterLineFeed) = ([], 0, end == LineEnd.AtLineFeed);
    }

    private enum LineEnd
    {
        AtLineFeed,
        AtSpace,
        InWord,
    }
}
