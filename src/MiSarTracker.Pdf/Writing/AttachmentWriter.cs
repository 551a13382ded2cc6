using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf.Writing;

/// <summary>Embeds files as PDF/A-3 wants them: with media type, date, relationship, and named twice.</summary>
internal static class AttachmentWriter
{
    /// <returns>Entries of the catalog, empty when there are no attachments.</returns>
    public static ByteWriter Write(PdfFile file, Document document)
    {
        var catalog = new ByteWriter();
        if (document.Attachments.Count == 0)
            return catalog;
        // The format wants names sorted, by the bytes of the strings as written.
        Attachment[] sorted = [.. document.Attachments.OrderBy(a => a.Name, StringComparer.Ordinal)];
        int[] ids = [.. sorted.Select(a => WriteOne(file, a, document.Meta.Created))];
        var names = new ByteWriter();
        for (int i = 0; i < sorted.Length; i++)
            names.Text(sorted[i].Name).Raw(" ").Reference(ids[i]).Raw(" ");
        catalog.Raw("/Names<</EmbeddedFiles<</Names[").Raw(names.Written).Raw("]>>>>/AF[");
        foreach (int id in ids)
            catalog.Reference(id).Raw(" ");
        return catalog.Raw("]");
    }

    private static int WriteOne(PdfFile file, Attachment attachment, DateTimeOffset created)
    {
        var modified = attachment.Modified ?? created;
        var entries = new ByteWriter().Raw("/Type/EmbeddedFile/Subtype").Name(attachment.MediaType).Raw("/Params<</Size ")
            .Number(attachment.Content.Length).Raw("/ModDate").Date(modified).Raw(">>");
        int content = file.WriteStream(entries.Written, attachment.Content);
        var spec = new ByteWriter().Raw("<</Type/Filespec/F").Text(attachment.Name).Raw("/UF").Text(attachment.Name)
            .Raw("/AFRelationship/").Raw(attachment.Relationship.ToString()).Raw("/EF<</F ").Reference(content)
            .Raw("/UF ").Reference(content).Raw(">>");
        if (attachment.Description is { } description)
            spec.Raw("/Desc").Text(description);
        return file.Write(spec.Raw(">>"));
    }
}
