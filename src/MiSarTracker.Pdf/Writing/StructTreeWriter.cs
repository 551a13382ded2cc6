namespace MiSarTracker.Pdf.Writing;

/// <summary>Writes the tag tree, and the tree that leads back from a page's content to its element.</summary>
internal static class StructTreeWriter
{
    private const int NumbersPerNode = 64;

    /// <summary>Gives every element and every link its object; called before anything that refers to them is written.</summary>
    public static void Number(PdfFile file, StructElement element)
    {
        element.ObjectId = file.Reserve();
        for (int i = 0; i < element.Kids.Count; i++)
        {
            if (element.Kids[i] is StructElement child)
                Number(file, child);
        }
    }

    /// <returns>The structure tree's root.</returns>
    public static int Write(PdfFile file, StructElement document, IReadOnlyList<PageCanvas> pages)
    {
        int root = file.Reserve();
        WriteElement(file, document, root, new ByteWriter());
        int parents = WriteParents(file, pages);
        file.Write(root, new ByteWriter().Raw("<</Type/StructTreeRoot/K ").Reference(document.ObjectId)
            .Raw("/RoleMap<</Title/P>>/ParentTree ").Reference(parents)
            .Raw("/ParentTreeNextKey ").Number(pages.Count + pages.Sum(p => p.Links.Count)).Raw(">>"));
        return root;
    }

    private static void WriteElement(PdfFile file, StructElement element, int parent, ByteWriter value)
    {
        var own = PageOf(element.Kids);
        value.Restart().Raw("<</S/").Raw(element.Type).Raw("/P ").Reference(parent);
        if (own is not null)
            value.Raw("/Pg ").Reference(own.ObjectId);
        if (element.Alt is { } alt)
            value.Raw("/Alt").Text(alt);
        if (element.Lang is { } lang)
            value.Raw("/Lang").Ascii(lang);
        if (element.Attributes is { } attributes)
            value.Raw("/A").Raw(attributes);
        if (element.Kids.Count > 0)
            WriteKids(value, element.Kids, own);
        file.Write(element.ObjectId, value.Raw(">>"));
        for (int i = 0; i < element.Kids.Count; i++)
        {
            if (element.Kids[i] is StructElement child)
                WriteElement(file, child, element.ObjectId, value);
        }
    }

    /// <summary>The page of the element's first content of its own.</summary>
    private static PageCanvas? PageOf(IReadOnlyList<object> kids)
    {
        for (int i = 0; i < kids.Count; i++)
        {
            if (kids[i] is MarkedContent content)
                return content.Page;
        }
        return null;
    }

    private static void WriteKids(ByteWriter value, IReadOnlyList<object> kids, PageCanvas? own)
    {
        value.Raw("/K[");
        for (int i = 0; i < kids.Count; i++)
        {
            if (i > 0)
                value.Raw(" ");
            switch (kids[i])
            {
                case StructElement child:
                    value.Reference(child.ObjectId);
                    break;
                case MarkedContent content when content.Page == own:
                    value.Number(content.Id);
                    break;
                case MarkedContent content:
                    value.Raw("<</Type/MCR/Pg ").Reference(content.Page.ObjectId).Raw("/MCID ").Number(content.Id).Raw(">>");
                    break;
                case LinkAnnotation link:
                    value.Raw("<</Type/OBJR/Pg ").Reference(link.Page.ObjectId).Raw("/Obj ").Reference(link.ObjectId).Raw(">>");
                    break;
            }
        }
        value.Raw("]");
    }

    private static int WriteParents(PdfFile file, IReadOnlyList<PageCanvas> pages)
    {
        var entries = new List<(int Key, string Value)>();
        foreach (var page in pages)
            entries.Add((page.Number - 1, "[" + string.Join(' ', page.Owners.Select(o => $"{o.ObjectId} 0 R")) + "]"));
        foreach (var link in pages.SelectMany(p => p.Links))
            entries.Add((link.StructParent, $"{link.Element.ObjectId} 0 R"));
        var nodes = new ByteWriter().Raw("<</Kids[");
        foreach (var part in entries.OrderBy(e => e.Key).Chunk(NumbersPerNode))
        {
            var node = new ByteWriter().Raw("<</Limits[").Number(part[0].Key).Raw(" ").Number(part[^1].Key).Raw("]/Nums[");
            foreach (var (key, value) in part)
                node.Number(key).Raw(" ").Raw(value).Raw(" ");
            nodes.Reference(file.Write(node.Raw("]>>"))).Raw(" ");
        }
        return file.Write(nodes.Raw("]>>"));
    }
}
