using System.IO.Compression;
using MiSarTracker.Formats.Answers.Zip;

namespace MiSarTracker.Formats.Answers.Containers;

/// <summary>A file packed by gzip: one member, or a tar archive. Its checksum is checked by the platform.</summary>
internal static class GzipMember
{
    /// <param name="content">The packed bytes.</param>
    /// <param name="name">The packed file's name.</param>
    /// <param name="packedLength">Its bytes, for the ratio.</param>
    /// <param name="depth">How many containers the packed file lies in.</param>
    public static void Read(MemberStream content, string name, long packedLength, int depth, AnswerReading reading, MemberReader members)
    {
        // An answer is named without its container, as an archive's members are; a packed member keeps both names.
        var inner = depth == 0 ? Unpacked(name) : $"{name}!{Unpacked(name.Split('/', '!')[^1])}";
        if (depth >= reading.Limits.MaxArchiveDepth)
        {
            reading.Damage(name, $"archives are nested more than {reading.Limits.MaxArchiveDepth} deep; this one was not opened");
            return;
        }

        if (!reading.SpendEntry())
        {
            reading.Damage(name, $"the answer has more than {reading.Limits.MaxArchiveEntries} members; the others were not read");
            return;
        }

        var unpacked = new GZipStream(content, CompressionMode.Decompress, leaveOpen: true);
        using var member = new MemberStream(unpacked, reading, new MemberPromise { PackedLength = packedLength < 0 ? null : packedLength, PackedSoFar = () => content.Count });
        members.Read(member, inner, -1, depth + 1);
        member.Drain();
    }

    private static string Unpacked(string name)
    {
        if (name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase))
            return name[..^4] + ".tar";

        return name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && name.Length > 3 ? name[..^3] : ZipNames.Printable(name) + ".unpacked";
    }
}
