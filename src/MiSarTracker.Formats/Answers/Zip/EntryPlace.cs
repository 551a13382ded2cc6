namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>Where an entry's packed bytes really lie, or why it is not read.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Data">Where its packed bytes begin.</param>
/// <param name="Objection">Why it is not read, or null.</param>
/// <param name="Warning">A contradiction that does not keep it from being read, or null.</param>
internal sealed record EntryPlace(ZipEntry Entry, long Data, string? Objection, string? Warning)
{
    /// <summary>
    /// Places every entry, cross-checked with its local header; entries whose bytes another one already has are refused
    /// (one block of data listed under many names is how a small file unpacks to terabytes).
    /// </summary>
    public static IEnumerable<EntryPlace> Of(ZipDirectory directory, Stream archive)
    {
        long taken = 0;
        foreach (var entry in directory.Entries)
        {
            var place = Of(entry, archive, directory.Start);
            if (place.Objection is null && entry.HeaderOffset < taken)
                place = place with { Objection = "the entry's bytes overlap those of another entry; the entry was not read" };

            if (place.Objection is null)
                taken = place.Data + entry.PackedSize;

            yield return place;
        }
    }

    private static EntryPlace Of(ZipEntry entry, Stream archive, long directoryStart)
    {
        if (ZipHeaders.Local(archive, entry.HeaderOffset) is not var (local, length))
            return new EntryPlace(entry, 0, "there is no entry where the directory says", null);

        var data = entry.HeaderOffset + length;
        return new EntryPlace(entry, data, ZipNames.Objection(entry) ?? Contradiction(entry, local, data, directoryStart), Doubt(entry, local));
    }

    private static string? Contradiction(ZipEntry entry, ZipEntry local, long data, long directoryStart)
    {
        if (entry.PackedSize > directoryStart - data)
            return $"its {entry.PackedSize} packed bytes reach beyond the end of the archive's data";
        if (!entry.RawName.AsSpan().SequenceEqual(local.RawName) && entry.Name != local.Name)
            return $"the directory and the entry's own header disagree about its name (\"{ZipNames.Printable(local.Name)}\"); the entry was not read";
        if (entry.Method != local.Method)
            return $"the directory and the entry's own header disagree about how it is packed (method {entry.Method} or {local.Method}); the entry was not read";
        return entry.IsEncrypted != local.IsEncrypted
            ? "the directory and the entry's own header disagree on whether it is encrypted; the entry was not read"
            : null;
    }

    private static string? Doubt(ZipEntry entry, ZipEntry local)
    {
        if (entry.HasDescriptor || local.HasDescriptor)
            return null;

        return entry.PackedSize != local.PackedSize || entry.Size != local.Size || entry.Crc != local.Crc
            ? "the directory and the entry's own header disagree about its size or checksum; it was read as the directory says"
            : null;
    }
}
