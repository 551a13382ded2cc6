using System.Globalization;
using MiSarTracker.Formats.Answers.Zip;

namespace MiSarTracker.Formats.Answers.Containers;

/// <summary>
/// A tar archive, read forward as it comes. Own code, because the platform's reader allocates whatever an entry's header
/// claims, and stops at the first one it does not like.
/// </summary>
internal sealed class TarMember(MemberStream content, AnswerReading reading, MemberReader members)
{
    private const int LongestDescription = 1 << 16;

    private readonly byte[] _block = new byte[TarHeader.Length];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <param name="name">The archive's, for reports.</param>
    /// <param name="prefix">What stands before its members' names.</param>
    /// <param name="depth">Of its members.</param>
    public void Read(string name, string prefix, int depth)
    {
        string? longName = null;
        long? longSize = null;
        while (NextBlock())
        {
            if (_block.AsSpan().IndexOfAnyExcept((byte)0) < 0)
                return; // The end: two blocks of zeros, of which one is enough.

            if (TarHeader.Parse(_block) is not { } header)
            {
                reading.Damage(name, "the archive is damaged: where an entry should begin there is none; what follows was not read");
                return;
            }

            if (header.Kind is 'x' or 'L')
            {
                var description = Description(header.Size);
                longName = (header.Kind == 'L' ? TarHeader.Text(description) : TarHeader.Pax(description, "path"u8)) ?? longName;
                longSize = header.Kind == 'x' && long.TryParse(TarHeader.Pax(description, "size"u8), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : longSize;
                continue;
            }

            var entry = header with { Name = longName ?? header.Name, Size = longSize ?? header.Size };
            (longName, longSize) = (null, null);
            if (!Entry(entry, name, prefix, depth))
                return;
        }

        reading.Damage(name, "the archive ends without its end mark: it may be cut off");
    }

    private bool Entry(TarHeader entry, string archive, string prefix, int depth)
    {
        reading.Cancellation.ThrowIfCancellationRequested();
        var bytes = new TarWindow(content, entry.Size);
        var printable = prefix + ZipNames.Printable(entry.Name.Replace('\\', '/'));
        if (entry.Kind is '0' or '7')
        {
            if (!reading.SpendEntry())
            {
                reading.Damage(archive, $"the answer has more than {reading.Limits.MaxArchiveEntries} members; the others were not read");
                return false;
            }

            if (ZipNames.Objection(entry.Name.Replace('\\', '/')) is { } objection)
                reading.Damage(printable, objection);
            else
                File(bytes, entry, printable, depth);
        }
        else if (entry.Kind is '1' or '2')
        {
            reading.Damage(printable, "the entry is a link; links are not followed");
        }
        else if (entry.Kind is not ('5' or 'g'))
        {
            reading.Damage(printable, $"the entry is no file (kind {entry.Kind}); it was not read");
        }

        return bytes.Skip();
    }

    private void File(TarWindow bytes, TarHeader entry, string printable, int depth)
    {
        var name = printable;
        for (var copy = 2; !_names.Add(name); copy++)
            name = string.Create(CultureInfo.InvariantCulture, $"{printable}#{copy}");

        if (name != printable)
            reading.Damage(name, "the archive has several entries of this name; all were read, the later ones with a number behind the name");

        using var member = new MemberStream(bytes, reading, new MemberPromise { Length = entry.Size });
        members.Read(member, name, entry.Size, depth);
        member.Drain();
    }

    private byte[] Description(long size)
    {
        var bytes = new TarWindow(content, size);
        var description = new byte[Math.Min(size, LongestDescription)];
        var read = bytes.ReadAtLeast(description, description.Length, throwOnEndOfStream: false);
        bytes.Skip();
        return description[..read];
    }

    private bool NextBlock() => content.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false) == _block.Length;
}
