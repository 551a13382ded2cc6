using System.Buffers.Binary;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace MiSarTracker.Pdf.Fonts;

/// <summary>
/// One of the embedded fonts: shapes text and remembers which glyphs stand for which text. All measures are in 1/1000 em.
/// </summary>
internal sealed unsafe class FontFace : IDisposable
{
    // Ligatures are off so that each glyph has its own source text; figures have equal width.
    private static readonly Feature[] Features =
    [
        new(Tag.Parse("liga"), 0, 0, uint.MaxValue),
        new(Tag.Parse("clig"), 0, 0, uint.MaxValue),
        new(Tag.Parse("tnum"), 1, 0, uint.MaxValue),
    ];

    private readonly UnmanagedMemoryStream _resource;
    private readonly Blob _blob;
    private readonly Face _face;
    private readonly Font _font;
    private readonly Buffer _buffer = new();
    private readonly Dictionary<(uint Glyph, string Text), ushort> _codes = [];
    private readonly List<(ushort Glyph, string Text, short Width)> _used = [];
    private readonly Dictionary<int, bool> _covers = [];

    public FontFace(int number, string name)
    {
        Number = number;
        Name = name;
        // The resource is mapped memory: HarfBuzz reads it in place.
        _resource = (UnmanagedMemoryStream)EmbeddedFonts.Open(name);
        _blob = new((nint)_resource.PositionPointer, (int)_resource.Length, MemoryMode.ReadOnly);
        _face = new(_blob, 0);
        _font = new(_face);
        _font.SetFunctionsOpenType();
        _font.SetScale(1000, 1000);
    }

    /// <summary>Names the font in the pages' resources: /F1, /F2 …</summary>
    public int Number { get; }

    /// <summary>PostScript name, such as "NotoSans-Regular".</summary>
    public string Name { get; }

    /// <summary>Glyph, source text and natural width of each code; code 1 is the first entry (0 is .notdef and never used).</summary>
    public IReadOnlyList<(ushort Glyph, string Text, short Width)> Used => _used;

    /// <summary>Left, bottom, right, top of a box that holds every glyph.</summary>
    public IReadOnlyList<short> BoundingBox
    {
        get
        {
            // Table 'head', fields xMin to yMax at byte 36.
            using var head = _face.ReferenceTable(Tag.Parse("head"));
            byte[] fields = [.. head.AsSpan()[36..44]];
            return [.. fields.Chunk(2).Select(f => BinaryPrimitives.ReadInt16BigEndian(f))];
        }
    }

    public bool Covers(System.Text.Rune rune)
    {
        if (_covers.TryGetValue(rune.Value, out bool known))
            return known;
        return _covers[rune.Value] = _font.TryGetNominalGlyph((uint)rune.Value, out uint glyph) && glyph != 0;
    }

    /// <summary>Shapes text that this font covers, in one direction (left to right).</summary>
    public Glyph[] Shape(ReadOnlySpan<char> text)
    {
        _buffer.ClearContents();
        // One cluster for each character, so that a mark keeps its own source text.
        _buffer.ClusterLevel = ClusterLevel.MonotoneCharacters;
        _buffer.AddUtf16(text);
        _buffer.GuessSegmentProperties();
        _buffer.Direction = Direction.LeftToRight;
        _font.Shape(_buffer, Features);
        var infos = _buffer.GetGlyphInfoSpan();
        var positions = _buffer.GetGlyphPositionSpan();
        var glyphs = new Glyph[infos.Length];
        for (int i = 0; i < glyphs.Length; i++)
        {
            bool continues = i > 0 && infos[i - 1].Cluster == infos[i].Cluster;
            int start = (int)infos[i].Cluster;
            int end = EndOfCluster(infos, i, text.Length);
            string source = continues ? "" : text[start..end].ToString();
            short width = (short)_font.GetHorizontalGlyphAdvance(infos[i].Codepoint);
            glyphs[i] = new(Code(infos[i].Codepoint, source, width), width, (short)positions[i].XAdvance,
                (short)positions[i].XOffset, (short)positions[i].YOffset, start);
        }
        return glyphs;
    }

    /// <summary>The font reduced to <see cref="Used"/>; its first glyph id belongs to code 1.</summary>
    public FontSubset Subset() => FontSubset.Make(_face.Handle, [.. _used.Select(u => u.Glyph)]);

    public void Dispose()
    {
        _buffer.Dispose();
        _font.Dispose();
        _face.Dispose();
        _blob.Dispose();
        _resource.Dispose();
    }

    private static int EndOfCluster(ReadOnlySpan<GlyphInfo> infos, int index, int length)
    {
        for (int i = index + 1; i < infos.Length; i++)
            if (infos[i].Cluster != infos[index].Cluster)
                return (int)infos[i].Cluster;
        return length;
    }

    private ushort Code(uint glyph, string text, short width)
    {
        if (_codes.TryGetValue((glyph, text), out ushort code))
            return code;
        _used.Add(((ushort)glyph, text, width));
        return _codes[(glyph, text)] = checked((ushort)_used.Count);
    }
}
