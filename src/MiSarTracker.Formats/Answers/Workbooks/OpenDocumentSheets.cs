using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using MiSarTracker.Formats.Answers.Documents;

namespace MiSarTracker.Formats.Answers.Workbooks;

/// <summary>
/// The sheets of an OpenDocument spreadsheet, row by row as texts. Runs in the limited process. Values are taken from the
/// cell's attributes, which no locale touches; repeated rows and cells are written out as far as they hold something.
/// </summary>
internal sealed class OpenDocumentSheets(XmlReader xml, DocumentLines lines)
{
    private const string Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private const string Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private const string Words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    private const int MostColumns = 16_384;

    private long _cells;

    public static void Read(byte[] document, DocumentLines lines, CancellationToken cancellationToken)
    {
        using var archive = new ZipArchive(new MemoryStream(document));
        if (IsEncrypted(archive))
        {
            lines.Fault(null, "the spreadsheet is encrypted, which is not opened here; open it in its own program, save a copy without a password, and add that");
            return;
        }

        if (archive.GetEntry("content.xml") is not { } entry)
        {
            lines.Fault(null, "the spreadsheet has no content.xml: it is damaged, or encrypted");
            return;
        }

        using var content = entry.Open();
        using var xml = XmlReader.Create(content, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1L << 30 });
        new OpenDocumentSheets(xml, lines).Read(cancellationToken);
    }

    /// <summary>The manifest says of each encrypted part how it was encrypted.</summary>
    private static bool IsEncrypted(ZipArchive archive)
    {
        if (archive.GetEntry("META-INF/manifest.xml") is not { Length: < 1 << 20 } manifest)
            return false;

        using var text = new StreamReader(manifest.Open());
        return text.ReadToEnd().Contains("encryption-data", StringComparison.Ordinal);
    }

    private void Read(CancellationToken cancellationToken)
    {
        long number = 0;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.NamespaceURI != Table)
                continue;

            if (xml.LocalName == "table")
            {
                lines.Sheet(xml.GetAttribute("name", Table) ?? "");
                number = 0;
            }
            else if (xml.LocalName == "table-row")
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!Row(ref number))
                    return;
            }
        }
    }

    private bool Row(ref long number)
    {
        var times = Repeated(xml, "number-rows-repeated");
        var cells = xml.IsEmptyElement ? [] : Cells();
        if (cells.Count > 0)
        {
            _cells += (long)times * cells.Count;
            if (_cells > ExcelSheets.MostCells)
            {
                lines.Fault(null, $"it holds more than {ExcelSheets.MostCells} cells; the others were not read");
                return false;
            }

            for (var copy = 1; copy <= times; copy++)
                lines.Row(number + copy, cells);
        }

        number += times;
        return true;
    }

    private List<string> Cells()
    {
        var cells = new List<string>();
        var empty = 0;
        using var row = xml.ReadSubtree();
        row.Read();
        while (row.Read())
        {
            if (row.NodeType != XmlNodeType.Element || row.NamespaceURI != Table || row.LocalName is not ("table-cell" or "covered-table-cell"))
                continue;

            var times = Repeated(row, "number-columns-repeated");
            var value = Value(row);
            if (value.Length == 0)
            {
                empty = Math.Min(empty + times, MostColumns);
                continue;
            }

            cells.AddRange(Enumerable.Repeat("", Math.Min(empty, MostColumns - Math.Min(cells.Count, MostColumns))));
            cells.AddRange(Enumerable.Repeat(value, Math.Min(times, MostColumns - Math.Min(cells.Count, MostColumns))));
            empty = 0;
        }

        return cells;
    }

    private static string Value(XmlReader cell)
    {
        var exact = cell.GetAttribute("value-type", Office) switch
        {
            "float" or "percentage" or "currency" => cell.GetAttribute("value", Office),
            "date" => cell.GetAttribute("date-value", Office)?.Replace('T', ' '),
            "time" => Time(cell.GetAttribute("time-value", Office)),
            "boolean" => cell.GetAttribute("boolean-value", Office),
            _ => null,
        };
        var shown = cell.IsEmptyElement ? "" : Paragraphs(cell);
        return exact ?? shown;
    }

    /// <summary>An XML duration (<c>PT07H13M00S</c>) as a time of day.</summary>
    private static string? Time(string? duration)
    {
        if (duration is null)
            return null;

        try
        {
            return XmlConvert.ToTimeSpan(duration).ToString("c", CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return duration;
        }
    }

    private static string Paragraphs(XmlReader cell)
    {
        var text = new StringBuilder();
        using var content = cell.ReadSubtree();
        while (content.Read())
        {
            if (content.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
                text.Append(content.Value);
            else if (content.NodeType == XmlNodeType.Element && content.NamespaceURI == Words && content.LocalName == "p" && text.Length > 0)
                text.Append('\n');
            else if (content.NodeType == XmlNodeType.Element && content.NamespaceURI == Words && content.LocalName == "s")
                text.Append(' ');
        }

        return text.ToString().Trim();
    }

    private static int Repeated(XmlReader element, string attribute) =>
        int.TryParse(element.GetAttribute(attribute, Table), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? Math.Max(1, times) : 1;
}
