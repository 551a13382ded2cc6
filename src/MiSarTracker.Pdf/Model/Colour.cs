using System.Globalization;

namespace MiSarTracker.Pdf.Model;

/// <summary>A colour in sRGB, eight bits each.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads "#0B5C8A".</summary>
    /// <exception cref="FormatException">Not a hash sign and six hexadecimal digits.</exception>
    public static Colour Parse(string text)
    {
        if (text.Length != 7 || text[0] != '#'
            || !uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
            throw new FormatException($"'{text}' is not a colour such as #0B5C8A.");
        return new((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    /// <summary>This colour mixed with white: 0 gives white, 1 the colour itself.</summary>
    public Colour Tint(double share) => new(Mix(Red, share), Mix(Green, share), Mix(Blue, share));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:X2}{Green:X2}{Blue:X2}");

    private static byte Mix(byte part, double share) => (byte)Math.Round(255 - (255 - part) * Math.Clamp(share, 0, 1));
}

/// <summary>How a surface is filled: a colour, or grey lines on white. Never the only bearer of a meaning.</summary>
public readonly record struct Fill(Colour Colour, bool Hatched = false)
{
    public static implicit operator Fill(Colour colour) => new(colour);
}

/// <summary>The one palette of terminal, page and PDF (Okabe-Ito: safe for colour-blind readers).</summary>
public static class Palette
{
    public static readonly Colour Agrees = Colour.Parse("#A9B7AE");
    public static readonly Colour Missing = Colour.Parse("#D55E00");
    public static readonly Colour Altered = Colour.Parse("#E69F00");
    public static readonly Colour DisclosedOnly = Colour.Parse("#56B4E9");
    public static readonly Fill NotComparable = new(Colour.Parse("#8A9299"), Hatched: true);
    public static readonly Colour NoData = Colour.Parse("#FFFFFF");

    /// <summary>Links and headings.</summary>
    public static readonly Colour Accent = Colour.Parse("#0B5C8A");
    public static readonly Colour Text = Colour.Parse("#1A1F23");
    public static readonly Colour Muted = Colour.Parse("#56616A");
    public static readonly Colour Rule = Colour.Parse("#CBD3D8");
    public static readonly Colour Zebra = Colour.Parse("#F4F6F7");
}
