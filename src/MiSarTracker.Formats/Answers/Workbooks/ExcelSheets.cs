using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using MiSarTracker.Formats.Answers.Documents;

namespace MiSarTracker.Formats.Answers.Workbooks;

/// <summary>The sheets of an Excel workbook (xlsx, xlsb, xls), row by row as texts. Runs in the limited process.</summary>
internal static class ExcelSheets
{
    /// <summary>Rows times columns of one sheet: a single cell in the last corner makes seventeen thousand million.</summary>
    internal const long MostCells = 50_000_000;

    private const int MostSheets = 1_000;

    public static void Read(byte[] document, IReadOnlyList<string> passwords, DocumentLines lines, CancellationToken cancellationToken)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var workbook = Open(document, passwords, lines);
        if (workbook is null)
            return;

        var sheets = 0;
        do
        {
            if (++sheets > MostSheets)
            {
                lines.Fault(null, $"only the first {MostSheets} of its sheets were read");
                return;
            }

            ReadSheet(workbook, lines, cancellationToken);
        }
        while (workbook.NextResult());
    }

    private static IExcelDataReader? Open(byte[] document, IReadOnlyList<string> passwords, DocumentLines lines)
    {
        for (var i = -1; i < passwords.Count; i++)
        {
            try
            {
                var configuration = new ExcelReaderConfiguration { FallbackEncoding = TextEncoding.Western, Password = i < 0 ? null : passwords[i] };
                var workbook = ExcelReaderFactory.CreateReader(new MemoryStream(document), configuration);
                if (i >= 0)
                    lines.Opened(i);

                return workbook;
            }
            catch (InvalidPasswordException)
            {
                // The next password may fit.
            }
        }

        lines.Locked(passwords.Count == 0 ? "the workbook is encrypted and no password was given" : "none of the passwords opens the workbook");
        return null;
    }

    private static void ReadSheet(IExcelDataReader sheet, DocumentLines lines, CancellationToken cancellationToken)
    {
        lines.Sheet(sheet.Name);
        if ((long)sheet.RowCount * sheet.FieldCount > MostCells)
        {
            lines.Fault($"sheet {sheet.Name}", $"it spans {sheet.RowCount} rows and {sheet.FieldCount} columns, more than {MostCells} cells; it was not read");
            return;
        }

        var cells = new List<string>();
        for (long number = 1; sheet.Read(); number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cells.Clear();
            for (var i = 0; i < sheet.FieldCount; i++)
                cells.Add(Text(sheet, i));

            while (cells.Count > 0 && cells[^1].Length == 0)
                cells.RemoveAt(cells.Count - 1);

            if (cells.Count > 0)
                lines.Row(number, cells);
        }
    }

    private static string Text(IExcelDataReader sheet, int i) => sheet.GetValue(i) switch
    {
        null => "",
        string text => text,
        DateTime moment => Moment(moment, sheet.GetNumberFormatString(i) ?? ""),
        TimeSpan time => time.ToString(time.Days == 0 ? "hh':'mm':'ss" : "c", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    /// <summary>A cell's moment as its format shows it: a day, a time of day, or both.</summary>
    private static string Moment(DateTime moment, string format)
    {
        // Quoted words and colours are no part of a pattern.
        var pattern = Bare(format);
        var showsDay = pattern.IndexOfAny(['y', 'd']) >= 0;
        var showsTime = pattern.IndexOfAny(['h', 's']) >= 0;
        if (!showsDay && showsTime)
            return moment.ToString(moment.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

        return moment.ToString(showsTime || moment.TimeOfDay != TimeSpan.Zero ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string Bare(string format)
    {
        var bare = new StringBuilder();
        var (quoted, bracketed) = (false, false);
        foreach (var character in format)
        {
            quoted ^= character == '"';
            bracketed = character == '[' || (bracketed && character != ']');
            if (!quoted && !bracketed)
                bare.Append(char.ToLowerInvariant(character));
        }

        return bare.ToString();
    }
}
