using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Layout;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf.Writing;

/// <summary>Everything that layout knows about a document.</summary>
internal sealed record LaidOut(Placement Placement, StructElement Root, IReadOnlyList<ListedHeading> Headings);

/// <summary>Writes a laid-out document as one file.</summary>
internal sealed class PdfAssembler(Document document, LaidOut laidOut, FontSet fonts, string producer)
{
    private readonly IReadOnlyList<PageCanvas> _pages = laidOut.Placement.Pages;

    public void Write(Stream output, CancellationToken cancellationToken)
    {
        using var file = new PdfFile(output);
        int catalog = file.Reserve(), pageTree = file.Reserve(), resources = file.Reserve();
        StructTreeWriter.Number(file, laidOut.Root);
        NumberPagesAndLinks(file);
        foreach (var page in _pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WritePage(file, page, pageTree, resources);
        }
        WritePageTree(file, pageTree);
        WriteResources(file, resources);
        WriteCatalog(file, catalog, pageTree);
        file.Finish(catalog, WriteInfo(file));
    }

    private void NumberPagesAndLinks(PdfFile file)
    {
        int key = _pages.Count;
        foreach (var page in _pages)
        {
            page.ObjectId = file.Reserve();
            foreach (var link in page.Links)
                (link.ObjectId, link.StructParent) = (file.Reserve(), key++);
        }
    }

    private void WritePage(PdfFile file, PageCanvas page, int pageTree, int resources)
    {
        int content = file.WriteStream([], page.Content);
        var value = new ByteWriter().Raw("<</Type/Page/Parent ").Reference(pageTree).Raw("/Resources ").Reference(resources)
            .Raw("/Contents ").Reference(content).Raw("/StructParents ").Number(page.Number - 1);
        if (page.Links.Count > 0)
        {
            value.Raw("/Tabs/S/Annots[");
            foreach (var link in page.Links)
                value.Reference(link.ObjectId).Raw(" ");
            value.Raw("]");
        }
        file.Write(page.ObjectId, value.Raw(">>"));
        foreach (var link in page.Links)
            file.Write(link.ObjectId, LinkValue(link));
    }

    private ByteWriter LinkValue(LinkAnnotation link)
    {
        // Flag 4: printed with the page, as PDF/A asks; the link draws nothing itself.
        var value = new ByteWriter().Raw("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[")
            .Numbers(link.Left, link.Bottom, link.Right, link.Top).Raw("]/Contents").Text(link.Description)
            .Raw("/StructParent ").Number(link.StructParent);
        if (link.Target.Address is { } address)
            value.Raw("/A<</S/URI/URI").Ascii(address).Raw(">>");
        else if (link.Target.Anchor is { } anchor && laidOut.Placement.Destinations.TryGetValue(anchor, out var destination))
            value.Raw("/Dest").Destination(destination);
        return value.Raw(">>");
    }

    private void WritePageTree(PdfFile file, int pageTree)
    {
        var value = new ByteWriter().Raw("<</Type/Pages/MediaBox[0 0 ").Numbers(document.Page.Width, document.Page.Height)
            .Raw("]/Count ").Number(_pages.Count).Raw("/Kids[");
        foreach (var page in _pages)
            value.Reference(page.ObjectId).Raw(" ");
        file.Write(pageTree, value.Raw("]>>"));
    }

    private void WriteResources(PdfFile file, int resources)
    {
        var value = new ByteWriter().Raw("<</Font<<");
        foreach (var face in fonts.Faces.Where(f => f.Used.Count > 0))
            value.Raw("/F").Number(face.Number).Raw(" ").Reference(FontWriter.Write(file, face));
        file.Write(resources, value.Raw(">>>>"));
    }

    private void WriteCatalog(PdfFile file, int catalog, int pageTree)
    {
        int tags = StructTreeWriter.Write(file, laidOut.Root, _pages);
        int metadata = file.WriteStream("/Type/Metadata/Subtype/XML"u8, Xmp.Packet(document.Meta, producer), compress: false);
        int profile = file.WriteStream("/N 3"u8, SrgbProfile.Make());
        var value = new ByteWriter().Raw("<</Type/Catalog/Pages ").Reference(pageTree).Raw("/Lang").Ascii(document.Meta.Lang)
            .Raw("/MarkInfo<</Marked true>>/StructTreeRoot ").Reference(tags).Raw("/Metadata ").Reference(metadata)
            .Raw("/ViewerPreferences<</DisplayDocTitle true>>/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1")
            .Raw("/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile ").Reference(profile).Raw(">>]");
        int outline = OutlineWriter.Write(file, laidOut.Headings, laidOut.Placement.Destinations);
        if (outline != 0)
            value.Raw("/PageMode/UseOutlines/Outlines ").Reference(outline);
        file.Write(catalog, value.Raw(AttachmentWriter.Write(file, document).Written).Raw(">>"));
    }

    private int WriteInfo(PdfFile file)
    {
        var meta = document.Meta;
        var value = new ByteWriter().Raw("<</Title").Text(meta.Title).Raw("/Producer").Text(producer)
            .Raw("/CreationDate").Date(meta.Created).Raw("/ModDate").Date(meta.Created);
        if (meta.Author is { } author)
            value.Raw("/Author").Text(author);
        if (meta.Subject is { } subject)
            value.Raw("/Subject").Text(subject);
        if (meta.Keywords.Count > 0)
            value.Raw("/Keywords").Text(Xmp.Keywords(meta));
        if (meta.Creator is { } creator)
            value.Raw("/Creator").Text(creator);
        return file.Write(value.Raw(">>"));
    }
}
