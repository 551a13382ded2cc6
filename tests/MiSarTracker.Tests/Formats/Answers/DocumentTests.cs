using MiSarTracker.Formats;
using Xunit;

namespace MiSarTracker.Tests.Formats.Answers;

public sealed class DocumentTests : IDisposable
{
    private readonly PeerTools _peers = new();

    public void Dispose() => _peers.Dispose();

    [Fact]
    public void APdfIsTextInReadingOrderAndItsScannedPagesAreNamed()
    {
        var answer = CollectedAnswer.WithDocuments(ForgedPdf.Of(["Dear Sir,", "we hold steps (and sleep)."], null, null, ["Last page."], null), "letter.pdf");

        Assert.Equal("Dear Sir,\nwe hold steps (and sleep).\n\nLast page.", Assert.Single(answer.Texts).Text);
        var damage = Assert.Single(answer.Damages);
        Assert.Contains("pages 2-3, 5", damage.Reason, StringComparison.Ordinal);
        Assert.Contains("OCR", damage.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void PdftotextReadsTheSameWords()
    {
        string[] lines = ["Dear Sir, the data that we hold:", "steps, sleep and heart rate (since 2019)", "Recipients: Huami Inc., Beijing; Gr\u00fc\u00dfe"];
        _peers.Write("letter.pdf", ForgedPdf.Of(lines, ["Second page with more words in it."]));
        _peers.RunOrSkip("pdftotext", "-enc", "UTF-8", "letter.pdf", "letter.txt");

        var ours = CollectedAnswer.WithDocuments(_peers.Read("letter.pdf"), "letter.pdf").Texts[0].Text;
        Assert.Equal(Words(System.Text.Encoding.UTF8.GetString(_peers.Read("letter.txt"))), Words(ours));
        Assert.Contains("Gr\u00fc\u00dfe", Words(ours));
    }

    [Theory]
    [InlineData("40")]
    [InlineData("128")]
    [InlineData("256")]
    public void ALockedPdfOpensWithOneOfThePasswordsAndIsLockedWithout(string bits)
    {
        _peers.Write("plain.pdf", ForgedPdf.Of([["Secret words."]]));
        string[] weak = bits == "256" ? [] : ["--allow-weak-crypto"];
        _peers.RunOrSkip("qpdf", [.. weak, "--encrypt", "PdfSecret", "owner", bits, "--", "plain.pdf", "locked.pdf"]);

        var answer = CollectedAnswer.WithDocuments(_peers.Read("locked.pdf"), "locked.pdf", "wrong", "PdfSecret", "other");
        Assert.Equal("Secret words.", Assert.Single(answer.Texts).Text);
        Assert.Equal(["PdfSecret"], answer.Summary!.Opened);

        var refused = Assert.Throws<ImportException>(() => CollectedAnswer.WithDocuments(_peers.Read("locked.pdf"), "locked.pdf", "wrong"));
        Assert.Equal("pdf", refused.Format);
        Assert.Contains("--password", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void ASheetIsATableWithDatesTimesAndNumbersAsItShowsThem()
    {
        var answer = CollectedAnswer.WithDocuments(ForgedWorkbook.Xlsx(), "heart.xlsx");

        var table = answer.Table("heart.xlsx!Heart");
        Assert.Equal(["date", "time", "heartRate", "at"], table.Header);
        Assert.Equal(3, table.HeaderLine);
        Assert.Equal((4, "2024-03-30|07:13|61|2024-03-30 06:00:00"), (table.Rows[0].Line, string.Join('|', table.Rows[0].Fields)));
        Assert.Equal("2024-03-31|00:00|62.5|2024-03-31 00:00:00", string.Join('|', table.Rows[1].Fields));
        Assert.Equal("Your heart", Assert.Single(answer.Texts).Text);
        Assert.Empty(answer.Damages);
    }

    [Fact]
    public void AnOpenDocumentSheetGivesValuesAndNotWhatALocaleMadeOfThem()
    {
        var table = CollectedAnswer.WithDocuments(ForgedWorkbook.Ods(), "a.ods").Table("a.ods!S1");

        Assert.Equal(["date", "steps"], table.Header);
        Assert.Equal(["2024-03-30|12.5", "2024-03-30|12.5"], table.Rows.Select(row => string.Join('|', row.Fields)));
        Assert.Equal([2L, 3L], table.Rows.Select(row => row.Line));
    }

    [Fact]
    public void TheSampleWorkbookIsRead()
    {
        var answer = CollectedAnswer.WithDocuments(CollectedAnswer.Sample("letter_table.xlsx"), "letter_table.xlsx");

        Assert.NotEmpty(answer.Tables);
        Assert.All(answer.Tables, table => Assert.NotEmpty(table.Rows));
        Assert.Empty(answer.Damages);
    }

    [Fact]
    public void AWorkbookThatSpansTooManyCellsIsNotReadAndSaysSo()
    {
        const string corners = """<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>""";
        var answer = CollectedAnswer.WithDocuments(ForgedWorkbook.Xlsx(corners), "bomb.xlsx");

        Assert.Contains("more than 50000000 cells", Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);
        Assert.Empty(answer.Tables);

        const string repeated = """<table:table-row table:number-rows-repeated="2000000000"><table:table-cell table:number-columns-repeated="2000000000"><text:p>x</text:p></table:table-cell></table:table-row>""";
        var ods = CollectedAnswer.WithDocuments(ForgedWorkbook.Ods(repeated), "bomb.ods");
        Assert.Contains("more than 50000000 cells", Assert.Single(ods.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AWorkbookThatLiesNeverReachesTheLibrary()
    {
        foreach (var lie in new Action<ForgedEntry>[] { entry => entry.Crc ^= 1, entry => (entry.Size, entry.LocalSize) = (20, 20), entry => entry.LocalName = "xl/other.xml"u8.ToArray() })
        {
            var answer = CollectedAnswer.WithDocuments(ForgedWorkbook.Xlsx(lie: lie), "lie.xlsx");

            Assert.Contains("xl/worksheets/sheet1.xml", Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);
            Assert.Empty(answer.Tables);
        }
    }

    [Theory]
    [InlineData("x.msg", "__substg1.0_", "msg", ".eml")]
    [InlineData("old.doc", "WordDocument", "doc", "PDF")]
    public void WhatIsNotReadIsNamedWithWhatHelps(string name, string stream, string format, string remedy)
    {
        byte[] compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[512], .. System.Text.Encoding.Unicode.GetBytes(stream), .. new byte[600]];
        var answer = CollectedAnswer.Of(compound, name);

        Assert.Equal(format, answer.Summary!.Format);
        Assert.Contains(remedy, Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);
    }

    /// <summary>Files of a real office suite; see corpus/documents.</summary>
    [Theory]
    [InlineData("locked.xlsx")]
    [InlineData("locked.xls")]
    public void ALockedWorkbookOpensWithOneOfThePasswordsAndSaysWhatToDoWithout(string name)
    {
        var answer = CollectedAnswer.WithDocuments(Document(name), name, "wrong", "XlSecret9");
        var table = Assert.Single(answer.Tables);
        Assert.Equal(["date", "time", "heartRate"], table.Header);
        Assert.Equal(["61", "62"], table.Rows.Select(row => row.Fields[2]));
        Assert.Equal(["XlSecret9"], answer.Summary!.Opened);

        foreach (var passwords in new string[][] { [], ["wrong"] })
        {
            var refused = Assert.Throws<ImportException>(() => CollectedAnswer.WithDocuments(Document(name), name, passwords));
            Assert.Equal(name, refused.Member);
            Assert.Contains(passwords.Length == 0 ? "no password was given" : "none of the passwords", refused.Reason, StringComparison.Ordinal);
            Assert.Contains("--password", refused.Remedy, StringComparison.Ordinal);
            Assert.Contains("saved without a password", refused.Remedy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("locked.docx")]
    [InlineData("locked.ods")]
    public void ALockedDocumentThatNoPasswordIsTriedOnIsNamedWithWhatToDo(string name)
    {
        var answer = CollectedAnswer.WithDocuments(Document(name), name, "XlSecret9");
        var damage = Assert.Single(answer.Damages);
        Assert.Equal(name, damage.At);
        Assert.Contains("save a copy without a password", damage.Reason, StringComparison.Ordinal);
        Assert.Empty(answer.Tables);
    }

    [Fact]
    public void AWordDocumentIsItsTextAndItsTables()
    {
        var answer = CollectedAnswer.WithDocuments(Document("letter.docx"), "letter.docx");
        Assert.Equal("docx", answer.Summary!.Format);
        Assert.Equal("Dear Alice,\nwe hold your steps & heart rate. Recipients: Huami Inc.\n\nKind regards, Gr\u00fc\u00dfe", Assert.Single(answer.Texts).Text);
        var table = answer.Table("letter.docx!table 1");
        Assert.Equal("table", table.Member.Format);
        Assert.Equal(["date", "steps"], table.Header);
        Assert.Equal(["2024-03-30|5210", "2024-03-31|77"], table.Rows.Select(row => string.Join('|', row.Fields)));
        Assert.Empty(answer.Damages);
    }

    [Fact]
    public void AWordDocumentsDeletedWordsAreNotReadAndWideCellsKeepTheirColumns()
    {
        const string body = """
            <w:p><w:r><w:t xml:space="preserve">We share </w:t></w:r><w:del><w:r><w:delText>nothing</w:delText><w:t>nothing</w:t></w:r></w:del><w:ins><w:r><w:t>data</w:t><w:br/><w:t>with</w:t><w:tab/><w:t>Huami</w:t></w:r></w:ins></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>
            """;
        var answer = CollectedAnswer.WithDocuments(ForgedWorkbook.Docx(body), "a.docx");
        Assert.Equal("We share data\nwith\tHuami", Assert.Single(answer.Texts).Text);
        Assert.Equal("wide||3\ninner", string.Join('|', Assert.Single(answer.Table("a.docx!table 1").Rows).Fields));
    }

    [Theory]
    [InlineData("<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "&x;", "damaged")]
    [InlineData("", "</w:p></w:p>", "damaged")]
    public void AWordDocumentThatAsksForOtherFilesOrBreaksOffIsReported(string declaration, string inside, string reason)
    {
        var answer = CollectedAnswer.WithDocuments(ForgedWorkbook.Docx($"<w:p><w:r><w:t>first</w:t></w:r></w:p>{inside}", declaration), "a.docx");
        Assert.Contains(reason, Assert.Single(answer.Damages).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Texts, text => text.Text.Contains("root", StringComparison.Ordinal));
    }

    private static byte[] Document(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "documents", name));

    private static string[] Words(string text) => text.Split((char[])[' ', '\n', '\r', '\f'], StringSplitOptions.RemoveEmptyEntries);
}
