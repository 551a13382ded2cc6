namespace MiSarTracker.Formats.Answers.Zip;

/// <summary>
/// Reads an archive's entries in the order of their bytes. What an entry lies about costs that entry, and is reported under its name.
/// </summary>
internal sealed class ZipReader(AnswerReading reading, MemberReader members)
{
    /// <summary>Entries tried before a password is called wrong: an archive has one password, all but never several.</summary>
    private const int TriedForPassword = 8;

    /// <param name="archive">The archive's bytes.</param>
    /// <param name="directory">What it says it contains.</param>
    /// <param name="name">The archive's name, for reports.</param>
    /// <param name="prefix">What stands before its members' names: empty, or <c>answer.zip!</c>.</param>
    /// <param name="depth">1 for the answer itself.</param>
    /// <exception cref="ImportException">The answer itself is encrypted and no password opens it.</exception>
    public void Read(Stream archive, ZipDirectory directory, string name, string prefix, int depth)
    {
        foreach (var problem in directory.Problems)
            reading.Damage(problem.At == "directory" ? name : prefix + problem.At, problem.Reason);

        var opener = new EntryOpener(archive, new ZipPasswords(reading.Passwords), reading);
        var places = EntryPlace.Of(directory, archive).ToList();
        if (!CanUnlock(places, opener, out var why))
        {
            if (depth == 1)
                throw new ImportException("zip", name, null, why, AnswerReader.PasswordRemedy);

            reading.Lock(name, why);
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            if (place.Objection is null && place.Entry is { IsDirectory: true, Size: 0 })
                continue;

            if (!reading.SpendEntry())
            {
                reading.Damage(name, $"the answer has more than {reading.Limits.MaxArchiveEntries} members; the others were not read");
                return;
            }

            Read(place, opener, prefix, names, depth);
        }
    }

    private void Read(EntryPlace place, EntryOpener opener, string prefix, HashSet<string> names, int depth)
    {
        var entry = place.Entry;
        var name = prefix + ZipNames.Printable(entry.Name);
        if ((place.Objection ?? EntryOpener.Objection(entry)) is { } objection)
        {
            reading.Damage(name, objection);
            return;
        }

        if (place.Warning is not null)
            reading.Damage(name, place.Warning);

        var copy = 1;
        while (!names.Add(name))
            name = $"{prefix}{ZipNames.Printable(entry.Name)}#{++copy}";

        if (copy > 1)
            reading.Damage(name, "the archive has several entries of this name; all were read, the later ones with a number behind the name");

        using var content = opener.Open(place, out var reason);
        if (content is null)
            reading.Damage(name, reason ?? "none of the given passwords opens this entry, though one opens others");
        else
            members.Read(content, name, entry.Size == long.MaxValue ? -1 : entry.Size, depth);
    }

    /// <summary>
    /// Whether the passwords open the archive: tried on its smallest encrypted entries before anything is handed out,
    /// so that a wrong one is one clear refusal and not one damage for each member.
    /// </summary>
    private bool CanUnlock(IEnumerable<EntryPlace> places, EntryOpener opener, out string why)
    {
        var encrypted = places
            .Where(place => place.Objection is null && EntryOpener.Objection(place.Entry) is null && place.Entry.IsEncrypted)
            .OrderBy(place => place.Entry.PackedSize).Take(TriedForPassword).ToList();
        why = reading.Passwords.Count switch
        {
            0 => "the archive is encrypted and no password was given",
            1 => "the password does not open the archive",
            var count => $"none of the {count} passwords opens the archive",
        };
        if (encrypted.Count == 0)
            return true;

        if (reading.Passwords.Count == 0)
            return false;

        var doubtful = new List<EntryPlace>();
        foreach (var place in encrypted)
        {
            var fit = opener.Fit(place);
            if (fit == PasswordFit.Proven)
                return true;

            if (fit == PasswordFit.Doubtful)
                doubtful.Add(place);
        }

        // The two bytes of AES, or one byte of every one of several entries, do not fit by accident: then it is the data.
        why += doubtful.Count > 0 ? " (or its data is damaged)" : "";
        return doubtful.Exists(place => place.Entry.Aes is not null) || (doubtful.Count > 1 && doubtful.Count == encrypted.Count);
    }
}
