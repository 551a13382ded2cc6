namespace MiSarTracker.Pdf.Model;

/// <summary>Composes blocks in reading order. A thin builder: each call adds one block; <see cref="Add"/> takes any.</summary>
/// <example><code>
/// var body = new Flow()
///     .Title("What Xiaomi disclosed", "Case SAR-2026-0001")
///     .Contents("Contents")
///     .Heading(1, "Summary", "summary")
///     .Paragraph("Xiaomi disclosed ", Span.Bold("21 344"), " of 27 663 minutes; see ", Span.RefTo("F-001", "F-001"), ".")
///     .Table([Column.Auto("Category"), Column.Number("Uploaded")], [Row.Of("steps", "1 204")])
///     .Note("Limits", n => n.Paragraph("What the capture does not cover cannot be compared."))
///     .Build();
/// </code></example>
public sealed class Flow
{
    private readonly List<Block> _blocks = [];

    public Flow Add(Block block)
    {
        _blocks.Add(block);
        return this;
    }

    public Flow AddRange(IEnumerable<Block> blocks)
    {
        _blocks.AddRange(blocks);
        return this;
    }

    public Flow Title(string text, string? subtitle = null) => Add(new Title(text, subtitle));

    public Flow Heading(int level, string text, string? anchor = null) => Add(new Heading(level, text) { Anchor = anchor });

    public Flow Paragraph(params Span[] spans) => Add(new Paragraph(spans));

    /// <summary>The sentence that a hurried reader should see.</summary>
    public Flow Lead(params Span[] spans) => Add(new Paragraph(spans) { Size = TextSize.Lead });

    /// <summary>An aside in small grey type.</summary>
    public Flow Small(params Span[] spans) => Add(new Paragraph(spans) { Size = TextSize.Small });

    public Flow Verbatim(string text) => Add(new Verbatim(text));

    public Flow Bullets(params ListItem[] items) => Add(new ItemList(items));

    public Flow Numbered(params ListItem[] items) => Add(new ItemList(items) { Numbered = true });

    public Flow Table(IReadOnlyList<Column> columns, IReadOnlyList<Row> rows, string? caption = null) =>
        Add(new Table(columns, rows) { Caption = caption });

    public Flow KeyValues(params KeyValue[] pairs) => Add(new KeyValues(pairs));

    public Flow Note(string? title, Action<Flow> content) => Note(title, Palette.Accent, content);

    public Flow Note(string? title, Colour edge, Action<Flow> content) =>
        Add(new Note(Compose(content)) { Title = title, Edge = edge });

    public Flow KeepTogether(Action<Flow> content) => Add(new KeepTogether(Compose(content)));

    /// <summary>Two columns of equal width.</summary>
    public Flow SideBySide(Action<Flow> left, Action<Flow> right) =>
        Add(new Columns([new(1, Compose(left)), new(1, Compose(right))]));

    public Flow Contents(string title, int maxLevel = 2) => Add(new Contents(title) { MaxLevel = maxLevel });

    public Flow PageBreak() => Add(new PageBreak());

    public Flow Spacer(double points) => Add(new Spacer(points));

    public Flow Rule() => Add(new Rule());

    /// <summary>The blocks so far; the builder may be used further without touching what was returned.</summary>
    public IReadOnlyList<Block> Build() => [.. _blocks];

    private static IReadOnlyList<Block> Compose(Action<Flow> content)
    {
        var flow = new Flow();
        content(flow);
        return flow.Build();
    }
}
