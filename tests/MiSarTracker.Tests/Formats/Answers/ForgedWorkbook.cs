namespace MiSarTracker.Tests.Formats.Answers;

/// <summary>Writes workbooks part by part, from the text of their standards (ECMA-376, OpenDocument 1.3).</summary>
internal static class ForgedWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";

    /// <summary>A title, a header and two rows: a day, a time of day, a number, a moment.</summary>
    public const string Sheet = """
        <row r="1"><c r="A1" t="inlineStr"><is><t>Your heart</t></is></c></row>
        <row r="3"><c r="A3" t="inlineStr"><is><t>date</t></is></c><c r="B3" t="inlineStr"><is><t>time</t></is></c><c r="C3" t="inlineStr"><is><t>heartRate</t></is></c><c r="D3" t="inlineStr"><is><t>at</t></is></c></row>
        <row r="4"><c r="A4" s="1"><v>45381</v></c><c r="B4" s="2"><v>0.30069444444444</v></c><c r="C4"><v>61</v></c><c r="D4" s="3"><v>45381.25</v></c></row>
        <row r="5"><c r="A5" s="1"><v>45382</v></c><c r="B5" s="2"><v>0</v></c><c r="C5"><v>62.5</v></c><c r="D5" s="3"><v>45382</v></c></row>
        """;

    public static byte[] Xlsx(string rows = Sheet, Action<ForgedEntry>? lie = null) => new ZipForge()
        .Add("[Content_Types].xml", $"""<?xml version="1.0"?><Types xmlns="{Packages}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""")
        .Add("_rels/.rels", $"""<?xml version="1.0"?><Relationships xmlns="{Packages}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""")
        .Add("xl/workbook.xml", $"""<?xml version="1.0"?><workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="Heart" sheetId="1" r:id="rId1"/></sheets></workbook>""")
        .Add("xl/_rels/workbook.xml.rels", $"""<?xml version="1.0"?><Relationships xmlns="{Packages}/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>""")
        .Add("xl/styles.xml", $"""<?xml version="1.0"?><styleSheet xmlns="{Main}"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="22"/></cellXfs></styleSheet>""")
        .Add("xl/worksheets/sheet1.xml", $"""<?xml version="1.0"?><worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>""", lie)
        .Bytes();

    /// <param name="body">What stands in the document's body.</param>
    public static byte[] Docx(string body, string declaration = "") => new ZipForge()
        .Add("[Content_Types].xml", $"""<?xml version="1.0"?><Types xmlns="{Packages}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>""")
        .Add("word/document.xml", $"""<?xml version="1.0"?>{declaration}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>""")
        .Bytes();

    public static byte[] Ods(string rows = """
        <table:table-row><table:table-cell><text:p>date</text:p></table:table-cell><table:table-cell><text:p>steps</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="date" office:date-value="2024-03-30"><text:p>30.03.24</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="12.5"><text:p>12,5</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1000"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
        """) => new ZipForge()
        .Add("mimetype", "application/vnd.oasis.opendocument.spreadsheet", deflate: false)
        .Add("META-INF/manifest.xml", "<manifest/>")
        .Add("content.xml", $"""<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="S1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>""")
        .Bytes();
}
