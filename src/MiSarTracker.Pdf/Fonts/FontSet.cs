using System.Buffers;
using System.Text;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf.Fonts;

/// <summary>
/// The faces of one document, with a memory of every word shaped so far. A character that the wanted face lacks is taken
/// from another one; a character that none has, or that must not be drawn, becomes a box with its code point.
/// </summary>
internal sealed class FontSet : IDisposable
{
    private readonly FontFace _regular = new(1, EmbeddedFonts.Regular);
    private readonly FontFace _bold = new(2, EmbeddedFonts.Bold);
    private readonly FontFace _mono = new(3, EmbeddedFonts.Mono);
    private readonly Dictionary<FontFace, Dictionary<string, ShapedWord>> _words;

    /// <summary>In a fixed order.</summary>
    public IReadOnlyList<FontFace> Faces { get; }

    public FontSet()
    {
        Faces = [_regular, _bold, _mono];
        _words = Faces.ToDictionary(f => f, _ => new Dictionary<string, ShapedWord>(StringComparer.Ordinal));
    }

    public FontFace FaceOf(SpanStyle style) =>
        style.HasFlag(SpanStyle.Mono) ? _mono : style.HasFlag(SpanStyle.Bold) ? _bold : _regular;

    public ShapedWord Shape(ReadOnlySpan<char> text, SpanStyle style)
    {
        var face = FaceOf(style);
        var words = _words[face].GetAlternateLookup<ReadOnlySpan<char>>();
        if (words.TryGetValue(text, out var known))
            return known;
        string word = text.ToString();
        var runs = new List<GlyphRun>();
        for (int i = 0; i < word.Length;)
            i = TakeRun(word, i, face, runs);
        return _words[face][word] = new(word, [.. runs], runs.Sum(WidthOf));
    }

    public void Dispose()
    {
        foreach (var face in Faces)
            face.Dispose();
    }

    private static double WidthOf(GlyphRun run) => run.Width * run.Scale + (run.IsBox ? 2 * CodeBox.Padding : 0);

    /// <summary>Shapes the longest stretch from the index on that one face covers; returns the index after it.</summary>
    private int TakeRun(string text, int start, FontFace wanted, List<GlyphRun> runs)
    {
        var face = FaceFor(text, start, wanted, out int length);
        if (face is null)
        {
            runs.Add(Box(text.Substring(start, length), start));
            return start + length;
        }
        int end = start + length;
        while (end < text.Length && FaceFor(text, end, wanted, out length) == face)
            end += length;
        AddShaped(text.AsSpan(start, end - start), start, face, runs);
        return end;
    }

    private FontFace? FaceFor(string text, int index, FontFace wanted, out int length)
    {
        if (Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out length) != OperationStatus.Done || SafeText.MustBeVisible(rune)
            || SafeText.StacksTooHigh(text, index))
            return null;
        if (wanted.Covers(rune))
            return wanted;
        foreach (var face in Faces)
            if (face.Covers(rune))
                return face;
        return null;
    }

    /// <summary>Splits off clusters whose glyphs cannot each bear their own text (several glyphs for one character).</summary>
    private static void AddShaped(ReadOnlySpan<char> text, int offset, FontFace face, List<GlyphRun> runs)
    {
        var glyphs = face.Shape(text);
        int from = 0;
        for (int i = 0; i < glyphs.Length;)
        {
            int next = i + 1;
            while (next < glyphs.Length && glyphs[next].Cluster == glyphs[i].Cluster)
                next++;
            if (next - i > 1)
            {
                if (i > from)
                    runs.Add(new(face, glyphs[from..i], offset));
                int end = next < glyphs.Length ? glyphs[next].Cluster : text.Length;
                runs.Add(new(face, glyphs[i..next], offset) { ActualText = text[glyphs[i].Cluster..end].ToString() });
                from = next;
            }
            i = next;
        }
        if (glyphs.Length > from)
            runs.Add(new(face, glyphs[from..], offset));
    }

    private GlyphRun Box(string character, int offset)
    {
        bool valid = Rune.DecodeFromUtf16(character, out var rune, out _) == OperationStatus.Done;
        var glyphs = _mono.Shape(SafeText.CodePoint(valid ? rune.Value : character[0]));
        // A character that merely lacks a glyph is read back as itself; one that must be visible is read back as its number.
        bool readable = valid && !SafeText.MustBeVisible(rune);
        return new(_mono, glyphs, offset) { IsBox = true, ActualText = readable ? character : null };
    }
}
