using System.Globalization;
using MiSarTracker.Pdf.Model;
using MiSarTracker.Pdf.Writing;

namespace MiSarTracker.Pdf.Layout;

/// <summary>Turns blocks into items, lazily and in reading order, and grows the tag tree with them.</summary>
internal sealed class Composer(TextSetter text, IReadOnlyList<ListedHeading> headings, double pageHeight)
{
    private const double ListIndent = 16;
    private readonly TableComposer _tables = new(text);
    private readonly PictureComposer _pictures = new(text);
    private int _nextHeading;

    /// <summary>The items of the whole document; each heading of level 1 opens a section in the tag tree.</summary>
    public IEnumerable<Item> Body(IReadOnlyList<Block> blocks, double x, double width, StructElement root)
    {
        var frame = new Frame(x, width, root);
        foreach (var block in blocks)
        {
            if (block is Heading { Level: <= 1 })
                frame = frame with { Parent = new(root, "Sect") };
            foreach (var item in Items(block, frame))
                yield return item;
        }
    }

    private IEnumerable<Item> Items(Block block, Frame frame)
    {
        if (block.Lang is { } lang)
            frame = frame with { Parent = new(frame.Parent, "Div") { Lang = lang } };
        var items = ItemsOf(block, frame);
        return block.Anchor is null && !block.KeepWithNext ? items : Marked(items, block);
    }

    private IEnumerable<Item> ItemsOf(Block block, Frame frame) => block switch
    {
        Title title => TitleItems(title, frame),
        Heading heading => HeadingItems(heading, frame),
        Paragraph paragraph => ParagraphItems(paragraph, frame),
        Verbatim verbatim => VerbatimItems(verbatim, frame),
        ItemList list => ListItems(list, frame),
        Note note => NoteItems(note, frame),
        KeyValues grid => _tables.Items(KeyValueTable.Of(grid), KeyValueTable.Flush(frame), KeyValueTable.Gap, grid),
        Table table => _tables.Items(table, frame),
        Columns columns => ColumnItems(columns, frame),
        KeepTogether together => Together(together.Content.SelectMany(b => Items(b, frame))),
        Picture picture => _pictures.Items(picture, frame, pageHeight),
        Contents contents => new ContentsComposer(text).Items(contents, headings, frame),
        PageBreak => [new PageBreakItem { Height = 0 }],
        Spacer spacer => [new GapItem(vanishes: true) { Height = spacer.Height }],
        Rule => [new RuleItem(frame.X, frame.Width) { Height = 0.6, Above = 8, Below = 8 }],
        _ => throw new ArgumentException($"The engine does not know blocks of the kind {block.GetType().Name}."),
    };

    private static IEnumerable<Item> Marked(IEnumerable<Item> items, Block block)
    {
        bool first = block.Anchor is not null;
        Item? held = null;
        foreach (var item in items)
        {
            if (first && item is not PageBreakItem)
            {
                item.Anchors.Add(block.Anchor!);
                first = false;
            }
            if (held is not null)
                yield return held;
            held = item;
        }
        if (held is null)
            yield break;
        held.KeepWithNext |= block.KeepWithNext;
        yield return held;
    }

    private List<Item> TitleItems(Title title, Frame frame)
    {
        var items = text.Items([title.Text], TextStyle.Title, new(frame.Parent, "Title"), frame);
        if (title.Subtitle is { } subtitle)
            items.AddRange(text.Items([subtitle], TextStyle.Subtitle, new(frame.Parent, "P"), frame));
        foreach (var item in items)
            item.KeepWithNext = true;
        items[^1].Below = 14;
        return items;
    }

    private List<Item> HeadingItems(Heading heading, Frame frame)
    {
        if (heading.Level is < 1 or > 6)
            throw new ArgumentException($"The heading '{heading.Text}' has level {heading.Level}; levels are 1 to 6.");
        var style = TextStyle.Heading(heading.Level);
        var tag = new StructElement(frame.Parent, "H" + heading.Level.ToString(CultureInfo.InvariantCulture));
        var items = text.Items([heading.Text], style, tag, frame);
        foreach (var item in items)
            item.KeepWithNext = true;
        items[0].Above = heading.Level switch { 1 => 24, 2 => 16, _ => 10 };
        items[^1].Below = heading.Level switch { 1 => 7, 2 => 4, _ => 2 };
        if (heading.Listed)
            items[0].Anchors.Add(headings[_nextHeading++].Anchor);
        if (heading.StartsPage)
            items.Insert(0, new PageBreakItem { Height = 0 });
        return items;
    }

    private List<Item> ParagraphItems(Paragraph paragraph, Frame frame)
    {
        var items = text.Items(paragraph.Spans, TextStyle.Of(paragraph.Size), new(frame.Parent, "P"), frame, paragraph.Align);
        items[^1].Below = paragraph.Size == TextSize.Small ? 5 : 6;
        return items;
    }

    private List<Item> VerbatimItems(Verbatim verbatim, Frame frame)
    {
        var style = TextStyle.Verbatim;
        var tag = new StructElement(frame.Parent, "Code");
        var items = new List<Item>();
        string[] source = verbatim.Text.Split('\n');
        int count = source.Length > 1 && source[^1].Length == 0 ? source.Length - 1 : source.Length;
        double margin = verbatim.LineNumbers
            ? text.Line(count.ToString(CultureInfo.InvariantCulture), style, null).Width + 12 : 6;
        for (int i = 0; i < count; i++)
        {
            var lines = text.Lines([source[i].TrimEnd('\r')], style, tag, frame.Width - margin - 6, keepIndentation: true);
            for (int k = 0; k < lines.Count; k++)
                items.Add(new LineItem(lines[k], frame.X + margin, TextLine.Baseline(style), text.Fonts)
                {
                    Height = style.Leading,
                    Label = k == 0 && verbatim.LineNumbers ? LineNumber(i + 1, frame.X + margin - 6, style) : null,
                });
        }
        items[0].KeepWithNext = items.Count > 1;
        if (items.Count > 2)
            items[^2].KeepWithNext = true;
        return Boxed(items, new(frame.X, frame.Width, Palette.Zebra, null), 4);
    }

    private SideLabel LineNumber(int number, double right, TextStyle style)
    {
        var line = text.Line(number.ToString(CultureInfo.InvariantCulture), style with { Colour = Palette.Muted }, null);
        return new(line, right - line.Width, TextLine.Baseline(style), text.Fonts);
    }

    private IEnumerable<Item> ListItems(ItemList list, Frame frame)
    {
        var tag = new StructElement(frame.Parent, "L") { Attributes = list.Numbered ? "<</O/List/ListNumbering/Decimal>>" : "<</O/List/ListNumbering/Disc>>" };
        for (int i = 0; i < list.Items.Count; i++)
        {
            var element = new StructElement(tag, "LI");
            string mark = list.Numbered ? (i + 1).ToString(CultureInfo.InvariantCulture) + "." : "•";
            var line = text.Line(mark, TextStyle.Body, new(element, "Lbl"));
            var label = new SideLabel(line, list.Numbered ? frame.X + ListIndent - 4 - line.Width : frame.X + 4, TextLine.Baseline(TextStyle.Body), text.Fonts);
            var body = frame.Indented(ListIndent, new(element, "LBody"));
            foreach (var item in list.Items[i].Content.SelectMany(b => Items(b, body)))
            {
                item.Label ??= label;
                label = item.Label == label ? null : label;
                item.Below = Math.Min(item.Below, i == list.Items.Count - 1 ? 6 : 3);
                yield return item;
            }
        }
    }

    private List<Item> NoteItems(Note note, Frame frame)
    {
        var inner = new Frame(frame.X + 12, frame.Width - 22, new(frame.Parent, "Div"));
        var items = new List<Item>();
        if (note.Title is { } title)
        {
            items.AddRange(text.Items([Span.Bold(title)], TextStyle.Body, new(inner.Parent, "P"), inner));
            items[^1].Below = 2;
            foreach (var item in items)
                item.KeepWithNext = true;
        }
        items.AddRange(note.Content.SelectMany(b => Items(b, inner)));
        return items.Count == 0 ? [] : Boxed(items, new(frame.X, frame.Width, note.Edge.Tint(0.08), note.Edge), 6);
    }

    /// <summary>Puts items on a ground with some room above and below.</summary>
    private static List<Item> Boxed(List<Item> items, Strip strip, double padding)
    {
        items[0].Above = 0;
        items[^1].Below = 0;
        items[^1].KeepWithNext = true;
        items.Insert(0, new GapItem(vanishes: false) { Height = padding, Above = 8, KeepWithNext = true });
        items.Add(new GapItem(vanishes: false) { Height = padding, Below = 10 });
        for (int i = 0; i < items.Count; i++)
            items[i].Strips.Insert(0, new(strip, i == 0));
        return items;
    }

    private IEnumerable<Item> ColumnItems(Columns columns, Frame frame)
    {
        if (columns.Items.Count == 0)
            return [];
        double weights = columns.Items.Sum(c => c.Weight);
        double room = frame.Width - columns.Gap * (columns.Items.Count - 1);
        var sides = new List<IReadOnlyList<Item>>();
        double x = frame.X, height = 0;
        foreach (var column in columns.Items)
        {
            double width = room * column.Weight / weights;
            Item[] items = [.. column.Content.SelectMany(b => Items(b, new(x, width, new(frame.Parent, "Div"))))];
            sides.Add([.. items.Where(i => i is not PageBreakItem)]);
            height = Math.Max(height, HeightOf(sides[^1]));
            x += width + columns.Gap;
        }
        return height <= pageHeight
            ? [new SideBySideItem(sides) { Height = height, Below = 8, Above = 4 }]
            : sides.SelectMany(s => s);
    }

    private static IEnumerable<Item> Together(IEnumerable<Item> items)
    {
        Item? held = null;
        foreach (var item in items)
        {
            if (held is not null)
            {
                held.KeepWithNext = true;
                yield return held;
            }
            held = item;
        }
        if (held is not null)
            yield return held;
    }

    private static double HeightOf(IReadOnlyList<Item> items)
    {
        double sum = 0;
        for (int i = 0; i < items.Count; i++)
            sum += items[i].Height + (i == 0 ? 0 : Math.Max(items[i - 1].Below, items[i].Above));
        return sum;
    }
}
