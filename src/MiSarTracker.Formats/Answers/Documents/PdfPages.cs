using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace MiSarTracker.Formats.Answers.Documents;

/// <summary>The text of a PDF, page by page, in reading order. Runs in the limited process.</summary>
internal static class PdfPages
{
    private const int MostPages = 5_000;

    public static void Read(byte[] document, IReadOnlyList<string> passwords, DocumentLines lines, CancellationToken cancellationToken)
    {
        using var pdf = Open(document, passwords, lines);
        if (pdf is null)
            return;

        for (var number = 1; number <= pdf.NumberOfPages; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (number > MostPages)
            {
                lines.Fault($"page {number}", $"only the first {MostPages} of its {pdf.NumberOfPages} pages were read");
                return;
            }

            ReadPage(pdf, number, lines);
        }
    }

    /// <summary>Without a password first: many a PDF is "encrypted" with an empty one.</summary>
    private static PdfDocument? Open(byte[] document, IReadOnlyList<string> passwords, DocumentLines lines)
    {
        for (var i = -1; i < passwords.Count; i++)
        {
            try
            {
                var options = new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true };
                if (i >= 0)
                    options.Passwords = [passwords[i]];

                var pdf = PdfDocument.Open(document, options);
                if (i >= 0)
                    lines.Opened(i);

                return pdf;
            }
            catch (PdfDocumentEncryptedException)
            {
                // The next password may fit.
            }
        }

        lines.Locked(passwords.Count == 0 ? "the document is encrypted and no password was given" : "none of the passwords opens the document");
        return null;
    }

    private static void ReadPage(PdfDocument pdf, int number, DocumentLines lines)
    {
        try
        {
            var page = pdf.GetPage(number);
            var text = ContentOrderTextExtractor.GetText(page, addDoubleNewline: true).ReplaceLineEndings("\n").Trim();
            if (text.Length > 0)
                lines.Page(number, text);
            else if (page.NumberOfImages > 0)
                lines.Scanned(number);
            else if (page.Paths.Count > 0)
                lines.Fault($"page {number}", "the page is drawn in lines and holds no text: needs OCR");
            else if (page.Operations.Count == 0 && page.Dictionary.ContainsKey(NameToken.Contents))
                lines.Fault($"page {number}", "nothing could be read of the page's content: it is empty, or damaged");
        }
        catch (Exception fault) when (DocumentWorker.IsOfTheDocument(fault))
        {
            lines.Fault($"page {number}", $"the page cannot be read ({DocumentWorker.Said(fault)})");
        }
    }
}
