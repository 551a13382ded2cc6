using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MiSarTracker.Pdf.Fonts;

namespace MiSarTracker.Pdf.Writing;

/// <summary>Embeds a face as a subset CID TrueType font whose codes say from which text they came.</summary>
internal static class FontWriter
{
    /// <summary>Writes the font and returns the object that pages name.</summary>
    public static int Write(PdfFile file, FontFace face)
    {
        var subset = face.Subset();
        string name = SubsetTag(subset.Data) + "+" + face.Name;
        int program = file.WriteStream(new ByteWriter().Raw("/Length1 ").Number(subset.Data.Length).Written, subset.Data);
        int descriptor = file.Write(Descriptor(face, name, program));
        int map = file.WriteStream([], CidToGid(subset));
        int unicode = file.WriteStream([], ToUnicode(face).WrittenMemory);
        int descendant = file.Write(new ByteWriter().Raw("<</Type/Font/Subtype/CIDFontType2/BaseFont").Name(name)
            .Raw("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ").Reference(descriptor)
            .Raw("/CIDToGIDMap ").Reference(map).Raw("/DW 0/W[1[").Raw(string.Join(' ', face.Used.Select(u => u.Width))).Raw("]]>>"));
        return file.Write(new ByteWriter().Raw("<</Type/Font/Subtype/Type0/BaseFont").Name(name)
            .Raw("/Encoding/Identity-H/DescendantFonts[").Reference(descendant).Raw("]/ToUnicode ").Reference(unicode).Raw(">>"));
    }

    /// <summary>Six letters that name the subset: made from its content, so that they never change for the same document.</summary>
    private static string SubsetTag(byte[] data) =>
        string.Concat(SHA256.HashData(data).Take(6).Select(b => (char)('A' + b % 26)));

    private static ByteWriter Descriptor(FontFace face, string name, int program)
    {
        bool isMono = face.Name == EmbeddedFonts.Mono;
        bool isBold = face.Name == EmbeddedFonts.Bold;
        // Flags: fixed pitch 1, symbolic 4 (the codes are our own, not a Latin encoding). Box and heights as in the font files.
        return new ByteWriter().Raw("<</Type/FontDescriptor/FontName").Name(name).Raw("/Flags ").Number(isMono ? 5 : 4)
            .Raw("/FontBBox[").Raw(string.Join(' ', face.BoundingBox)).Raw("]/ItalicAngle 0/Ascent 1069/Descent -293/CapHeight 714/StemV ")
            .Number(isBold ? 142 : 88).Raw("/FontFile2 ").Reference(program).Raw(">>");
    }

    private static byte[] CidToGid(FontSubset subset)
    {
        var map = new byte[2 * (subset.GlyphIds.Length + 1)];
        for (int i = 0; i < subset.GlyphIds.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(map.AsSpan(2 * (i + 1)), subset.GlyphIds[i]);
        return map;
    }

    private static ByteWriter ToUnicode(FontFace face)
    {
        var map = new ByteWriter().Raw("""
            /CIDInit/ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
            /CMapName/Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000><FFFF>
            endcodespacerange

            """u8);
        // Of glyphs that only together stand for a text the first bears it, the others a zero-width space; ActualText
        // says the same once more. PDF/A wants every code mapped.
        var entries = face.Used.Select((u, i) => (Code: i + 1, Text: u.Text.Length > 0 ? u.Text : "\u200B"));
        foreach (var part in entries.Chunk(100))
        {
            map.Number(part.Length).Raw(" beginbfchar\n");
            foreach (var (code, text) in part)
            {
                map.Raw("<").Hex16(code).Raw("><");
                foreach (byte b in Encoding.BigEndianUnicode.GetBytes(text))
                    map.Raw(Convert.ToHexString([b]));
                map.Raw(">\n");
            }
            map.Raw("endbfchar\n");
        }
        return map.Raw("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend");
    }
}
