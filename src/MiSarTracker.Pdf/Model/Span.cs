namespace MiSarTracker.Pdf.Model;

/// <summary>
/// A stretch of text in one style. Any text is safe: control characters, bidirectional overrides and characters without
/// a glyph are drawn as a small box with their code point. A line feed starts a new line. Text converts by itself:
/// <c>flow.Paragraph("Xiaomi disclosed ", Span.Bold("21,344"), " minutes.")</c>.
/// </summary>
public sealed record Span(string Text)
{
    public SpanStyle Style { get; init; }

    /// <summary>Null: the colour of the block, or the accent when the span is a link.</summary>
    public Colour? Colour { get; init; }

    /// <summary>Address to open. Only http, https and mailto become links; with anything else the text stays inert.</summary>
    public string? Url { get; init; }

    /// <summary>Anchor in this document to jump to; when no block bears it the text stays inert (see <see cref="Anchors"/>).</summary>
    public string? Ref { get; init; }

    /// <summary>True: <see cref="Text"/> is replaced by the number of the page on which <see cref="Ref"/> stands.</summary>
    public bool IsPageNumber { get; init; }

    /// <summary>A small square in this fill before the text, such as the key to a picture.</summary>
    public Fill? Swatch { get; init; }

    public static implicit operator Span(string text) => new(text);

    public static Span Bold(string text) => new(text) { Style = SpanStyle.Bold };

    /// <summary>Fixed-pitch: hashes, paths, field names, bytes.</summary>
    public static Span Mono(string text) => new(text) { Style = SpanStyle.Mono };

    /// <summary>Grey, for what is said in passing.</summary>
    public static Span Muted(string text) => new(text) { Colour = Palette.Muted };

    public static Span Coloured(string text, Colour colour) => new(text) { Colour = colour };

    /// <summary>A link out of the document; see <see cref="Url"/>.</summary>
    public static Span LinkTo(string text, string url) => new(text) { Url = url };

    /// <summary>A link inside the document; see <see cref="Ref"/>.</summary>
    public static Span RefTo(string text, string anchor) => new(text) { Ref = anchor };

    /// <summary>The number of the page that bears the anchor, as a link; for readers on paper ("see page 41").</summary>
    public static Span PageOf(string anchor) => new("?") { Ref = anchor, IsPageNumber = true };

    /// <summary>A key square and its words.</summary>
    public static Span Key(Fill fill, string text) => new(text) { Swatch = fill };
}

/// <summary>The face in which a span is set. There is no italic.</summary>
[Flags]
public enum SpanStyle
{
    Regular = 0,
    Bold = 1,

    /// <summary>Fixed-pitch; there is no bold fixed-pitch face, so Mono wins over Bold.</summary>
    Mono = 2,
}
