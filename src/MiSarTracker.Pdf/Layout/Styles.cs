using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>How a block's text is set; measures in points.</summary>
internal sealed record TextStyle(double Size, double Leading, Colour Colour, SpanStyle Face = SpanStyle.Regular)
{
    public static readonly TextStyle Body = new(9.5, 13, Palette.Text);
    public static readonly TextStyle Lead = new(11.5, 16, Palette.Text);
    public static readonly TextStyle Small = new(8, 11, Palette.Muted);
    public static readonly TextStyle Caption = new(8.5, 12, Palette.Text, SpanStyle.Bold);
    public static readonly TextStyle TableText = new(8.5, 11.5, Palette.Text);
    public static readonly TextStyle TableHeader = TableText with { Face = SpanStyle.Bold };
    public static readonly TextStyle CompactText = new(8, 10.5, Palette.Text);
    public static readonly TextStyle CompactHeader = CompactText with { Face = SpanStyle.Bold };
    public static readonly TextStyle Verbatim = new(7.5, 10.5, Palette.Text, SpanStyle.Mono);
    public static readonly TextStyle Running = new(7.5, 10, Palette.Muted);
    public static readonly TextStyle Picture = new(7.5, 10, Palette.Text);
    public static readonly TextStyle Title = new(20, 26, Palette.Accent, SpanStyle.Bold);
    public static readonly TextStyle Subtitle = new(11.5, 16, Palette.Muted);

    private static readonly TextStyle[] Headings =
    [
        new(16, 21, Palette.Accent, SpanStyle.Bold),
        new(12, 16, Palette.Accent, SpanStyle.Bold),
        new(9.5, 13, Palette.Text, SpanStyle.Bold),
    ];

    public static TextStyle Heading(int level) => Headings[Math.Clamp(level, 1, Headings.Length) - 1];

    public static TextStyle Of(TextSize size) => size switch
    {
        TextSize.Small => Small,
        TextSize.Lead => Lead,
        _ => Body,
    };
}

/// <summary>What stretches of one span have in common.</summary>
/// <param name="Tag">Element to which the text belongs; null for artifacts.</param>
/// <param name="Link">Where it leads, or null.</param>
/// <param name="Words">The span's text, said for the link.</param>
internal sealed record RunStyle(SpanStyle Face, double Size, Colour Colour, StructElement? Tag, LinkTarget? Link, string Words);
