namespace MiSarTracker.Pdf.Model;

/// <summary>Walks a document in reading order.</summary>
internal static class Tree
{
    /// <summary>The block, then everything inside it, depth first.</summary>
    public static IEnumerable<Block> WithDescendants(Block block) =>
        ChildrenOf(block).SelectMany(WithDescendants).Prepend(block);

    public static IEnumerable<string> AnchorsOf(Block block)
    {
        if (block.Anchor is { } own)
            yield return own;
        if (block is Table table)
            foreach (var row in table.Rows)
                if (row.Anchor is { } anchor)
                    yield return anchor;
    }

    /// <summary>The spans of the block itself, not those of blocks inside it.</summary>
    public static IEnumerable<Span> SpansOf(Block block) => block switch
    {
        Paragraph paragraph => paragraph.Spans,
        KeyValues grid => grid.Pairs.SelectMany(p => p.Value),
        Table table => (table.HeaderRows ?? []).Concat(table.Rows).SelectMany(r => r.Cells).SelectMany(c => c.Spans),
        Picture picture => picture.Caption,
        _ => [],
    };

    private static IEnumerable<Block> ChildrenOf(Block block) => block switch
    {
        Note note => note.Content,
        KeepTogether together => together.Content,
        ItemList list => list.Items.SelectMany(i => i.Content),
        Columns columns => columns.Items.SelectMany(c => c.Content),
        _ => [],
    };
}
