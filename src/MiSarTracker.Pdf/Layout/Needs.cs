using MiSarTracker.Pdf.Fonts;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Measures how narrow and how wide a text can sensibly be set.</summary>
internal static class Needs
{
    /// <param name="groups">The text.</param>
    /// <param name="fonts">For the width of spaces.</param>
    /// <param name="longestWord">A word longer than this may be torn, in points.</param>
    public static ColumnNeed Of(IReadOnlyList<PieceGroup> groups, FontSet fonts, double longestWord)
    {
        double least = 0, most = 0, line = 0;
        foreach (var group in groups)
        {
            if (group.NewLine)
                line = 0;
            if (group.Pieces.Count == 0)
                continue;
            if (line > 0)
                line += group.Spaces * fonts.Shape(" ", group.Pieces[0].Style.Face).Width * group.Pieces[0].Style.Size / 1000;
            double word = 0;
            foreach (var piece in group.Pieces)
            {
                word += piece.Width;
                line += piece.Width;
                least = Math.Max(least, Math.Min(word, longestWord));
                if (piece.Break != BreakAfter.No)
                    word = 0;
            }
            most = Math.Max(most, line);
        }
        // A hair more, so that rounding never breaks a line that was measured to fit.
        return new(least + 0.05, most + 0.05);
    }
}
