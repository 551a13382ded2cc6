using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MimeKit;
using MimeKit.Utils;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Receiving;
using MiSarTracker.Mail.Trust;
using NodaTime;

namespace MiSarTracker.Mail.Sending;

/// <param name="Folder">As the server names it.</param>
/// <param name="Since">When the copy came into the folder; null when the server does not say.</param>
public sealed record SentCopy(string Folder, Instant? Since);

/// <param name="Found">Null: none of the folders has it, which proves nothing.</param>
/// <param name="Searched">The folders that were looked through.</param>
/// <param name="Remarks">What could not be looked through, and why.</param>
public sealed record SentSearch(SentCopy? Found, IReadOnlyList<string> Searched, IReadOnlyList<string> Remarks);

/// <summary>
/// The copies of the person's own letters in their mailbox: many providers put one into the Sent folder when they take a letter, so that
/// a copy there tells what a broken line did not. A search opens folders with EXAMINE and fetches one header line.
/// </summary>
/// <param name="folder">The folder for sent mails as the server writes it; null for the one that the server marks as such.</param>
public sealed class SentMailbox(MailAccount account, TrustedAuthorities authorities, MailSecret secret, string? folder = null, ImapPatience? patience = null)
{
    /// <summary>What servers that mark no folder (RFC 6154) usually call it.</summary>
    private static readonly string[] UsualNames = ["Sent", "Sent Items", "Sent Messages", "Sent Mail", "Gesendet", "Verzonden", "Envoyés", "Enviados", "Inviati"];

    private readonly ImapPatience _patience = patience ?? new ImapPatience();
    private readonly ImapSession _session = new(account, authorities, secret, patience ?? new ImapPatience());

    /// <summary>Looks for a letter by its Message-ID in the Sent folder, in the folder of all mails, and in those that are named.</summary>
    /// <param name="messageId">Without angle brackets.</param>
    /// <param name="alsoIn">Further folders.</param>
    /// <exception cref="Core.Unavailable">The server cannot be reached or refuses.</exception>
    public async Task<SentSearch> FindAsync(string messageId, IReadOnlyList<string> alsoIn, CancellationToken cancellationToken)
    {
        List<string> searched = [], remarks = [];
        SentCopy? found = null;
        await OnServerAsync(async client =>
        {
            foreach (IMailFolder one in await FoldersAsync(client, alsoIn, remarks, cancellationToken).ConfigureAwait(false))
            {
                if (found is not null)
                    break;
                try
                {
                    found = await Patience.WithinAsync(_patience.Step, stop => InFolderAsync(one, messageId, stop), cancellationToken).ConfigureAwait(false);
                    searched.Add(ServerText.Clean(one.FullName));
                }
                catch (ImapCommandException refused)
                {
                    remarks.Add($"The folder “{ServerText.Clean(one.FullName)}” could not be searched: {ServerText.Clean(refused.ResponseText)}");
                }
            }
        }, cancellationToken).ConfigureAwait(false);
        return new SentSearch(found, searched, remarks);
    }

    /// <summary>Puts a letter that was sent into the Sent folder, its stored bytes, marked as read. A copy that is there already is left alone.</summary>
    /// <returns>The folder's name.</returns>
    /// <exception cref="Core.Unavailable">The server cannot be reached, refuses, or has no such folder.</exception>
    public async Task<string> KeepAsync(PreparedMail mail, Instant sentAt, CancellationToken cancellationToken)
    {
        string name = "";
        await OnServerAsync(async client =>
        {
            IMailFolder sent = await SentAsync(client, cancellationToken).ConfigureAwait(false) ?? throw new MailTroubleException(new MailTrouble(
                $"{account.Endpoint} names no folder for sent mails.", "Name it in Mail.SentFolder of the workspace's appsettings.json.", Retryable: false));
            name = ServerText.Clean(sent.FullName);
            if (await Patience.WithinAsync(_patience.Step, stop => InFolderAsync(sent, mail.MessageId, stop), cancellationToken).ConfigureAwait(false) is not null)
                return;
            await Patience.WithinAsync(_patience.Mail, stop => AppendAsync(sent, mail, sentAt, stop), cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return name;
    }

    private async Task OnServerAsync(Func<ImapClient, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await _session.RunAsync(act, cancellationToken).ConfigureAwait(false);
        }
        catch (MailTroubleException broken)
        {
            throw broken.Trouble.ToUnavailable(broken);
        }
    }

    private async Task<List<IMailFolder>> FoldersAsync(ImapClient client, IReadOnlyList<string> alsoIn, List<string> remarks, CancellationToken cancellationToken)
    {
        List<IMailFolder> folders = [];
        if (await SentAsync(client, cancellationToken).ConfigureAwait(false) is { } sent)
            folders.Add(sent);
        else
            remarks.Add(folder is null ? "The mailbox names no folder for sent mails; Mail.SentFolder in appsettings.json can name it." : $"The mailbox has no folder “{folder}”.");
        if (Marked(client, SpecialFolder.All) is { } all)
            folders.Add(all);
        foreach (string name in alsoIn)
        {
            if (await NamedAsync(client, name, cancellationToken).ConfigureAwait(false) is { } named)
                folders.Add(named);
        }

        return [.. folders.DistinctBy(one => one.FullName)];
    }

    private async Task<IMailFolder?> SentAsync(ImapClient client, CancellationToken cancellationToken)
    {
        if (folder is not null)
            return await NamedAsync(client, folder, cancellationToken).ConfigureAwait(false);
        if (Marked(client, SpecialFolder.Sent) is { } marked)
            return marked;
        foreach (FolderNamespace space in client.PersonalNamespaces)
        {
            IList<IMailFolder> all = await Patience.WithinAsync(_patience.Step, stop => client.GetFoldersAsync(space, cancellationToken: stop), cancellationToken).ConfigureAwait(false);
            if (UsualNames.Select(name => all.FirstOrDefault(one => one.Name == name)).FirstOrDefault(one => one is not null) is { } usual)
                return usual;
        }

        return null;
    }

    private static IMailFolder? Marked(ImapClient client, SpecialFolder kind) =>
        (client.Capabilities & (ImapCapabilities.SpecialUse | ImapCapabilities.XList)) != 0 ? client.GetFolder(kind) : null;

    private async Task<IMailFolder?> NamedAsync(ImapClient client, string name, CancellationToken cancellationToken)
    {
        if (string.Equals(name, "INBOX", StringComparison.OrdinalIgnoreCase))
            return client.Inbox;
        try
        {
            return await Patience.WithinAsync(_patience.Step, stop => client.GetFolderAsync(name, stop), cancellationToken).ConfigureAwait(false);
        }
        catch (FolderNotFoundException)
        {
            return null;
        }
    }

    private static async Task<SentCopy?> InFolderAsync(IMailFolder folder, string messageId, CancellationToken cancellationToken)
    {
        await folder.OpenAsync(FolderAccess.ReadOnly, cancellationToken).ConfigureAwait(false);
        IList<UniqueId> hits = await folder.SearchAsync(SearchQuery.HeaderContains("Message-ID", messageId), cancellationToken).ConfigureAwait(false);
        if (hits.Count == 0)
            return null;
        var one = new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate, [HeaderId.MessageId]);
        IList<IMessageSummary> mails = await folder.FetchAsync(hits, one, cancellationToken).ConfigureAwait(false);
        // "Contains" is what IMAP can search for; the very same it must be.
        IMessageSummary? mine = mails.Where(mail => mail.Headers?[HeaderId.MessageId] is { } id && MimeUtils.ParseMessageId(id) == messageId).MinBy(mail => mail.InternalDate);
        return mine is null ? null : new SentCopy(ServerText.Clean(folder.FullName), mine.InternalDate is { } since ? Instant.FromDateTimeOffset(since) : null);
    }

    /// <summary>The library takes a message and writes it anew; that it writes these very bytes is checked before they go.</summary>
    private static async Task<UniqueId?> AppendAsync(IMailFolder sent, PreparedMail mail, Instant sentAt, CancellationToken cancellationToken)
    {
        using var stored = new MemoryStream(mail.Bytes.ToArray(), writable: false);
        using MimeMessage message = await MimeMessage.LoadAsync(stored, cancellationToken).ConfigureAwait(false);
        FormatOptions format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var written = new MemoryStream();
        await message.WriteToAsync(format, written, cancellationToken).ConfigureAwait(false);
        if (!written.ToArray().AsSpan().SequenceEqual(mail.Bytes.Span))
            throw new MailTroubleException(new MailTrouble($"The letter was not put into “{ServerText.Clean(sent.FullName)}”: the copy would differ from it.", null, Retryable: false));
        return await sent.AppendAsync(format, new AppendRequest(message, MessageFlags.Seen, sentAt.ToDateTimeOffset()), cancellationToken).ConfigureAwait(false);
    }
}
