using System.Runtime.InteropServices;

namespace MiSarTracker.Pdf.Fonts;

/// <summary>A TrueType font with only the glyphs that a document uses.</summary>
/// <param name="Data">The font file.</param>
/// <param name="GlyphIds">The new glyph id of each glyph asked for, in the order asked.</param>
internal sealed record FontSubset(byte[] Data, ushort[] GlyphIds)
{
    // What a PDF has no use for: character codes and features were resolved when the text was shaped.
    private static readonly uint[] Unused = [Tag("GSUB"), Tag("GPOS"), Tag("GDEF"), Tag("kern"), Tag("DSIG"), Tag("gasp")];

    /// <exception cref="InvalidOperationException">HarfBuzz refuses the font; the fonts are our own, so this is a bug.</exception>
    public static FontSubset Make(nint face, IReadOnlyList<ushort> glyphs)
    {
        nint input = Succeeded(SubsetNative.CreateInput());
        try
        {
            SubsetNative.SetFlags(input, SubsetNative.Flags);
            nint dropped = SubsetNative.TagSet(input, SubsetNative.DropTableTags);
            foreach (uint tag in Unused)
                SubsetNative.SetAdd(dropped, tag);
            nint wanted = SubsetNative.GlyphSet(input);
            foreach (ushort glyph in glyphs)
                SubsetNative.SetAdd(wanted, glyph);
            return Execute(face, input, glyphs);
        }
        finally
        {
            SubsetNative.DestroyInput(input);
        }
    }

    private static FontSubset Execute(nint face, nint input, IReadOnlyList<ushort> glyphs)
    {
        nint plan = Succeeded(SubsetNative.CreatePlan(face, input));
        try
        {
            nint map = SubsetNative.GlyphMap(plan);
            var ids = new ushort[glyphs.Count];
            for (int i = 0; i < ids.Length; i++)
                ids[i] = checked((ushort)SubsetNative.MapGet(map, glyphs[i]));
            nint subset = Succeeded(SubsetNative.ExecutePlan(plan));
            try
            {
                return new(FileOf(subset), ids);
            }
            finally
            {
                SubsetNative.DestroyFace(subset);
            }
        }
        finally
        {
            SubsetNative.DestroyPlan(plan);
        }
    }

    private static byte[] FileOf(nint face)
    {
        nint blob = SubsetNative.ReferenceBlob(face);
        try
        {
            nint data = SubsetNative.BlobData(blob, out uint length);
            var bytes = new byte[length];
            Marshal.Copy(data, bytes, 0, bytes.Length);
            return bytes;
        }
        finally
        {
            SubsetNative.DestroyBlob(blob);
        }
    }

    private static nint Succeeded(nint handle) =>
        handle != 0 ? handle : throw new InvalidOperationException("HarfBuzz could not make a subset of an embedded font.");

    private static uint Tag(string name) => (uint)(name[0] << 24 | name[1] << 16 | name[2] << 8 | name[3]);
}
