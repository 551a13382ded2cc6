using MiSarTracker.Pdf.Layout;

namespace MiSarTracker.Pdf.Writing;

/// <summary>Writes the bookmarks: the listed headings as a tree.</summary>
internal static class OutlineWriter
{
    /// <returns>The outline, or 0 when there are no headings.</returns>
    public static int Write(PdfFile file, IReadOnlyList<ListedHeading> headings, IReadOnlyDictionary<string, Destination> destinations)
    {
        if (headings.Count == 0)
            return 0;
        var top = new Node(null, null) { ObjectId = file.Reserve() };
        var open = top;
        foreach (var heading in headings)
        {
            while (open.Heading is { } above && above.Level >= heading.Level)
                open = open.Parent!;
            open = new(heading, open) { ObjectId = file.Reserve() };
        }
        file.Write(top.ObjectId, new ByteWriter().Raw("<</Type/Outlines/First ").Reference(top.Kids[0].ObjectId)
            .Raw("/Last ").Reference(top.Kids[^1].ObjectId).Raw("/Count ").Number(top.Kids.Count).Raw(">>"));
        WriteKids(file, top, destinations);
        return top.ObjectId;
    }

    private static void WriteKids(PdfFile file, Node parent, IReadOnlyDictionary<string, Destination> destinations)
    {
        for (int i = 0; i < parent.Kids.Count; i++)
        {
            var node = parent.Kids[i];
            var value = new ByteWriter().Raw("<</Title").Text(node.Heading!.Text).Raw("/Parent ").Reference(parent.ObjectId)
                .Raw("/Dest").Destination(destinations[node.Heading.Anchor]);
            if (i > 0)
                value.Raw("/Prev ").Reference(parent.Kids[i - 1].ObjectId);
            if (i < parent.Kids.Count - 1)
                value.Raw("/Next ").Reference(parent.Kids[i + 1].ObjectId);
            if (node.Kids.Count > 0)
            {
                // A negative count: the entry is closed at first.
                value.Raw("/First ").Reference(node.Kids[0].ObjectId).Raw("/Last ").Reference(node.Kids[^1].ObjectId)
                    .Raw("/Count ").Number(-node.Kids.Count);
            }
            file.Write(node.ObjectId, value.Raw(">>"));
            WriteKids(file, node, destinations);
        }
    }

    private sealed class Node
    {
        public Node(ListedHeading? heading, Node? parent)
        {
            (Heading, Parent) = (heading, parent);
            parent?.Kids.Add(this);
        }

        public ListedHeading? Heading { get; }

        public Node? Parent { get; }

        public List<Node> Kids { get; } = [];

        public required int ObjectId { get; init; }
    }
}
