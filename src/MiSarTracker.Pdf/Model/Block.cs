namespace MiSarTracker.Pdf.Model;

/// <summary>Something that stands in the flow of the document, one below the other.</summary>
public abstract record Block
{
    /// <summary>Name to which <see cref="Span.Ref"/> jumps; unique in the document.</summary>
    public string? Anchor { get; init; }

    /// <summary>Stands on the same page as the beginning of the next block. Headings always do.</summary>
    public bool KeepWithNext { get; init; }

    /// <summary>BCP 47 tag when this block's language differs from the document's (a vendor's own words).</summary>
    public string? Lang { get; init; }
}

/// <summary>The document's title on its first page; not part of contents and outline.</summary>
public sealed record Title(string Text, string? Subtitle = null) : Block;

/// <summary>A heading: 16 pt, 12 pt, or bold text for levels 1 to 3. It makes an entry in contents and outline.</summary>
/// <param name="Level">1 to 6; levels below 3 look like 3.</param>
/// <param name="Text">Plain text.</param>
public sealed record Heading(int Level, string Text) : Block
{
    /// <summary>False: the heading stays out of contents and outline.</summary>
    public bool Listed { get; init; } = true;

    /// <summary>Begins on a new page (unless the page is still empty).</summary>
    public bool StartsPage { get; init; }
}

/// <summary>A paragraph, ragged right.</summary>
public sealed record Paragraph(IReadOnlyList<Span> Spans) : Block
{
    public TextSize Size { get; init; } = TextSize.Body;

    public Align Align { get; init; }
}

public enum TextSize
{
    /// <summary>9.5/13 pt.</summary>
    Body,

    /// <summary>8/11 pt: captions, asides.</summary>
    Small,

    /// <summary>11.5/16 pt: the sentence that a hurried reader should see.</summary>
    Lead,
}

public enum Align
{
    Left,
    Right,
    Centre,
}

/// <summary>Text as it was captured: fixed-pitch on a tint, line feeds kept, long lines broken anywhere, split over pages.</summary>
public sealed record Verbatim(string Text) : Block
{
    /// <summary>Lines are numbered from 1 in the margin of the box (as an artifact: not part of the text).</summary>
    public bool LineNumbers { get; init; }
}

/// <summary>A list with bullets or numbers.</summary>
public sealed record ItemList(IReadOnlyList<ListItem> Items) : Block
{
    /// <summary>Numbered 1., 2., 3. instead of bullets.</summary>
    public bool Numbered { get; init; }
}

/// <summary>One item of a list: blocks, so that lists nest.</summary>
public sealed record ListItem(IReadOnlyList<Block> Content)
{
    public static implicit operator ListItem(string text) => new([new Paragraph([text])]);

    public static ListItem Of(params Span[] spans) => new([new Paragraph(spans)]);
}

/// <summary>A box with a coloured edge. It may break over pages.</summary>
public sealed record Note(IReadOnlyList<Block> Content) : Block
{
    /// <summary>Bold first line, or null.</summary>
    public string? Title { get; init; }

    /// <summary>Colour of the edge; the ground is its tint. The words must carry the meaning.</summary>
    public Colour Edge { get; init; } = Palette.Accent;
}

/// <summary>Pairs of name and value, one below the other in one or more columns.</summary>
public sealed record KeyValues(IReadOnlyList<KeyValue> Pairs) : Block
{
    /// <summary>How many pairs stand side by side: 1 to 3.</summary>
    public int Columns { get; init; } = 1;
}

public sealed record KeyValue(string Key, IReadOnlyList<Span> Value)
{
    public static KeyValue Of(string key, params Span[] value) => new(key, value);
}

/// <summary>Blocks side by side. They stay on one page; columns taller than a page are set one below the other.</summary>
public sealed record Columns(IReadOnlyList<SideColumn> Items) : Block
{
    /// <summary>Space between the columns in points.</summary>
    public double Gap { get; init; } = 18;
}

/// <param name="Weight">Share of the width, relative to the other columns.</param>
/// <param name="Content">The blocks in this column.</param>
public sealed record SideColumn(double Weight, IReadOnlyList<Block> Content);

/// <summary>Blocks that stay on one page when one page can hold them.</summary>
public sealed record KeepTogether(IReadOnlyList<Block> Content) : Block;

/// <summary>The next block begins on a new page (no effect on an empty page).</summary>
public sealed record PageBreak : Block;

/// <summary>Empty room in points; vanishes at the top of a page.</summary>
public sealed record Spacer(double Height) : Block;

/// <summary>A thin line across the text.</summary>
public sealed record Rule : Block;

/// <summary>The table of contents: all listed headings with their page numbers, as links.</summary>
public sealed record Contents(string Title) : Block
{
    /// <summary>Deepest level of heading that is listed.</summary>
    public int MaxLevel { get; init; } = 2;
}
