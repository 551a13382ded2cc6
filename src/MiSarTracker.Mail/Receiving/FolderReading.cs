using System.Globalization;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MimeKit;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Trust;
using NodaTime;

namespace MiSarTracker.Mail.Receiving;

/// <summary>One look through the folders, over as many connections as it takes. Folders are opened with EXAMINE and mails fetched with BODY.PEEK.</summary>
internal sealed class FolderReading(MailboxRequest request, IMailTaker taker, ImapPatience patience)
{
    private const int Batch = 200;

    /// <summary>Of a mail that is too large to fetch: a head of its headers is enough to say whose it is.</summary>
    private const int HeadBytes = 64 << 10;

    private static readonly HeaderId[] Wanted =
    [
        HeaderId.From, HeaderId.Sender, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.InReplyTo, HeaderId.References, HeaderId.ContentType,
        HeaderId.AutoSubmitted, HeaderId.Precedence, HeaderId.ListId, HeaderId.ListUnsubscribe, HeaderId.ListPost, HeaderId.ReturnPath,
    ];

    private readonly List<string> _remarks = [];
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begunAgain = new(StringComparer.Ordinal);

    public int Looked { get; private set; }

    public int Fetched { get; private set; }

    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Whether a sign-in worked once: from then on a broken line is worth another try.</summary>
    public bool WasConnected { get; private set; }

    public async Task RunAsync(ImapClient client, CancellationToken cancellationToken)
    {
        WasConnected = true;
        foreach (string name in request.Folders.Where(name => !_done.Contains(name)))
        {
            if (await OpenAsync(client, name, cancellationToken).ConfigureAwait(false) is { } folder)
                await ReadAsync(folder, name, cancellationToken).ConfigureAwait(false);
            _done.Add(name);
        }
    }

    private async Task<IMailFolder?> OpenAsync(ImapClient client, string name, CancellationToken cancellationToken)
    {
        try
        {
            IMailFolder folder = string.Equals(name, "INBOX", StringComparison.OrdinalIgnoreCase)
                ? client.Inbox ?? throw new FolderNotFoundException(name)
                : await Patience.WithinAsync(patience.Step, stop => client.GetFolderAsync(name, stop), cancellationToken).ConfigureAwait(false);
            await Patience.WithinAsync(patience.Step, stop => folder.OpenAsync(FolderAccess.ReadOnly, stop), cancellationToken).ConfigureAwait(false);
            return folder;
        }
        catch (FolderNotFoundException)
        {
            _remarks.Add($"The mailbox has no folder “{ServerText.Clean(name)}”.");
            return null;
        }
        catch (ImapCommandException refused)
        {
            _remarks.Add($"The folder “{ServerText.Clean(name)}” cannot be opened: {ServerText.Clean(refused.ResponseText)}");
            return null;
        }
    }

    private async Task ReadAsync(IMailFolder folder, string name, CancellationToken cancellationToken)
    {
        var progress = taker.Progress(name);
        bool anew = progress is { } known && known.UidValidity != folder.UidValidity;
        if (anew)
            _remarks.Add($"The server has numbered the mails of “{ServerText.Clean(name)}” anew; all were looked at again, and those that were taken before count once.");
        uint last = progress is { } before && !anew && (!request.FromBeginning || _begunAgain.Contains(name)) ? (uint)before.LastUid : 0;
        if (_begunAgain.Add(name) && request.FromBeginning)
            await taker.AdvanceAsync(name, folder.UidValidity, 0, cancellationToken).ConfigureAwait(false);
        IList<UniqueId> uids = await NewAsync(folder, last, cancellationToken).ConfigureAwait(false);
        HashSet<UniqueId> named = uids.Count == 0 ? [] : await NamedInBodyAsync(folder, uids, cancellationToken).ConfigureAwait(false);
        foreach (UniqueId[] batch in uids.Chunk(Batch))
            await BatchAsync(folder, name, batch, named, cancellationToken).ConfigureAwait(false);
        // What arrived before the first case is not looked at, now or later.
        if (uids.Count == 0 && (anew || progress is null) && folder.UidNext is { Id: > 1 } next)
            await taker.AdvanceAsync(name, folder.UidValidity, next.Id - 1, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IList<UniqueId>> NewAsync(IMailFolder folder, uint last, CancellationToken cancellationToken)
    {
        SearchQuery query = SearchQuery.Uids(new UniqueIdRange(new UniqueId(folder.UidValidity, last + 1), UniqueId.MaxValue));
        if (last == 0 && request.Since is { } since && !request.FromBeginning)
            query = query.And(SearchQuery.DeliveredAfter(since.ToDateTimeUnspecified()));
        IList<UniqueId> found = await Patience.WithinAsync(patience.Step, stop => folder.SearchAsync(query, stop), cancellationToken).ConfigureAwait(false);
        // "n:*" gives the last mail even when its number is below n (RFC 9051, 6.4.8).
        return [.. found.Where(uid => uid.Id > last).OrderBy(uid => uid.Id)];
    }

    /// <summary>Asks the server which mails name a case in their text, so that the texts of all the others stay where they are.</summary>
    private async Task<HashSet<UniqueId>> NamedInBodyAsync(IMailFolder folder, IList<UniqueId> uids, CancellationToken cancellationToken)
    {
        if (request.BodyWords.Count == 0)
            return [];
        SearchQuery words = request.BodyWords.Select(SearchQuery (word) => SearchQuery.BodyContains(word)).Aggregate((one, other) => one.Or(other));
        try
        {
            SearchQuery query = SearchQuery.Uids(new UniqueIdRange(uids[0], uids[^1])).And(words);
            return [.. await Patience.WithinAsync(patience.Step, stop => folder.SearchAsync(query, stop), cancellationToken).ConfigureAwait(false)];
        }
        catch (ImapCommandException refused)
        {
            _remarks.Add($"The server does not search in texts ({ServerText.Clean(refused.ResponseText)}): mails that name a case in their text alone were not found.");
            return [];
        }
    }

    private async Task BatchAsync(IMailFolder folder, string name, UniqueId[] batch, HashSet<UniqueId> named, CancellationToken cancellationToken)
    {
        var sizes = new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate);
        var heads = new FetchRequest(MessageSummaryItems.UniqueId, Wanted);
        IList<IMessageSummary> found = await Patience.WithinAsync(patience.Step, stop => folder.FetchAsync(batch, sizes, stop), cancellationToken).ConfigureAwait(false);
        var ordinary = found.Where(one => (one.Size ?? 0) <= request.LargestMail).Select(one => one.UniqueId).ToList();
        IList<IMessageSummary> headers = ordinary.Count == 0 ? [] : await Patience.WithinAsync(patience.Step, stop => folder.FetchAsync(ordinary, heads, stop), cancellationToken).ConfigureAwait(false);
        var byUid = headers.Where(one => one.Headers is not null).GroupBy(one => one.UniqueId).ToDictionary(group => group.Key, group => group.Last().Headers!);
        foreach (IMessageSummary one in found.OrderBy(one => one.UniqueId.Id))
        {
            HeaderList? list = byUid.GetValueOrDefault(one.UniqueId) ?? await HeadAsync(folder, one.UniqueId, cancellationToken).ConfigureAwait(false);
            if (list is not null)
                await MailAsync(folder, Head(name, folder.UidValidity, one, list, named.Contains(one.UniqueId)), one.UniqueId, cancellationToken).ConfigureAwait(false);
            Looked++;
        }

        await taker.AdvanceAsync(name, folder.UidValidity, batch[^1].Id, cancellationToken).ConfigureAwait(false);
    }

    private async Task MailAsync(IMailFolder folder, MailHead head, UniqueId uid, CancellationToken cancellationToken)
    {
        if (!taker.Wants(head))
            return;
        if (head.Size > request.LargestMail)
        {
            _remarks.Add(string.Create(CultureInfo.InvariantCulture,
                $"A mail from {ServerText.Clean(head.Facts.From)} of {head.Size >> 20} MiB is larger than the {request.LargestMail >> 20} MiB that are fetched; save it from your mail program and add it with misar inbox add."));
            return;
        }

        try
        {
            await Patience.WithinAsync(patience.Mail, async stop =>
            {
                using Stream raw = await folder.GetStreamAsync(uid, "", stop).ConfigureAwait(false);
                await taker.TakeAsync(head, raw, cancellationToken).ConfigureAwait(false);
            }, cancellationToken).ConfigureAwait(false);
            Fetched++;
            await taker.AdvanceAsync(head.Folder, head.UidValidity, uid.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (MessageNotFoundException)
        {
            _remarks.Add($"A mail from {ServerText.Clean(head.Facts.From)} was removed from the mailbox while it was being fetched.");
        }
    }

    /// <summary>The head of a mail that is too large, or whose headers the server did not give with the others.</summary>
    private async Task<HeaderList?> HeadAsync(IMailFolder folder, UniqueId uid, CancellationToken cancellationToken)
    {
        try
        {
            using Stream head = await Patience.WithinAsync(patience.Step, stop => folder.GetStreamAsync(uid, "HEADER", 0, HeadBytes, stop), cancellationToken).ConfigureAwait(false);
            return await HeaderList.LoadAsync(head, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is MessageNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static MailHead Head(string folder, uint uidValidity, IMessageSummary one, HeaderList headers, bool namedInBody) => new(
        folder, uidValidity, one.UniqueId.Id, one.Size ?? 0,
        one.InternalDate is { } arrived ? Instant.FromDateTimeOffset(arrived) : null,
        MailHeaders.Facts(headers) with { NamedInBody = namedInBody },
        MailHeaders.IsReport(headers));
}
