using System.Buffers.Binary;
using static MiSarTracker.Formats.Answers.Zip.ZipHeaders;

namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>
/// Finds the entries of an archive whose directory is gone (a download that broke off) by their local headers.
/// </summary>
internal static class ZipRecovery
{
    public static ZipDirectory? Read(Stream stream, Limits limits, string why, CancellationToken cancellation)
    {
        var entries = new List<ZipEntry>();
        long at = 0;
        while (entries.Count < limits.MaxArchiveEntries && FindSignature(stream, at, LocalSignature, cancellation) is { } place)
        {
            at = place + 4;
            if (Local(stream, place) is not var (entry, headerLength))
                continue;

            var data = place + headerLength;
            if (entry.HasDescriptor && entry.PackedSize == 0)
                entry = FromDescriptor(stream, entry, data, cancellation);

            entries.Add(entry);
            at = entry.PackedSize <= stream.Length - data ? data + entry.PackedSize : at;
        }

        return entries.Count == 0 ? null : new ZipDirectory(entries, [new Damage("directory", why)], stream.Length);
    }

    /// <summary>
    /// The sizes stand behind the data: the descriptor is the one whose packed size is its distance from the data.
    /// Without one, the entry is taken to run to the end of the file.
    /// </summary>
    private static ZipEntry FromDescriptor(Stream stream, ZipEntry entry, long data, CancellationToken cancellation)
    {
        var at = data;
        Span<byte> descriptor = stackalloc byte[24];
        while (FindSignature(stream, at, DescriptorSignature, cancellation) is { } place)
        {
            var wide = TryReadAt(stream, place, descriptor) && I64(descriptor, 8) == place - data;
            if (wide || (TryReadAt(stream, place, descriptor[..16]) && U32(descriptor, 8) == place - data))
            {
                return entry with
                {
                    Crc = U32(descriptor, 4),
                    PackedSize = place - data,
                    Size = wide ? I64(descriptor, 16) : U32(descriptor, 12),
                };
            }

            at = place + 4;
        }

        return entry with { PackedSize = stream.Length - data, Size = long.MaxValue };
    }

    private static long? FindSignature(Stream stream, long from, uint signature, CancellationToken cancellation)
    {
        Span<byte> wanted = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(wanted, signature);
        var buffer = new byte[1 << 16];
        while (from < stream.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Position = from;
            var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var found = buffer.AsSpan(0, read).IndexOf(wanted);
            if (found >= 0)
                return from + found;

            if (read < buffer.Length)
                return null;

            from += read - 3;
        }

        return null;
    }
}
