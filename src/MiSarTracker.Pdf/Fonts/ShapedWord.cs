namespace MiSarTracker.Pdf.Fonts;

/// <summary>One glyph on the line; measures in 1/1000 em.</summary>
/// <param name="Code">Two-byte code in the PDF font.</param>
/// <param name="Width">Natural width, as the PDF font states it.</param>
/// <param name="Advance">How far the next glyph really stands (kerning).</param>
/// <param name="Cluster">Index of the first source character.</param>
internal readonly record struct Glyph(ushort Code, short Width, short Advance, short XOffset, short YOffset, int Cluster);

/// <summary>Neighbouring glyphs of one font.</summary>
/// <param name="Source">Index in the word of the first source character.</param>
internal sealed record GlyphRun(FontFace Face, Glyph[] Glyphs, int Source)
{
    /// <summary>Set when the glyphs alone would be read back wrongly: what they stand for.</summary>
    public string? ActualText { get; init; }

    /// <summary>The glyphs are a code point's number in a small box.</summary>
    public bool IsBox { get; init; }

    /// <summary>Size of the glyphs relative to the text around them.</summary>
    public double Scale => IsBox ? CodeBox.Scale : 1;

    public double Width { get; } = Glyphs.Sum(g => g.Advance);
}

/// <summary>Text without a break in it, shaped. It does not depend on the size of the type.</summary>
/// <param name="Text">The source.</param>
/// <param name="Width">In 1/1000 em.</param>
internal sealed record ShapedWord(string Text, GlyphRun[] Runs, double Width);

/// <summary>How a character that must not or cannot be drawn is shown: "U+202E" in a small box.</summary>
internal static class CodeBox
{
    public const double Scale = 0.62;

    /// <summary>Empty room left and right of the number, in 1/1000 em of the surrounding text; it holds the box's edge.</summary>
    public const double Padding = 130;
}
