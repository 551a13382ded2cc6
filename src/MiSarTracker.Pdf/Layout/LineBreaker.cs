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
                EndLine(atLineFeed: true);
            if (group.Pieces.Count > 0)
                Place(group.Pieces, group.Spaces);
        }
        if (_line.Count > 0 || _lines.Count == 0)
            EndLine(atLineFeed: true);
        return _lines;
    }

    private void Place(IReadOnlyList<Piece> pieces, int spaces)
    {
        while (pieces.Count > 0)
        {
            spaces = _line.Count > 0 || KeepIndentation && _afterLineFeed ? spaces : 0;
            double before = SpaceWidth(pieces[0], spaces);
            if (_used + before + WidthOf(pieces) <= width + Tolerance)
            {
                Append(pieces, spaces, before);
                return;
            }
            int count = PrefixThatFits(pieces, width - _used - before, WidthOf(pieces) > width + Tolerance);
            if (count > 0)
            {
                Append(Hyphenated(pieces.Take(count)), spaces, before);
                pieces = [.. pieces.Skip(count)];
            }
            else if (_line.Count == 0)
            {
                pieces = SplitFirst(pieces, width - before);
                Append([pieces[0]], spaces, before);
                pieces = [.. pieces.Skip(1)];
            }
            EndLine(atLineFeed: false);
        }
    }

    /// <summary>How many pieces can stand before a permitted break within the given width.</summary>
    private int PrefixThatFits(IReadOnlyList<Piece> pieces, double available, bool evenInIdentifiers)
    {
        int best = 0;
        double sum = 0;
        for (int i = 0; i < pieces.Count - 1; i++)
        {
            sum += pieces[i].Width;
            double hyphen = pieces[i].Break == BreakAfter.WithHyphen ? Hyphen(pieces[i]).Width : 0;
            if (sum + hyphen > available + Tolerance)
                break;
            if (pieces[i].Break is BreakAfter.Yes or BreakAfter.WithHyphen || evenInIdentifiers && pieces[i].Break == BreakAfter.IfNeeded)
                best = i + 1;
        }
        return best;
    }

    /// <summary>Cuts the first piece so that its beginning fits; at least one character stands on the line.</summary>
    private List<Piece> SplitFirst(IReadOnlyList<Piece> pieces, double available)
    {
        var first = pieces[0];
        int cut = first.Swatch is null ? CutOf(first, available) : 0;
        if (cut <= 0 || cut >= first.Word.Text.Length)
            return [.. pieces];
        string text = first.Word.Text;
        var head = first with { Word = fonts.Shape(text[..cut], first.Style.Face), Break = BreakAfter.No };
        var tail = first with { Word = fonts.Shape(text[cut..], first.Style.Face) };
        return [head, tail, .. pieces.Skip(1)];
    }

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
        return lastFit > 0 ? lastFit : FirstBoundary(piece.Word);
    }

    private static int FirstBoundary(ShapedWord word) =>
        System.Globalization.StringInfo.GetNextTextElementLength(word.Text);

    private List<Piece> Hyphenated(IEnumerable<Piece> pieces)
    {
        var list = pieces.ToList();
        if (list[^1].Break == BreakAfter.WithHyphen)
            list.Add(Hyphen(list[^1]));
        return list;
    }

    private Piece Hyphen(Piece piece) => new(fonts.Shape("-", piece.Style.Face), piece.Style, BreakAfter.No);

    private void Append(IReadOnlyList<Piece> pieces, int spaces, double before)
    {
        for (int i = 0; i < pieces.Count; i++)
            _line.Add(new(pieces[i], i == 0 ? spaces : 0));
        _used += before + WidthOf(pieces);
    }

    private double SpaceWidth(Piece next, int spaces)
    {
        if (spaces == 0)
            return 0;
        var style = _line.Count > 0 ? _line[^1].Piece.Style : next.Style;
        return spaces * fonts.Shape(" ", style.Face).Width * style.Size / 1000;
    }

    private void EndLine(bool atLineFeed)
    {
        _lines.Add(_line.Count == 0 ? TextLine.Empty : new(_line, _used));
        (_line, _used, _afterLineFeed) = ([], 0, atLineFeed);
    }

    private static double WidthOf(IReadOnlyList<Piece> pieces)
    {
        double sum = 0;
        for (int i = 0; i < pieces.Count; i++)
            sum += pieces[i].Width;
        return sum;
    }
}
