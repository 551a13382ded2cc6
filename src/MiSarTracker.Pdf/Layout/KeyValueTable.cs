using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Pairs of name and value are a table without header and rules.</summary>
internal static class KeyValueTable
{
    /// <summary>Room below in points.</summary>
    public const double Gap = 8;

    /// <summary>Without rules to align to, the text itself stands at the margin.</summary>
    public static Frame Flush(Frame frame) => frame with { X = frame.X - TableSet.Padding, Width = frame.Width + 2 * TableSet.Padding };

    public static Table Of(KeyValues grid)
    {
        int side = Math.Clamp(grid.Columns, 1, 3);
        int rows = (grid.Pairs.Count + side - 1) / side;
        Column[] columns = [.. Enumerable.Repeat<Column[]>([Column.Auto("") with { NamesRow = true }, Column.Relative("")], side).SelectMany(c => c)];
        // Down the first column, then down the next one.
        var lines = Enumerable.Range(0, rows).Select(row => new Row([.. Enumerable.Range(0, side)
            .Select(column => row + column * rows)
            .SelectMany(index => index < grid.Pairs.Count ? CellsOf(grid.Pairs[index]) : [Cell.Empty, Cell.Empty])]));
        return new(columns, [.. lines]) { HeaderRows = [], Rules = false };
    }

    private static Cell[] CellsOf(KeyValue pair) => [new([Span.Muted(pair.Key)]), new(pair.Value)];
}
