using System.Globalization;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Tables: shares the width, breaks the cells' text, yields one item for each row.</summary>
internal sealed class TableComposer(TextSetter text)
{
    /// <summary>No word claims more than this share of a table's width.</summary>
    private const double LongestWordShare = 0.22;

    private const int LongestWhole = 6;

    /// <param name="source">What the table was made of, when it is made anew for each pass.</param>
    public IEnumerable<Item> Items(Table table, Frame frame, double below = 12, object? source = null)
    {
        Check(table);
        var tag = new StructElement(frame.Parent, "Table");
        var caption = table.Caption is { } words ? CaptionItems(words, frame, tag) : [];
        foreach (var item in caption)
            yield return item;
        var set = new TableSet(table, frame, Widths(table, source ?? table, frame.Width), tag);
        IReadOnlyList<Row> headers = HeaderRows(table);
        Item[] header = [.. headers.Select((row, i) => HeaderRow(set, row, i == headers.Count - 1, new(tag, "TR")))];
        Item[] repeated = [.. headers.Select((row, i) => HeaderRow(set, row, i == headers.Count - 1, null))];
        if (header.Length > 0 && caption.Count == 0)
            header[0].Above = 8;
        if (header.Length > 0 && table.Rows.Count == 0)
            (header[^1].Below, header[^1].KeepWithNext) = (below, false);
        foreach (var item in header)
            yield return item;
        for (int i = 0; i < table.Rows.Count; i++)
        {
            var item = BodyRow(set, i, repeated);
            if (i == 0 && header.Length == 0 && caption.Count == 0)
                item.Above = 4;
            if (i == table.Rows.Count - 1)
                item.Below = below;
            item.KeepWithNext |= StaysWithNext(i, table.Rows.Count);
            yield return item;
        }
    }

    /// <summary>A short table stays whole; of a long one neither the first nor the last row stands alone on a page.</summary>
    private static bool StaysWithNext(int index, int count) =>
        index < count - 1 && (count <= LongestWhole || index == 0 || index == count - 2);

    private static void Check(Table table)
    {
        if (table.Columns.Count == 0)
            throw new ArgumentException("A table has at least one column.");
        foreach (var row in (table.HeaderRows ?? []).Concat(table.Rows))
            if (row.Cells.Sum(c => Math.Max(1, c.ColumnSpan)) > table.Columns.Count)
                throw new ArgumentException($"A row has more cells than the table's {table.Columns.Count} columns.");
    }

    private static IReadOnlyList<Row> HeaderRows(Table table) =>
        table.HeaderRows ?? (table.Columns.All(c => c.Header.Length == 0) ? [] : [new Row([.. table.Columns.Select(c => (Cell)c.Header)])]);

    private List<Item> CaptionItems(string words, Frame frame, StructElement tag)
    {
        var items = text.Items([words], TextStyle.Caption, new(tag, "Caption"), frame);
        foreach (var item in items)
            item.KeepWithNext = true;
        (items[0].Above, items[^1].Below) = (8, 2);
        return items;
    }

    private RowItem HeaderRow(TableSet set, Row row, bool isLast, StructElement? rowTag)
    {
        var look = set.Look(set.Table.Compact ? TextStyle.CompactHeader : TextStyle.TableHeader, row.Background)
            with
        { RuleWidth = isLast ? 0.9 : 0.3, RuleColour = isLast ? Palette.Muted : Palette.Rule };
        var cells = Cells(set, row, look, (cell, _) => rowTag is null ? null
            : new StructElement(rowTag, "TH") { Attributes = $"<</O/Table/Scope/Column{Span(cell)}>>" });
        return new(cells, look, text.Fonts, splitsFreely: false) { Height = RowItem.HeightOf(cells, look), KeepWithNext = true };
    }

    private RowItem BodyRow(TableSet set, int index, Item[] repeated)
    {
        var row = set.Table.Rows[index];
        var ground = row.Background ?? (set.Table.Zebra && index % 2 == 1 ? Palette.Zebra : null);
        var look = set.Look(set.Table.Compact ? TextStyle.CompactText : TextStyle.TableText, ground);
        if (set.Table.Rules && index == set.Table.Rows.Count - 1)
            look = look with { RuleWidth = 0.35 };
        var rowTag = new StructElement(set.Tag, "TR");
        var cells = Cells(set, row, look, (cell, column) => set.Table.Columns[column].NamesRow
            ? new(rowTag, "TH") { Attributes = $"<</O/Table/Scope/Row{Span(cell)}>>" }
            : new(rowTag, "TD") { Attributes = cell.ColumnSpan > 1 ? $"<</O/Table{Span(cell)}>>" : null });
        var item = new RowItem(cells, look, text.Fonts, !row.KeepTogether)
        {
            Height = RowItem.HeightOf(cells, look),
            Continuation = repeated,
            KeepWithNext = row.KeepWithNext,
        };
        if (row.Anchor is { } anchor)
            item.Anchors.Add(anchor);
        return item;
    }

    private CellBox[] Cells(TableSet set, Row row, RowLook look, Func<Cell, int, StructElement?> tagOf)
    {
        var boxes = new List<CellBox>();
        double x = set.Frame.X;
        int column = 0, index = 0;
        while (column < set.Widths.Length)
        {
            var cell = index < row.Cells.Count ? row.Cells[index++] : Cell.Empty;
            int span = Math.Max(1, cell.ColumnSpan);
            double width = set.Widths.AsSpan(column, span).ToArray().Sum();
            var lines = text.Lines(cell.Spans, look.Style, tagOf(cell, column), width - 2 * look.PaddingX);
            boxes.Add(new(x, width, lines, cell.Align ?? set.Table.Columns[column].Align, cell.Background));
            x += width;
            column += span;
        }
        return [.. boxes];
    }

    /// <summary>The width of each column. They are measured once: later passes differ from the first one in page numbers only.</summary>
    private double[] Widths(Table table, object source, double width)
    {
        if (text.Measured.TryGetValue(source, out var known) && known.Width.Equals(width))
            return known.Columns;
        var widths = Measured(table, width);
        if (!HasPageNumbers(table))
            text.Measured[source] = new(width, widths);
        return widths;
    }

    private static bool HasPageNumbers(Table table) =>
        (table.HeaderRows ?? []).Concat(table.Rows).Any(row => row.Cells.Any(cell => cell.Spans.Any(span => span.IsPageNumber)));

    private double[] Measured(Table table, double width)
    {
        var needs = new ColumnNeed[table.Columns.Count];
        double padding = 2 * TableSet.PaddingOf(table);
        double longestWord = width * LongestWordShare;
        foreach (var row in HeaderRows(table))
            Measure(row, table.Compact ? TextStyle.CompactHeader : TextStyle.TableHeader, needs, padding, longestWord);
        foreach (var row in table.Rows)
            Measure(row, table.Compact ? TextStyle.CompactText : TextStyle.TableText, needs, padding, longestWord);
        return ColumnWidths.Share(table.Columns, needs, width, table.FullWidth);
    }

    private void Measure(Row row, TextStyle style, ColumnNeed[] needs, double padding, double longestWord)
    {
        int column = 0;
        foreach (var cell in row.Cells)
        {
            if (cell.ColumnSpan <= 1)
            {
                var need = Needs.Of(text.Prepare(cell.Spans, style), text.Fonts, longestWord);
                needs[column] = new(Math.Max(needs[column].Least, need.Least + padding), Math.Max(needs[column].Most, need.Most + padding));
            }
            column += Math.Max(1, cell.ColumnSpan);
        }
    }

    private static string Span(Cell cell) =>
        cell.ColumnSpan > 1 ? "/ColSpan " + cell.ColumnSpan.ToString(CultureInfo.InvariantCulture) : "";
}

/// <summary>The widths of a table's columns inside a width.</summary>
internal sealed record MeasuredTable(double Width, double[] Columns);

/// <summary>A table with the widths of its columns.</summary>
internal sealed record TableSet(Table Table, Frame Frame, double[] Widths, StructElement Tag)
{
    /// <summary>Room left and right of a cell's text.</summary>
    public const double Padding = 4.5;

    public static double PaddingOf(Table table) => table.Compact ? 3 : Padding;

    public RowLook Look(TextStyle style, Colour? ground) => new(
        style, PaddingOf(Table), Table.Compact ? 1.5 : Table.Rules ? 2.6 : 1.5, Frame.X, Widths.Sum(), ground,
        Table.Rules && !Table.Zebra ? 0.35 : 0, Palette.Rule);
}
