using MiSarTracker.Core.Letters;
using MiSarTracker.Pdf;
using MiSarTracker.Pdf.Model;

namespace MiSarTracker.Reports;

/// <summary>
/// Sets a letter on A4 for the post: the recipient where the window of an envelope shows it (DIN 5008, form B: 20 mm from the left,
/// 45 to 90 mm from the top; the same place serves DL, C6/5 and C5 windows on the left), the sender and the date beside it, the subject
/// below 98 mm, page numbers at the foot.
/// </summary>
public static class LetterPaper
{
    private const double Millimetre = PageSetup.Millimetre;
    private const double LineHeight = 13;
    private const double ReturnLineHeight = 11;
    private const double ReturnLineGap = 5;
    private const double SignatureHeight = 3 * LineHeight;

    /// <summary>What certainly fits the window's width in the small type of the return line.</summary>
    private const int ReturnLineLength = 44;
    private const int MostAddressLines = 6;

    /// <summary>Top of the page's text; everything below is measured from it.</summary>
    private const double Top = 20 * Millimetre;

    private static readonly PageSetup Page = PageSetup.A4 with { SideMargin = 25 * Millimetre, EndMargin = Top };

    /// <summary>The whole file.</summary>
    /// <param name="created">When it was approved; stands in the file, so that the same letter gives the same bytes.</param>
    public static byte[] Write(Letter letter, DateTimeOffset created, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        new PdfEngine().Write(Compose(letter, created), file, cancellationToken);
        return file.ToArray();
    }

    /// <summary>The document tree.</summary>
    public static Document Compose(Letter letter, DateTimeOffset created)
    {
        var sheet = letter.Sheet;
        var body = new Flow().Add(Head(sheet));
        var blocks = Blocks(sheet.BlocksWithoutHead()).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            // Room for the signature above the name.
            if (i == blocks.Count - 1 && blocks[i] is Paragraph { Spans: [{ Text: var name }] } && name == sheet.Sender.Name.Value)
                body.Spacer(SignatureHeight);
            body.Add(i == blocks.Count - 2 ? blocks[i] with { KeepWithNext = true } : blocks[i]);
        }

        return new Document(
            new DocumentMeta(letter.Subject.Value, letter.Language, created) { Author = sheet.Sender.Name.Value, Subject = letter.Subject.Value },
            body.Build())
        {
            Page = Page,
            Footer = new RunningLine { Left = $"{sheet.Sender.Name} · {sheet.Reference}", PageNumbers = sheet.PageNumbers },
        };
    }

    private static Columns Head(LetterSheet sheet)
    {
        string[] address = [sheet.Recipient.Name.Value, .. sheet.Recipient.PostalAddress.Select(line => line.Value)];
        string[] sender = [sheet.Sender.Name.Value, .. sheet.Sender.PostalAddress.Select(line => line.Value)];

        // Six lines end at 90 mm; a longer address starts higher, and stays within the window.
        var addressTop = Math.Min(62 * Millimetre, 90 * Millimetre - address.Length * LineHeight);
        var from = ReturnLines(sender, address.Length > MostAddressLines ? 1 : 2);
        var left = new Flow()
            .Spacer(addressTop - ReturnLineGap - from.Count * ReturnLineHeight - Top)
            .Small(string.Join('\n', from))
            .Paragraph(string.Join('\n', address));
        if (sheet.Recipient.Email is { } to && sheet.Recipient.PostalAddress.Count == 0)
            left.Paragraph(to.Value);
        var right = new Flow()
            .Spacer(50 * Millimetre - Top)
            .Paragraph(string.Join('\n', sheet.Sender.Email is { } email ? [.. sender, email.Value] : sender))
            .Paragraph(sheet.Date);

        // The middle column only keeps the room down to the subject.
        var strut = new Flow().Spacer(98.5 * Millimetre - Top);
        return new Columns([new SideColumn(80, left.Build()), new SideColumn(20, strut.Build()), new SideColumn(60, right.Build())]) { Gap = 0 };
    }

    /// <summary>The sender above the recipient, where the window shows it: as much as the lines hold.</summary>
    private static List<string> ReturnLines(string[] sender, int most)
    {
        var lines = new List<string> { sender[0] };
        foreach (var part in sender.Skip(1))
        {
            if (lines[^1].Length + part.Length + 3 <= ReturnLineLength)
                lines[^1] += " · " + part;
            else if (lines.Count < most)
                lines.Add(part);
            else
                break;
        }

        return lines;
    }

    private static IEnumerable<Block> Blocks(IReadOnlyList<LetterBlock> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Kind is LetterBlockKind.Bullet or LetterBlockKind.Numbered)
            {
                var kind = blocks[i].Kind;
                var items = blocks.Skip(i).TakeWhile(block => block.Kind == kind).Select(block => new ListItem([new Paragraph(Spans(block))])).ToList();
                yield return new ItemList(items) { Numbered = kind == LetterBlockKind.Numbered };
                i += items.Count - 1;
            }
            else if (blocks[i].Kind == LetterBlockKind.Heading)
            {
                yield return new Heading(3, string.Join(' ', blocks[i].Lines.SelectMany(line => line).Select(run => run.Text)));
            }
            else
            {
                yield return new Paragraph(Spans(blocks[i])) { KeepWithNext = blocks[i].IsStrong };
            }
        }
    }

    private static List<Span> Spans(LetterBlock block)
    {
        var spans = new List<Span>();
        foreach (var (line, i) in block.Lines.Select((line, i) => (line, i)))
        {
            if (i > 0)
                spans.Add("\n");
            spans.AddRange(line.Select(run => run.Strong ? Span.Bold(run.Text) : new Span(run.Text)));
        }

        return spans;
    }
}
