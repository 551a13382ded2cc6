using MiSarTracker.Core.Observations;

namespace MiSarTracker.Core.Article15;

/// <summary>A file of an answer, as far as it matters whether its words were read.</summary>
/// <param name="Exhibit"><c>R-001</c>.</param>
/// <param name="Name">Its path through archives and mails.</param>
/// <param name="Format">By content: <c>eml</c>, <c>pdf</c>, <c>csv</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Rows">Rows of its tables.</param>
public sealed record AnswerPart(string Exhibit, string Name, string Format, long Size, long Rows)
{
    /// <summary>No password opened it.</summary>
    public bool Locked { get; init; }
}

/// <summary>What an answer holds for somebody who reads it: texts, and files of which no text could be had.</summary>
public sealed record AnswerWords(IReadOnlyList<AnswerText> Texts, IReadOnlyList<AnswerPart> Parts)
{
    /// <summary>A picture below this size is a logo or a signature; a scanned page is larger.</summary>
    public const long SmallestScan = 64 << 10;

    /// <summary>A data file beyond this size holds data and no letter.</summary>
    public const int LongestDataText = 1 << 18;

    private static readonly HashSet<string> Containers = ["zip", "gzip", "tar", "mbox", "empty"];

    private static readonly HashSet<string> Data = ["csv", "json", "xlsx", "xls", "ods", "sheet", "list", "table"];

    private static readonly HashSet<string> Pictures = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".heic", ".tif", ".tiff", ".svg"];

    // Files of measurements, settings, sounds and programs: nobody writes a letter in them.
    private static readonly HashSet<string> Machine =
        [".fit", ".tcx", ".gpx", ".db", ".sqlite", ".dat", ".bin", ".mp3", ".mp4", ".wav", ".ttf", ".woff", ".ico", ".p7s", ".asc", ".sig", ".csv", ".tsv", ".json", ".vcf", ".ics"];

    private readonly Dictionary<(string, string), AnswerPart> _byName = Index(Parts);

    /// <summary>Texts that a person wrote or that stand in documents; not data.</summary>
    public IEnumerable<AnswerText> Prose => Texts.Where(text => !IsData(text));

    /// <summary>What is looked through: prose, and small data files, which may be an overview of purposes and recipients.</summary>
    public IEnumerable<AnswerText> Readable => Texts.Where(text => !IsData(text) || text.Text.Length <= LongestDataText);

    public long Rows => Parts.Sum(part => part.Rows);

    /// <summary>Files that may hold words of the answer and were not read.</summary>
    public IReadOnlyList<AnswerPart> Unread
    {
        get
        {
            var read = Texts.Select(text => (text.Origin.Exhibit, text.Origin.Part)).ToHashSet();
            return
            [
                .. Parts.Where(part => part.Locked || (part.Rows == 0 && MayHoldWords(part) && !read.Contains((part.Exhibit, part.Name)) && !HasReadPart(part)))
                    .OrderBy(part => part.Exhibit, StringComparer.Ordinal).ThenBy(part => part.Name, StringComparer.Ordinal),
            ];
        }
    }

    private bool IsData(AnswerText text) => _byName.TryGetValue((text.Origin.Exhibit, text.Origin.Part), out var part) && Data.Contains(part.Format);

    // The sheets of a workbook and the tables of a page are parts of their own.
    private bool HasReadPart(AnswerPart part) =>
        Parts.Any(inner => inner.Exhibit == part.Exhibit && inner.Name.StartsWith(part.Name + "!", StringComparison.Ordinal) && (inner.Rows > 0 || Data.Contains(part.Format)));

    private static bool MayHoldWords(AnswerPart part)
    {
        if (Containers.Contains(part.Format) || part.Format is "eml")
        {
            // A mail without a text is an envelope; what it carries is listed by itself.
            return false;
        }

        var extension = Path.GetExtension(part.Name).ToLowerInvariant();
        return part.Format switch
        {
            "csv" or "json" or "sheet" or "list" or "table" => false,
            "binary" when Pictures.Contains(extension) => part.Size >= SmallestScan,
            "binary" => !Machine.Contains(extension),
            _ => true,
        };
    }

    private static Dictionary<(string, string), AnswerPart> Index(IReadOnlyList<AnswerPart> parts)
    {
        var index = new Dictionary<(string, string), AnswerPart>();
        foreach (var part in parts)
        {
            index[(part.Exhibit, part.Name)] = part;
        }

        return index;
    }
}
