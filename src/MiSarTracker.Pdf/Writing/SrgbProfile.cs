using System.Buffers.Binary;
using System.Text;

namespace MiSarTracker.Pdf.Writing;

/// <summary>
/// An ICC profile (version 2.1, display, matrix and curves) for sRGB, made from the numbers of IEC 61966-2-1, with the
/// primaries adapted to D50 (Bradford) as ICC asks. It says what the document's colours mean.
/// </summary>
internal static class SrgbProfile
{
    private const int HeaderLength = 128, CurveEntries = 1024;

    public static byte[] Make()
    {
        byte[] curve = Curve();
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", Description("sRGB IEC61966-2.1")),
            ("cprt", Text("No copyright, use freely")),
            ("wtpt", Xyz(0.9642, 1.0, 0.8249)),
            ("rXYZ", Xyz(0.43607, 0.22249, 0.01392)),
            ("gXYZ", Xyz(0.38515, 0.71687, 0.09708)),
            ("bXYZ", Xyz(0.14307, 0.06061, 0.71410)),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
        ];
        var profile = new List<byte>(new byte[HeaderLength]);
        profile.AddRange(U32((uint)tags.Length));
        int offset = HeaderLength + 4 + 12 * tags.Length;
        int curveOffset = 0;
        var body = new List<byte>();
        foreach (var (tag, data) in tags)
        {
            // The three curves are one.
            bool again = ReferenceEquals(data, curve) && curveOffset > 0;
            int at = again ? curveOffset : offset + body.Count;
            profile.AddRange([.. Encoding.ASCII.GetBytes(tag), .. U32((uint)at), .. U32((uint)data.Length)]);
            if (again)
                continue;
            if (ReferenceEquals(data, curve))
                curveOffset = at;
            body.AddRange(data);
            while (body.Count % 4 != 0)
                body.Add(0);
        }
        profile.AddRange(body);
        byte[] bytes = [.. profile];
        WriteHeader(bytes);
        return bytes;
    }

    private static void WriteHeader(byte[] profile)
    {
        var header = profile.AsSpan(0, HeaderLength);
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)profile.Length);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], 0x02100000);
        "mntrRGB XYZ "u8.CopyTo(header[12..]);
        // Date of the profile: the day of the standard's publication, so that it never changes.
        ushort[] date = [1999, 10, 18, 0, 0, 0];
        for (int i = 0; i < date.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(header[(24 + 2 * i)..], date[i]);
        "acsp"u8.CopyTo(header[36..]);
        // The connection space's white, D50.
        Xyz(0.9642, 1.0, 0.8249).AsSpan(8).CopyTo(header[68..]);
    }

    private static byte[] Curve()
    {
        byte[] curve = [.. "curv"u8, 0, 0, 0, 0, .. U32(CurveEntries), .. new byte[2 * CurveEntries]];
        for (int i = 0; i < CurveEntries; i++)
        {
            double v = i / (CurveEntries - 1.0);
            double linear = v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
            BinaryPrimitives.WriteUInt16BigEndian(curve.AsSpan(12 + 2 * i), (ushort)Math.Round(linear * 65535));
        }
        return curve;
    }

    private static byte[] Xyz(double x, double y, double z) => [.. "XYZ "u8, 0, 0, 0, 0, .. Fixed(x), .. Fixed(y), .. Fixed(z)];

    private static byte[] Text(string text) => [.. "text"u8, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text), 0];

    /// <summary>textDescriptionType: ASCII, then empty Unicode and Macintosh forms.</summary>
    private static byte[] Description(string text) =>
        [.. "desc"u8, 0, 0, 0, 0, .. U32((uint)text.Length + 1), .. Encoding.ASCII.GetBytes(text), 0, .. new byte[8 + 3 + 67]];

    private static byte[] Fixed(double value) => U32((uint)(int)Math.Round(value * 65536));

    private static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
