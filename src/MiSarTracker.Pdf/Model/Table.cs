namespace MiSarTracker.Pdf.Model;

/// <summary>
/// A table with horizontal rules. It breaks over pages between rows; the header rows stand again on each page.
/// Every row has as many cells as there are columns, counted with <see cref="Cell.ColumnSpan"/>; missing cells are empty.
/// </summary>
public sealed record Table(IReadOnlyList<Column> Columns, IReadOnlyList<Row> Rows) : Block
{
    /// <summary>Bold line above the table, or null.</summary>
    public string? Caption { get; init; }

    /// <summary>Null: one header row made of <see cref="Column.Header"/>. Empty: no header.</summary>
    public IReadOnlyList<Row>? HeaderRows { get; init; }

    /// <summary>Every second row has a light ground.</summary>
    public bool Zebra { get; init; }

    /// <summary>A thin rule below every row (with <see cref="Zebra"/>: below the last one).</summary>
    public bool Rules { get; init; } = true;

    /// <summary>False: the table is only as wide as its content needs (when no column is relative).</summary>
    public bool FullWidth { get; init; } = true;

    /// <summary>8 instead of 8.5 pt and less air, for registers and long lists.</summary>
    public bool Compact { get; init; }
}

/// <param name="Header">Its heading; may be empty.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="Align">How its cells, with the heading, are aligned.</param>
public sealed record Column(string Header, ColumnWidth Width, Align Align = Align.Left)
{
    /// <summary>The cells of this column name their rows (tagged as row headers).</summary>
    public bool NamesRow { get; init; }

    /// <summary>As wide as its content when there is room, narrower when there is not.</summary>
    public static Column Auto(string header, Align align = Align.Left) => new(header, ColumnWidth.Auto, align);

    /// <summary>For numbers: as wide as its content, aligned right, figures of equal width.</summary>
    public static Column Number(string header) => new(header, ColumnWidth.Auto, Align.Right);

    /// <summary>A fixed width in points.</summary>
    public static Column Fixed(string header, double points, Align align = Align.Left) =>
        new(header, ColumnWidth.Fixed(points), align);

    /// <summary>A share of what the other columns leave.</summary>
    public static Column Relative(string header, double weight = 1, Align align = Align.Left) =>
        new(header, ColumnWidth.Relative(weight), align);
}

/// <summary>Fixed points, a relative weight, or what the content needs.</summary>
public readonly record struct ColumnWidth
{
    private ColumnWidth(ColumnSizing sizing, double value) => (Sizing, Value) = (sizing, value);

    public ColumnSizing Sizing { get; }

    /// <summary>Points (fixed) or weight (relative).</summary>
    public double Value { get; }

    public static ColumnWidth Auto => default;

    public static ColumnWidth Fixed(double points) => new(ColumnSizing.Fixed, points);

    public static ColumnWidth Relative(double weight) => new(ColumnSizing.Relative, weight);
}

public enum ColumnSizing
{
    Auto,
    Fixed,
    Relative,
}

public sealed record Row(IReadOnlyList<Cell> Cells)
{
    /// <summary>Name to which <see cref="Span.Ref"/> jumps.</summary>
    public string? Anchor { get; init; }

    /// <summary>Ground of the row; a cell's own ground wins.</summary>
    public Colour? Background { get; init; }

    /// <summary>True: the row breaks over pages only when it is taller than a page.</summary>
    public bool KeepTogether { get; init; } = true;

    /// <summary>Stands on the same page as the next row.</summary>
    public bool KeepWithNext { get; init; }

    public static Row Of(params Cell[] cells) => new(cells);
}

/// <summary>The content of a cell. Text and spans convert by themselves: <c>Row.Of("steps", Span.Bold("1 204"))</c>.</summary>
public sealed record Cell(IReadOnlyList<Span> Spans)
{
    public Colour? Background { get; init; }

    /// <summary>Null: as the column says.</summary>
    public Align? Align { get; init; }

    /// <summary>How many columns it covers.</summary>
    public int ColumnSpan { get; init; } = 1;

    public static Cell Empty { get; } = new([]);

    public static implicit operator Cell(string text) => new([new Span(text)]);

    public static implicit operator Cell(Span span) => new([span]);

    public static Cell Of(params Span[] spans) => new(spans);
}
