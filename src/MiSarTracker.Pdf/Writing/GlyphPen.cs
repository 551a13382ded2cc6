using MiSarTracker.Pdf.Fonts;

namespace MiSarTracker.Pdf.Writing;

/// <summary>Writes glyphs as the inside of a TJ array: codes in hexadecimal, with kerning between them.</summary>
internal readonly ref struct GlyphPen(ByteWriter content)
{
    public void Draw(ReadOnlySpan<Glyph> glyphs, double size)
    {
        bool inString = false;
        int shift = 0;
        foreach (var glyph in glyphs)
        {
            shift -= glyph.XOffset;
            if (shift != 0 || glyph.YOffset != 0)
                inString = Leave(inString, shift);
            if (glyph.YOffset != 0)
                content.Raw("]TJ "u8).Number(glyph.YOffset * size / 1000).Raw(" Ts["u8);
            if (!inString)
                content.Raw("<"u8);
            content.Hex16(glyph.Code);
            inString = true;
            if (glyph.YOffset != 0)
            {
                content.Raw(">]TJ 0 Ts["u8);
                inString = false;
            }
            shift = glyph.XOffset + glyph.Width - glyph.Advance;
        }
        if (inString)
            content.Raw(">"u8);
    }

    /// <summary>Ends the string and moves; positive shifts go to the left, in 1/1000 em.</summary>
    private bool Leave(bool inString, int shift)
    {
        if (inString)
            content.Raw(">"u8);
        if (shift != 0)
            content.Number(shift);
        return false;
    }
}
