using MiSarTracker.Formats.Answers.Zip;

namespace MiSarTracker.Formats.Answers.Workbooks;

/// <summary>
/// Looks through a workbook's (or a Word document's) archive before a library sees it: every part is unpacked once, and its size, its ratio and
/// its checksum must be what the archive says. The libraries check none of it.
/// </summary>
internal static class WorkbookCheck
{
    /// <summary>Bytes of all sheets. A million rows of three columns make about 130 MB.</summary>
    private const long MostBytes = 512L << 20;

    /// <summary>Bytes of all other parts (shared texts, styles), which a library holds in memory.</summary>
    private const long MostHeldBytes = 64L << 20;

    private const int MostParts = 2_000;

    /// <summary>What keeps the workbook from being read, or null.</summary>
    public static string? Objection(Stream archive, ZipDirectory directory, AnswerReading reading)
    {
        if (directory.Problems.Count > 0)
            return $"the document is damaged: {directory.Problems[0].Reason}";
        if (directory.Entries.Count > MostParts)
            return $"the document has {directory.Entries.Count} parts, more than {MostParts}; it is kept, and was not read";
        if (directory.Entries.GroupBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase).Any(same => same.Count() > 1))
            return "the document has several parts of one name; it is kept, and was not read";

        var opener = new EntryOpener(archive, new ZipPasswords([]), reading);
        var (all, held) = (0L, 0L);
        foreach (var place in EntryPlace.Of(directory, archive))
        {
            if ((place.Objection ?? place.Warning ?? EntryOpener.Objection(place.Entry)) is { } objection)
                return $"the document's part {ZipNames.Printable(place.Entry.Name)} is damaged: {objection}";

            using var part = opener.Open(place, out _);
            if (part is null)
                return "the document's parts are encrypted; it is kept, and was not read";

            part.Drain();
            if (part.Fault is { } fault)
                return $"the document's part {ZipNames.Printable(place.Entry.Name)} cannot be trusted: {fault}";

            all += part.Count;
            held += IsStreamed(place.Entry.Name) ? 0 : part.Count;
            if (all > MostBytes || held > MostHeldBytes)
                return $"the document unpacks to more than {(all > MostBytes ? MostBytes : MostHeldBytes)} bytes; it is kept, and was not read";
        }

        return null;
    }

    private static bool IsStreamed(string part) =>
        part.Contains("worksheets/", StringComparison.OrdinalIgnoreCase) || part is "content.xml" or "word/document.xml" || part.StartsWith("word/media/", StringComparison.Ordinal) || part.StartsWith("xl/media/", StringComparison.Ordinal);
}
