using MiSarTracker.Formats.Answers;
using MiSarTracker.Formats.Answers.Zip;

namespace MiSarTracker.Formats.Captures.Saz;

/// <summary>A Fiddler archive's sessions: which entries they have, and their bytes. Passwords are tried in turn.</summary>
internal sealed class SazArchive
{
    private const string PasswordRemedy = "Give the password that the session was saved with, with --password or --password-file.";

    /// <summary>Entries tried before a password is called wrong.</summary>
    private const int TriedForPassword = 8;

    private readonly Stream _archive;
    private readonly AnswerReading _reading;
    private EntryOpener _opener;

    private SazArchive(Stream archive, ZipDirectory directory, IReadOnlyList<string> passwords, Limits limits)
    {
        _archive = archive;
        _reading = new AnswerReading("saz", passwords, new SazSink(), limits, CancellationToken.None);
        _opener = new EntryOpener(archive, new ZipPasswords([]), _reading);
        var places = EntryPlace.Of(directory, archive).ToList();
        Unlock(places, passwords);
        var problems = new List<Damage>(directory.Problems);
        var sessions = new SortedDictionary<long, SazSession>();
        foreach (var place in places)
        {
            if (SazName.Parse(place.Entry.Name) is not { } name)
                continue;
            if ((place.Objection ?? EntryOpener.Objection(place.Entry)) is { } objection)
                problems.Add(new Damage(ZipNames.Printable(place.Entry.Name), objection));
            else if (!sessions.GetValueOrDefault(name.Number, new SazSession(null, null, null, false)).TryWith(name.Part, place, out var session))
                problems.Add(new Damage(ZipNames.Printable(place.Entry.Name), "the archive has several entries of this name; the first was read"));
            else
                sessions[name.Number] = session;
        }

        (Sessions, Problems) = (sessions, problems);
    }

    /// <summary>By their numbers in Fiddler.</summary>
    public IReadOnlyDictionary<long, SazSession> Sessions { get; }

    public IReadOnlyList<Damage> Problems { get; }

    /// <summary>The password that opens it, or null when it needs none.</summary>
    public string? Password { get; private set; }

    /// <summary>Reads the archive's directory.</summary>
    /// <exception cref="ImportException">It is no archive of Fiddler's, or no password opens it.</exception>
    public static SazArchive Open(Stream seekable, IReadOnlyList<string> passwords, Limits limits)
    {
        var directory = ZipDirectory.Read(seekable, limits, CancellationToken.None);
        if (directory is null || !directory.Entries.Any(entry => SazName.Parse(entry.Name) is { Part: 'c' }))
            throw Unreadable.Archive(directory is null ? [] : directory.Entries.Select(entry => entry.Name));
        return new SazArchive(seekable, directory, passwords, limits);
    }

    /// <summary>
    /// Reads an entry into a buffer that grows up to the limit; returns its length. <paramref name="fault"/> says what is
    /// wrong with the bytes, <paramref name="isCutOff"/> that there are more than the limit allows.
    /// </summary>
    public int Read(EntryPlace place, ref byte[] buffer, long most, out string? fault, out bool isCutOff)
    {
        isCutOff = false;
        using var content = _opener.Open(place, out fault);
        if (content is null)
        {
            fault ??= "the password does not open this entry, though it opens others";
            return 0;
        }

        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(Math.Max(64 << 10, 2L * buffer.Length), most + 1));
            var read = content.Read(buffer.AsSpan(length));
            if (read == 0)
                break;
            length += read;
            if (length > most)
            {
                isCutOff = true;
                return length;
            }
        }

        fault = content.Fault;
        return length;
    }

    /// <summary>Finds the password on the smallest encrypted entries, so that a wrong one is one clear refusal.</summary>
    private void Unlock(List<EntryPlace> places, IReadOnlyList<string> passwords)
    {
        var encrypted = places
            .Where(place => place.Objection is null && EntryOpener.Objection(place.Entry) is null && place.Entry.IsEncrypted)
            .OrderBy(place => place.Entry.PackedSize).Take(TriedForPassword).ToList();
        if (encrypted.Count == 0)
            return;
        foreach (var password in passwords)
        {
            var opener = new EntryOpener(_archive, new ZipPasswords([password]), _reading);
            if (!encrypted.Exists(place => opener.Fit(place) == PasswordFit.Proven))
                continue;
            (_opener, Password) = (opener, password);
            return;
        }

        var reason = passwords.Count == 0 ? "the archive is encrypted and no password was given"
            : passwords.Count == 1 ? "the password does not open the archive"
            : $"none of the {passwords.Count} passwords opens the archive";
        throw new ImportException("Fiddler session archive", null, null, reason, PasswordRemedy);
    }
}
