using MiSarTracker.Core.Inbox;
using NodaTime;

namespace MiSarTracker.Core.Ports;

/// <summary>Looks through the person's mailbox. It opens folders for reading only, so that no flag changes.</summary>
public interface IMailboxReader
{
    /// <summary>
    /// Looks at all that is new since the progress that <paramref name="taker"/> knows: headers of all, the raw bytes of those that it
    /// wants. A broken line is taken up again a few times within one reading; what was taken stays taken.
    /// </summary>
    /// <returns>What was looked at.</returns>
    /// <exception cref="Unavailable">The server cannot be reached, refuses, or breaks off again and again; the progress so far is kept.</exception>
    Task<MailboxReading> ReadAsync(MailboxRequest request, IMailTaker taker, CancellationToken cancellationToken);
}

/// <param name="Folders">Names as the server writes them; INBOX is always understood.</param>
/// <param name="Since">Of a folder that was never read, mails that arrived before this day are not looked at; null for all.</param>
/// <param name="BodyWords">Asked of the server: which mails have one of these in their text. Nothing of the others is fetched for it.</param>
/// <param name="FromBeginning">Look at all again, whatever the progress says.</param>
public sealed record MailboxRequest(IReadOnlyList<string> Folders, LocalDate? Since, IReadOnlyList<string> BodyWords, bool FromBeginning = false)
{
    /// <summary>A larger mail is not fetched; a remark says so. In bytes.</summary>
    public long LargestMail { get; init; } = 64 << 20;
}

/// <summary>What is known of a mail before it is fetched.</summary>
/// <param name="IsReport">A report of delivery or disposition, or a mail system's own: what it is about stands inside.</param>
public sealed record MailHead(string Folder, long UidValidity, long Uid, long Size, Instant? ArrivedAt, MailFacts Facts, bool IsReport);

/// <summary>Decides which mails are fetched, keeps them, and remembers how far a folder was read.</summary>
public interface IMailTaker
{
    (long UidValidity, long LastUid)? Progress(string folder);

    /// <summary>From the headers: whether to fetch it whole.</summary>
    bool Wants(MailHead head);

    /// <summary>Keeps a mail, or finds that it concerns nobody here and forgets it. When this returns, what is kept is on the disk.</summary>
    /// <param name="raw">The server's bytes, seekable.</param>
    Task TakeAsync(MailHead head, Stream raw, CancellationToken cancellationToken);

    /// <summary>All up to this UID was looked at and, where wanted, taken.</summary>
    Task AdvanceAsync(string folder, long uidValidity, long lastUid, CancellationToken cancellationToken);
}

/// <param name="Looked">Mails whose headers were looked at.</param>
/// <param name="Remarks">What the person should know: a folder that is not there, a mail that is too large, a mailbox that was numbered anew.</param>
public sealed record MailboxReading(int Looked, int Fetched, IReadOnlyList<string> Remarks);
