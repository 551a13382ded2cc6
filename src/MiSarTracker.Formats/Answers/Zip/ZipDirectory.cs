using System.Buffers.Binary;
using static MiSarTracker.Formats.Answers.Zip.ZipHeaders;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>What an archive says it contains.</summary>
/// <param name="Entries">In the order of their bytes in the archive.</param>
/// <param name="Problems">What is wrong with the directory itself; the entries were still found.</param>
/// <param name="Start">Where the directory begins: no entry's bytes may reach into it.</param>
internal sealed record ZipDirectory(IReadOnlyList<ZipEntry> Entries, IReadOnlyList<Damage> Problems, long Start)
{
    private const int LongestComment = ushort.MaxValue;

    /// <summary>
    /// What the archive is when it is one document and not an archive of files: <c>xlsx</c>, <c>docx</c>, <c>ods</c>, <c>odt</c>, <c>binary</c> (other
    /// office files, books); null for an archive.
    /// </summary>
    public string? DocumentKind(Stream archive)
    {
        if (!IsPackage || Entries.Any(entry => ContentKind.IsNamedTable(entry.Name)))
            return null;
        if (Has("[Content_Types].xml"))
            return HasFolder("xl/") ? "xlsx" : HasFolder("word/") ? "docx" : "binary";

        return OpenDocumentKind(archive);
    }

    /// <summary>OpenDocument stores its type first, unpacked, so that it can be read without unpacking anything.</summary>
    private string OpenDocumentKind(Stream archive)
    {
        const string type = "application/vnd.oasis.opendocument.";
        Span<byte> head = stackalloc byte[128];
        archive.Position = 0;
        var read = archive.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var text = System.Text.Encoding.Latin1.GetString(head[..read]);
        return text.Contains(type + "spreadsheet", StringComparison.Ordinal) ? "ods" : text.Contains(type + "text", StringComparison.Ordinal) ? "odt" : "binary";
    }

    private bool IsPackage => Has("[Content_Types].xml") || (Has("mimetype") && Has("META-INF/manifest.xml")) || Has("META-INF/container.xml");

    /// <summary>
    /// Reads the central directory; when it is missing or damaged, looks for the entries themselves. Null when there
    /// are none at all.
    /// </summary>
    public static ZipDirectory? Read(Stream stream, Limits limits, CancellationToken cancellation)
    {
        var end = FindEnd(stream);
        if (end is null)
        {
            return ZipRecovery.Read(stream, limits,
                "the archive's directory is missing: the file is cut off or damaged; its entries were looked for one by one", cancellation);
        }

        var problems = new List<Damage>();
        var entries = new List<ZipEntry>();
        var intact = ReadCentral(stream, end, limits, entries, problems, cancellation);
        if (intact || entries.Count >= limits.MaxArchiveEntries)
            return new ZipDirectory(entries.OrderBy(entry => entry.HeaderOffset).ToList(), problems, end.Start);

        var recovered = ZipRecovery.Read(stream, limits,
            $"the archive's directory breaks off after {entries.Count} of {end.Count} entries; the others were looked for one by one", cancellation);
        if (recovered is null)
            return entries.Count == 0 && end.Count == 0 ? new ZipDirectory([], problems, end.Start) : null;

        var known = entries.Select(entry => entry.HeaderOffset).ToHashSet();
        var all = entries.Concat(recovered.Entries.Where(entry => !known.Contains(entry.HeaderOffset)));
        return new ZipDirectory(all.OrderBy(entry => entry.HeaderOffset).ToList(), [.. problems, .. recovered.Problems], recovered.Start);
    }

    private bool HasFolder(string folder) => Entries.Any(entry => entry.Name.StartsWith(folder, StringComparison.Ordinal));

    private bool Has(string name) => Entries.Any(entry => entry.Name == name);

    /// <summary>Walks the directory's records; false when it ends before its time.</summary>
    private static bool ReadCentral(
        Stream stream, End end, Limits limits, List<ZipEntry> entries, List<Damage> problems, CancellationToken cancellation)
    {
        var at = end.Start;
        Span<byte> head = stackalloc byte[CentralLength];
        while (at <= end.Limit - CentralLength)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!TryReadAt(stream, at, head) || U32(head, 0) != CentralSignature)
                return false;

            if (entries.Count >= limits.MaxArchiveEntries)
            {
                problems.Add(new Damage("directory", $"the archive has more than {limits.MaxArchiveEntries} entries; the others were not read"));
                return false;
            }

            var tail = new byte[U16(head, 28) + U16(head, 30)];
            if (!TryReadAt(stream, at + CentralLength, tail))
                return false;

            entries.Add(Parse(head, tail, end.Shift, problems));
            at += CentralLength + tail.Length + U16(head, 32);
        }

        // Without the 64-bit record the count has 16 bits and starts again at 65,536.
        if (entries.Count > end.Count && (entries.Count & 0xffff) != end.Count)
            problems.Add(new Damage("directory", $"the archive promises {end.Count} entries and lists {entries.Count}"));

        return entries.Count >= end.Count;
    }

    private static ZipEntry Parse(ReadOnlySpan<byte> head, byte[] tail, long shift, List<Damage> problems)
    {
        var raw = tail[..U16(head, 28)];
        var extras = tail.AsSpan(raw.Length);
        long size = U32(head, 24);
        long packed = U32(head, 20);
        long offset = U32(head, 42);
        var flags = U16(head, 8);
        var name = ZipNames.Decode(raw, extras, flags);
        if (!ZipExtras.Widen(extras, ref size, ref packed, ref offset))
            problems.Add(new Damage(ZipNames.Printable(name), "the directory announces 64-bit sizes for this entry and does not give them"));

        var madeOnUnix = head[5] is 3 or 19;
        return new ZipEntry
        {
            Flags = flags,
            Method = U16(head, 10),
            DosTime = U16(head, 12),
            Crc = U32(head, 16),
            PackedSize = packed,
            Size = size,
            HeaderOffset = offset > long.MaxValue - shift ? long.MaxValue : offset + shift,
            RawName = raw,
            Name = name,
            UnixMode = madeOnUnix ? U16(head, 40) : (ushort)0,
            Aes = ZipExtras.Aes(extras),
        };
    }

    /// <summary>Finds the end record, from the back of the file, and its 64-bit companion.</summary>
    private static End? FindEnd(Stream stream)
    {
        var length = (int)Math.Min(stream.Length, EndLength + LongestComment);
        var tail = new byte[length];
        if (!TryReadAt(stream, stream.Length - length, tail))
            return null;

        Span<byte> signature = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(signature, EndSignature);
        for (var searched = tail.Length; searched > 0;)
        {
            var at = tail.AsSpan(0, searched).LastIndexOf(signature);
            if (at < 0)
                return null;

            if (at <= length - EndLength && Plausible(stream, tail.AsSpan(at), stream.Length - length + at) is { } end)
                return end;

            searched = at + 3;
        }

        return null;
    }

    private static End? Plausible(Stream stream, ReadOnlySpan<byte> record, long position)
    {
        // A comment may contain anything, also something that looks like an end record: its length must fit.
        if (EndLength + U16(record, 20) > record.Length)
            return null;

        long count = U16(record, 10);
        long size = U32(record, 12);
        long offset = U32(record, 16);
        var limit = position;
        Span<byte> locator = stackalloc byte[Zip64LocatorLength];
        if (TryReadAt(stream, position - Zip64LocatorLength, locator) && U32(locator, 0) == Zip64LocatorSignature
            && FindZip64End(stream, I64(locator, 8), position) is { } wide)
        {
            (count, size, offset, limit) = wide;
        }

        if (size < 0 || offset < 0 || size > limit)
            return null;

        // Bytes put before the archive (a program that unpacks itself) move everything by the same amount.
        var start = limit - size;
        return new End(start, limit, count, Math.Max(0, start - offset));
    }

    private static (long Count, long Size, long Offset, long Limit)? FindZip64End(Stream stream, long said, long before)
    {
        Span<byte> record = stackalloc byte[Zip64EndLength];
        ReadOnlySpan<long> places = [said, before - Zip64LocatorLength - Zip64EndLength];
        foreach (var place in places)
        {
            if (place < before && TryReadAt(stream, place, record) && U32(record, 0) == Zip64EndSignature)
                return (I64(record, 32), I64(record, 40), I64(record, 48), place);
        }

        return null;
    }

    /// <param name="Start">Where the directory begins.</param>
    /// <param name="Limit">Where it must end.</param>
    /// <param name="Count">The entries that it promises.</param>
    /// <param name="Shift">What to add to every offset.</param>
    private sealed record End(long Start, long Limit, long Count, long Shift);
}
