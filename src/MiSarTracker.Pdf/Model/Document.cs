namespace MiSarTracker.Pdf.Model;

/// <summary>
/// A whole document as a tree of plain values: no coordinates, no engine types, nothing read from clock or system.
/// The same value always gives the same bytes.
/// </summary>
/// <param name="Meta">Title, author, language, date of creation.</param>
/// <param name="Body">The blocks in reading order; <see cref="Flow"/> helps to compose them.</param>
public sealed record Document(DocumentMeta Meta, IReadOnlyList<Block> Body)
{
    /// <summary>Paper and margins; A4 with 20 mm unless told otherwise.</summary>
    public PageSetup Page { get; init; } = PageSetup.A4;

    /// <summary>The line above the text on every page, or null for none.</summary>
    public RunningLine? Header { get; init; }

    /// <summary>The line below the text on every page, or null for none.</summary>
    public RunningLine? Footer { get; init; } = new() { PageNumbers = RunningLine.EnglishPageNumbers };

    /// <summary>Files that travel inside the PDF. Names must differ.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];
}

/// <summary>What a reader's program shows as the document's properties.</summary>
/// <param name="Title">Shown in the window's title; not empty.</param>
/// <param name="Lang">BCP 47 tag of the text's language, such as "en" or "de-AT".</param>
/// <param name="Created">Date of creation and change; given by the caller, so that the bytes can be reproduced.</param>
public sealed record DocumentMeta(string Title, string Lang, DateTimeOffset Created)
{
    public string? Author { get; init; }

    public string? Subject { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>The program for which the page engine works, with its version ("MiSarTracker 0.1.0").</summary>
    public string? Creator { get; init; }
}

/// <summary>Paper size and margins in points (1/72 inch).</summary>
public sealed record PageSetup(double Width, double Height)
{
    /// <summary>Points per millimetre.</summary>
    public const double Millimetre = 72 / 25.4;

    public static PageSetup A4 { get; } = new(210 * Millimetre, 297 * Millimetre);

    public static PageSetup Letter { get; } = new(8.5 * 72, 11 * 72);

    /// <summary>Left and right margin.</summary>
    public double SideMargin { get; init; } = 20 * Millimetre;

    /// <summary>Top and bottom margin; header and footer stand inside them.</summary>
    public double EndMargin { get; init; } = 20 * Millimetre;
}

/// <summary>One line in the top or bottom margin of every page. It is set small and grey, and tagged as an artifact.</summary>
public sealed record RunningLine
{
    public const string EnglishPageNumbers = "Page {page} of {pages}";

    /// <summary>Text at the left margin. Cut with an ellipsis when there is no room.</summary>
    public string Left { get; init; } = "";

    /// <summary>Text at the right margin, before the page numbers.</summary>
    public string Right { get; init; } = "";

    /// <summary>
    /// Pattern of the page number at the right margin with the places {page} and {pages}, in the document's language;
    /// null for none. Only this property has places; they mean nothing in <see cref="Left"/> and <see cref="Right"/>.
    /// </summary>
    public string? PageNumbers { get; init; }
}

/// <summary>A file inside the PDF, listed by readers and taken out byte for byte with `pdfdetach`.</summary>
/// <param name="Name">File name without folders, such as "comparison.json".</param>
/// <param name="MediaType">Such as "application/json" or "text/csv".</param>
/// <param name="Content">The bytes; stored compressed.</param>
public sealed record Attachment(string Name, string MediaType, ReadOnlyMemory<byte> Content)
{
    /// <summary>One sentence on what the file is.</summary>
    public string? Description { get; init; }

    public AttachmentRelationship Relationship { get; init; } = AttachmentRelationship.Data;

    /// <summary>When the file was last changed; the document's date when null.</summary>
    public DateTimeOffset? Modified { get; init; }
}

/// <summary>What an attachment is to the document (PDF/A-3's AFRelationship).</summary>
public enum AttachmentRelationship
{
    /// <summary>Data from which the document's figures come.</summary>
    Data,

    /// <summary>The source from which the document was made.</summary>
    Source,

    /// <summary>Another form of the same content.</summary>
    Alternative,

    /// <summary>Something that adds to the document.</summary>
    Supplement,

    Unspecified,
}
