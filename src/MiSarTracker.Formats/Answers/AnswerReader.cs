using MiSarTracker.Formats.Answers.Documents;
using MiSarTracker.Formats.Answers.Zip;

namespace MiSarTracker.Formats.Answers;

/// <summary>
/// Reads what a vendor sent: archives (plain, ZipCrypto, WinZip AES, gzip, tar), tables, JSON, mails, pages, texts, documents, and these inside one another.
/// For any bytes it hands records to the sink, then returns or throws <see cref="ImportException"/>; nothing else,
/// within the limits. A damaged part costs that part.
/// </summary>
public static class AnswerReader
{
    /// <summary>Said wherever a password is missing or wrong.</summary>
    public const string PasswordRemedy =
        "Give the password that came with the answer (often in a second mail) with --password or --password-file; or open it in its own program and add a copy that is saved without a password.";

    /// <summary>Reads an answer.</summary>
    /// <param name="seekable">The answer's bytes. Read from its beginning; not closed.</param>
    /// <param name="fileName">Its name: a hint for the format of text files, and often a stamp of when it was made.</param>
    /// <param name="passwords">Tried in turn on every archive, as UTF-8, Latin-1 and CP437.</param>
    /// <param name="sink">Takes what is found, in the order of the file.</param>
    /// <param name="limits">How much is taken.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ImportException">The answer is empty, cannot be read at all, or is encrypted and no password opens it.</exception>
    public static AnswerSummary Read(
        Stream seekable, string fileName, IReadOnlyList<string> passwords, IAnswerSink sink, Limits limits, CancellationToken cancellationToken) =>
        Read(seekable, fileName, passwords, sink, limits, null, cancellationToken);

    /// <summary>Reads an answer, its PDFs and workbooks too.</summary>
    /// <param name="documents">Reads them in a process of its own; null to leave them members without content.</param>
    /// <inheritdoc cref="Read(Stream, string, IReadOnlyList{string}, IAnswerSink, Limits, CancellationToken)"/>
    public static AnswerSummary Read(
        Stream seekable, string fileName, IReadOnlyList<string> passwords, IAnswerSink sink, Limits limits, IDocumentProcess? documents, CancellationToken cancellationToken)
    {
        if (!seekable.CanSeek)
            throw new ArgumentException("An answer is read from a stream that can seek.", nameof(seekable));

        var name = fileName.Replace('\\', '/').Split('/')[^1];
        var reading = new AnswerReading(name, passwords, sink, limits, cancellationToken, documents);
        seekable.Position = 0;
        if (seekable.Length == 0)
            throw new ImportException("answer", name, null, "the file is empty", "Fetch it again; a download that broke off leaves an empty file.");

        sink.Begin(name);
        var promise = new MemberPromise { Seekable = seekable };
        using var content = new MemberStream(new WindowStream(seekable, 0, seekable.Length), reading, promise);
        var format = new MemberReader(reading).ReadAnswer(content, seekable.Length);
        reading.Finish();
        if (reading.Locked.Count > 0 && !reading.GaveAnything)
            throw new ImportException(format, reading.Locked[0].Name, null, reading.Locked[0].Why, PasswordRemedy);

        return new AnswerSummary(format, reading.Members)
        {
            Locked = [.. reading.Locked.Select(locked => locked.Name)],
            Stamps = reading.Stamps,
            Opened = reading.PasswordsThatOpened,
        };
    }
}
