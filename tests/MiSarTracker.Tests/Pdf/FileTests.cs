using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MiSarTracker.Pdf;
using MiSarTracker.Pdf.Model;
using Xunit;

namespace MiSarTracker.Tests.Pdf;

public sealed partial class FileTests
{
    [Fact]
    public void TheSameDocumentGivesTheSameBytes()
    {
        var document = Sample();
        byte[] first = WrittenPdf.BytesOf(document);
        var others = new byte[4][];
        // Side by side, so that shared state would show.
        Parallel.For(0, others.Length, i =>
        {
            using var stream = new MemoryStream();
            new PdfEngine().Write(document, stream, CancellationToken.None);
            others[i] = stream.ToArray();
        });
        Assert.All(others, o => Assert.Equal(first, o));
        byte[] later = WrittenPdf.BytesOf(document with { Meta = document.Meta with { Created = document.Meta.Created.AddSeconds(1) } });
        Assert.NotEqual(first, later);
    }

    [Fact]
    public void AttachmentsComeOutByteForByte()
    {
        byte[] all = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31 >> 3))];
        using var pdf = new WrittenPdf(new Document(WrittenPdf.Meta, [])
        {
            Attachments = [new("samples.csv", "text/csv", Encoding.UTF8.GetBytes("a;b\n1;2\n")) { Relationship = AttachmentRelationship.Source, Description = "Samples" }, new("größe.bin", "application/octet-stream", all)],
        });
        Tool.Poppler("pdfdetach", "-saveall", "-o", pdf.Folder, pdf.Path);
        Assert.Equal("a;b\n1;2\n", File.ReadAllText(Path.Combine(pdf.Folder, "samples.csv")));
        Assert.Equal(all, File.ReadAllBytes(Path.Combine(pdf.Folder, "größe.bin")));
        var specs = pdf.Dictionaries().Where(d => d.TryGetProperty("/Type", out var t) && t.GetString() == "/Filespec").ToList();
        Assert.Equal(["/Data", "/Source"], specs.Select(s => s.GetProperty("/AFRelationship").GetString()).Order());
        Assert.Equal(2, pdf.Dictionaries().Single(d => d.TryGetProperty("/AF", out _)).GetProperty("/AF").GetArrayLength());
        Assert.Contains(pdf.Dictionaries(), d => d.TryGetProperty("/Subtype", out var s) && s.GetString() == "/text/csv");
    }

    [Fact]
    public void TwoAttachmentsOfOneNameAreRefused() =>
        Assert.Throws<ArgumentException>(() => WrittenPdf.BytesOf(new Document(WrittenPdf.Meta, [])
        {
            Attachments = [new("a", "text/plain", default), new("a", "text/plain", default)],
        }));

    [Fact]
    public void TagsFollowTheReadingOrder()
    {
        using var pdf = new WrittenPdf(Sample());
        string structure = pdf.Structure();
        foreach (string type in new[] { "Document", "Sect", "H1", "H2", "P", "Table", "Caption", "TR", "TH", "TD", "L", "LI", "Lbl", "LBody", "Figure", "Link", "TOC", "TOCI", "Code" })
            Assert.Matches($@"(?m)^\s*{type}\b", structure);
        Assert.Contains(pdf.Dictionaries(), d => d.TryGetProperty("/Alt", out var alt) && alt.GetString() == "u:Shares of all");
    }

    [Fact]
    public void TaggedTextKeepsItsOrderAroundLinksAndWithoutRunningLines()
    {
        using var pdf = new WrittenPdf(new Flow().Heading(1, "First", "first").Paragraph("Words before ", Span.RefTo("the link", "first"), " words after."));
        string text = WrittenPdf.Normalised(TextTests.StructureText(pdf));
        Assert.Equal("First Words before the link words after.", text.Replace("FirstWords", "First Words", StringComparison.Ordinal));
    }

    [Fact]
    public void EverythingThatIsDrawnIsTaggedOrAnArtifact()
    {
        using var pdf = new WrittenPdf(Sample());
        int painted = 0;
        foreach (Match stream in ContentStream().Matches(pdf.Readable()))
        {
            int depth = 0;
            foreach (string line in stream.Groups[1].Value.Split('\n'))
            {
                if (line.EndsWith("BDC", StringComparison.Ordinal) || line.EndsWith("BMC", StringComparison.Ordinal))
                    depth++;
                else if (line == "EMC")
                    depth--;
                else if (Painting().IsMatch(line))
                    Assert.True(++painted > 0 && depth > 0, $"'{line}' stands outside marked content.");
                Assert.InRange(depth, 0, 2);
            }
            Assert.Equal(0, depth);
        }
        Assert.True(painted > 60, $"{painted} painting operators");
    }

    [Fact]
    public void EveryPieceOfMarkedContentLeadsBackToItsElement()
    {
        using var pdf = new WrittenPdf(Sample());
        var dictionaries = pdf.Dictionaries().ToList();
        int inPages = ContentStream().Matches(pdf.Readable()).Sum(m => McId().Count(m.Groups[1].Value));
        int inParentTree = dictionaries.Where(d => d.TryGetProperty("/Nums", out _)).SelectMany(d => d.GetProperty("/Nums").EnumerateArray())
            .Where(n => n.ValueKind == System.Text.Json.JsonValueKind.Array).Sum(a => a.GetArrayLength());
        Assert.True(inPages > 40, $"{inPages} pieces");
        Assert.Equal(inPages, inParentTree);
    }

    [Fact]
    public void PropertiesAndMetadataSayTheSame()
    {
        using var pdf = new WrittenPdf(new Document(WrittenPdf.Meta with { Title = "Was Xiaomi mitteilte", Lang = "de-AT", Author = "Ünal Ö.", Subject = "Bericht", Keywords = ["Art. 15", "DSGVO"], Creator = "MiSarTracker 0.1.0" }, []));
        string info = Tool.Poppler("pdfinfo", "-isodates", pdf.Path);
        Assert.Matches(@"Title: +Was Xiaomi mitteilte", info);
        Assert.Matches(@"CreationDate: +2026-11-22T10:00:00", info);
        Assert.Matches(@"Tagged: +yes", info);
        var xml = XDocument.Parse(Tool.Poppler("pdfinfo", "-meta", pdf.Path));
        XNamespace dc = "http://purl.org/dc/elements/1.1/", xmp = "http://ns.adobe.com/xap/1.0/", a = "http://www.aiim.org/pdfa/ns/id/", p = "http://ns.adobe.com/pdf/1.3/";
        Assert.Equal("Was Xiaomi mitteilte", xml.Descendants(dc + "title").Single().Value);
        Assert.Equal("Ünal Ö.", xml.Descendants(dc + "creator").Single().Value);
        Assert.Equal("Art. 15, DSGVO", xml.Descendants(p + "Keywords").Single().Value);
        Assert.Equal("2026-11-22T10:00:00Z", xml.Descendants(xmp + "CreateDate").Single().Value);
        Assert.Equal(("3", "A"), (xml.Descendants(a + "part").Single().Value, xml.Descendants(a + "conformance").Single().Value));
        var catalog = pdf.Dictionaries().Single(d => d.TryGetProperty("/Type", out var t) && t.GetString() == "/Catalog");
        Assert.Equal("u:de-AT", catalog.GetProperty("/Lang").GetString());
        Assert.Equal("/GTS_PDFA1", catalog.GetProperty("/OutputIntents")[0].GetProperty("/S").GetString());
    }

    [Fact]
    public void LinksArePrintedWithThePageAndSayWhereTheyLead()
    {
        using var pdf = new WrittenPdf(Sample());
        var links = pdf.Dictionaries().Where(d => d.TryGetProperty("/Subtype", out var s) && s.GetString() == "/Link").ToList();
        Assert.NotEmpty(links);
        Assert.All(links, l => Assert.Equal(4, l.GetProperty("/F").GetInt32()));
        Assert.All(links, l => Assert.True(l.TryGetProperty("/StructParent", out _)));
        Assert.All(links, l => Assert.NotEqual("u:", l.GetProperty("/Contents").GetString()));
    }

    [Fact]
    public void TheEngineNamesItsFontsByTheirHash()
    {
        var info = new PdfEngine().Info;
        Assert.Equal(["NotoSans-Regular", "NotoSans-Bold", "NotoSansMono-Regular"], info.Fonts.Select(f => f.Name));
        Assert.All(info.Fonts, f => Assert.Matches("^[0-9a-f]{64}$", f.Sha256));
        Assert.True(info.Capabilities.HasFlag(EngineCapabilities.Deterministic | EngineCapabilities.Tags));
    }

    [Fact]
    public void ACancelledWriteStops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new PdfEngine().Write(Sample(), Stream.Null, source.Token));
    }

    [Fact]
    public void LetterPaperHasItsOwnSize()
    {
        using var pdf = new WrittenPdf(new Document(WrittenPdf.Meta, []) { Page = PageSetup.Letter });
        Assert.Contains("612 x 792 pts (letter)", Tool.Poppler("pdfinfo", pdf.Path), StringComparison.Ordinal);
    }

    private static Document Sample() => new(WrittenPdf.Meta, new Flow()
        .Title("Title", "Subtitle").Contents("Contents").Heading(1, "First", "first")
        .Paragraph("Words before ", Span.RefTo("the link", "first"), " words after ", Span.LinkTo("out", "https://example.org"), " ", Span.Key(Palette.NotComparable, "key"), ".")
        .Bullets("one", ListItem.Of("two ", Span.Bold("bold"))).Numbered("first", "second")
        .Note("Mind", n => n.Paragraph("Inside the box.")).KeyValues(KeyValue.Of("Name", "Value"))
        .Table([Column.Auto("A") with { NamesRow = true }, Column.Number("B")], [Row.Of("x", "1"), Row.Of("y", Span.Mono("2"))], "Caption")
        .Add(new StackedBars { AltText = "Shares of all", Keys = [new(Palette.Agrees, "yes"), new(Palette.NotComparable, "unclear")], Bars = [new("steps", [3, 1], "3 of 4")], Caption = ["What to see."] })
        .Heading(2, "Second").SideBySide(l => l.Paragraph("left"), r => r.Paragraph("right")).Rule().Spacer(5)
        .Verbatim("POST /v1\n  indented").KeepTogether(k => k.Paragraph("a").Paragraph("安 e\u0301")).PageBreak().Lead("Lead").Small("small").Build())
    {
        Header = new() { Left = "left", Right = "right" },
    };

    [GeneratedRegex(@"stream\n((?:/|[\d.]+ )[^\x00]*?)endstream")]
    private static partial Regex ContentStream();

    [GeneratedRegex(@"(TJ( ET)?|^f|^S( Q)?)$")]
    private static partial Regex Painting();

    [GeneratedRegex(@"<</MCID \d+>>BDC")]
    private static partial Regex McId();
}
