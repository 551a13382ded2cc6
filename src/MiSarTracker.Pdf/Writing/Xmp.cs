using System.Globalization;
using System.Security;
using System.Text;
using MiSarTracker.Pdf.Fonts;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Pdf.Writing;

/// <summary>The document's properties as an XMP packet; they say the same as the information dictionary.</summary>
internal static class Xmp
{
    public static byte[] Packet(DocumentMeta meta, string producer)
    {
        string date = meta.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var xml = new StringBuilder()
            .Append("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n")
            .Append("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n")
            .Append("<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"")
            .Append(" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n")
            .Append("<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n<dc:format>application/pdf</dc:format>\n")
            .Append($"<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{Safe(meta.Title)}</rdf:li></rdf:Alt></dc:title>\n")
            .Append($"<dc:language><rdf:Bag><rdf:li>{Safe(meta.Lang)}</rdf:li></rdf:Bag></dc:language>\n");
        if (meta.Author is { } author)
            xml.Append($"<dc:creator><rdf:Seq><rdf:li>{Safe(author)}</rdf:li></rdf:Seq></dc:creator>\n");
        if (meta.Subject is { } subject)
            xml.Append($"<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{Safe(subject)}</rdf:li></rdf:Alt></dc:description>\n");
        if (meta.Keywords.Count > 0)
            xml.Append($"<pdf:Keywords>{Safe(Keywords(meta))}</pdf:Keywords>\n");
        if (meta.Creator is { } creator)
            xml.Append($"<xmp:CreatorTool>{Safe(creator)}</xmp:CreatorTool>\n");
        xml.Append($"<pdf:Producer>{Safe(producer)}</pdf:Producer>\n<xmp:CreateDate>{date}</xmp:CreateDate>\n<xmp:ModifyDate>{date}</xmp:ModifyDate>\n")
            .Append("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
        return Encoding.UTF8.GetBytes(xml.ToString());
    }

    public static string Keywords(DocumentMeta meta) => string.Join(", ", meta.Keywords);

    private static string Safe(string text) => SecurityElement.Escape(SafeText.Plain(text));
}
