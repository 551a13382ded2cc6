using System.IO.Compression;
using System.Text;
using System.Xml;
using MiSarTracker.Formats.Answers.Workbooks;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>
/// The text of a Word document (ECMA-376 Part 1, §17), paragraph by paragraph, and its tables row by row. Runs in the limited process.
/// What was deleted with changes tracked is not text; a table inside a cell is text of that cell.
/// </summary>
internal sealed class WordText(XmlReader xml, DocumentLines lines)
{
    private const string Strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    private const string Transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const int LongestPage = 1 << 20;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _cell = new();
    private readonly List<string> _cells = [];
    private int _pages;
    private int _tables;
    private int _depth;
    private int _span = 1;
    private long _rows;
    private long _read;

    public static void Read(byte[] document, DocumentLines lines, CancellationToken cancellationToken)
    {
        using var archive = new ZipArchive(new MemoryStream(document));
        if ((archive.GetEntry("word/document.xml") ?? archive.GetEntry("word/document2.xml")) is not { } entry)
        {
            lines.Fault(null, "the document has no word/document.xml; open it in a word processor, save it as PDF or text, and add that");
            return;
        }

        using var content = entry.Open();
        using var xml = XmlReader.Create(content, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1L << 30 });
        new WordText(xml, lines).Read(cancellationToken);
    }

    private StringBuilder Target => _depth > 0 ? _cell : _text;

    private void Read(CancellationToken cancellationToken)
    {
        try
        {
            var isRead = xml.Read();
            while (isRead)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (xml.NodeType == XmlNodeType.Element && IsLeftOut(xml))
                {
                    xml.Skip();
                    isRead = !xml.EOF;
                    continue;
                }

                if (xml.NodeType == XmlNodeType.Element)
                    Begin();
                else if (xml.NodeType == XmlNodeType.EndElement)
                    End();
                isRead = xml.Read();
            }
        }
        finally
        {
            // What stands before a damage is handed on.
            Page();
        }
    }

    /// <summary>Deleted text, and the older twin of what newer programs draw: it says the same again.</summary>
    private static bool IsLeftOut(XmlReader xml) =>
        (xml.LocalName is "del" or "moveFrom" && IsWord(xml)) || (xml.LocalName == "Fallback" && xml.NamespaceURI == "http://schemas.openxmlformats.org/markup-compatibility/2006");

    private static bool IsWord(XmlReader xml) => xml.NamespaceURI is Transitional or Strict;

    private void Begin()
    {
        if (!IsWord(xml))
            return;

        switch (xml.LocalName)
        {
            case "t" when !xml.IsEmptyElement:
                Words();
                break;
            case "tab":
                // Also where tab stops are declared: those stand in a paragraph's properties, before any word.
                Append(Target.Length > 0 && Target[^1] != '\n' ? "\t" : "");
                break;
            case "br" or "cr":
                Append("\n");
                break;
            case "noBreakHyphen":
                Append("-");
                break;
            case "p" when xml.IsEmptyElement:
                Append("\n");
                break;
            case "tbl" when _depth++ == 0:
                Page();
                lines.Sheet($"table {++_tables}");
                _rows = 0;
                break;
            case "tr" when _depth == 1:
                _cells.Clear();
                break;
            case "tc" when _depth == 1:
                _cell.Clear();
                _span = 1;
                break;
            case "gridSpan" when _depth == 1 && int.TryParse(xml.GetAttribute("val", xml.NamespaceURI), out var span):
                _span = Math.Clamp(span, 1, 1_000);
                break;
            default:
                break;
        }
    }

    private void End()
    {
        if (!IsWord(xml))
            return;

        switch (xml.LocalName)
        {
            case "p":
                Append("\n");
                break;
            case "tc" when _depth == 1:
                // Of a cell that spans several columns the others are empty: what stands behind it keeps its column.
                _cells.Add(_cell.ToString().Trim());
                _cells.AddRange(Enumerable.Repeat("", _span - 1));
                break;
            case "tr" when _depth == 1:
                lines.Row(++_rows, _cells);
                break;
            case "tbl":
                _depth--;
                break;
            default:
                break;
        }
    }

    private void Words()
    {
        using var words = xml.ReadSubtree();
        while (words.Read())
        {
            if (words.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
                Append(words.Value);
        }
    }

    private void Append(string words)
    {
        _read += words.Length;
        if (_read > ExcelSheets.MostCells)
            throw new InvalidDataException($"it holds more than {ExcelSheets.MostCells} characters");

        Target.Append(words);
        if (_text.Length > LongestPage)
            Page();
    }

    private void Page()
    {
        var text = _text.ToString().Trim();
        _text.Clear();
        if (text.Length > 0)
            lines.Page(++_pages, text);
    }
}
