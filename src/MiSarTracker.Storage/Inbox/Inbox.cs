using Microsoft.Data.Sqlite;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using MiSarTracker.Storage.Model;
using NodaTime;

namespace MiSarTracker.Storage;

/// <summary>
/// Mails that came in. A mail is taken in once: by the hash of its bytes, or by what a second delivery cannot change. What
/// happens to it and what happens to its case stand in one transaction.
/// </summary>
public sealed partial class Inbox
{
    private const string Table = "Inbox";
    private readonly Database database;
    private readonly CaseStore store;
    private readonly Vault vault;

    internal Inbox(Database database, CaseStore store, Vault vault) => (this.database, this.store, this.vault) = (database, store, vault);

    /// <summary>All that are known, also dismissed ones, in the order of their coming.</summary>
    public IReadOnlyList<InboxItem> List() => Read("ORDER BY \"Id\"");

    public IReadOnlyList<InboxItem> OfCase(CaseReference reference) => Read("""WHERE "Case" = @case ORDER BY "Id" """, ("@case", reference.ToString()));

    /// <exception cref="Refusal">There is no such mail.</exception>
    public InboxItem Get(long id) => Read("""WHERE "Id" = @id""", ("@id", id)) is [var found] ? found : throw NoSuchMail(id);

    /// <summary>The mail that these bytes, or another delivery of them, are; null for a new one.</summary>
    public InboxItem? Find(string sha256, string content) =>
        Read("""WHERE "Sha256" = @sha256 OR "Content" = @content ORDER BY "Id" LIMIT 1""", ("@sha256", sha256), ("@content", content)) is [var found] ? found : null;

    /// <summary>Takes a mail in that belongs to no case beyond doubt.</summary>
    /// <returns>It, with its number; the earlier one when it was taken in before.</returns>
    public Task<InboxItem> Hold(InboxItem item, CancellationToken cancellationToken = default) => database.Write(writing =>
        Task.FromResult(Earlier(writing, item) ?? Insert(writing, item)), cancellationToken);

    /// <summary>Takes a mail in and files it with its case.</summary>
    /// <param name="report">What it says about the arrival of a letter; null for nothing.</param>
    /// <exception cref="Refusal">There is no such case, or it is erased.</exception>
    public Task<InboxItem> File(InboxItem item, RecordMail filing, ReportDelivery? report, Instant now, CancellationToken cancellationToken = default) => database.Write(writing =>
    {
        if (item.Id == 0 && Earlier(writing, item) is { } earlier)
            return Task.FromResult(earlier);
        var before = item.Id == 0 ? null : Row(writing, item.Id);
        var row = CaseStore.Load(writing, item.Case!.Value);
        var decision = RecordMail.Decide(CaseReading.ToCase(row), filing, CaseStore.Whole(now));
        var mail = decision.Case.Mails.First(m => m.Sha256 == filing.Sha256).Number;
        if (report is not null)
            decision = decision.Then(@case => ReportDelivery.Decide(@case, report with { Mail = mail }, CaseStore.Whole(now)));
        store.Save(writing, row, decision, CaseStore.Whole(now));
        var filed = item with { Mail = mail };
        if (before is null)
            return Task.FromResult(Insert(writing, filed));
        RowWriting.Update(writing, Table, before, ToRow(filed));
        return Task.FromResult(filed);
    }, cancellationToken);

    /// <summary>Writes down what became of a mail.</summary>
    public Task<InboxItem> Change(long id, Func<InboxItem, InboxItem> change, CancellationToken cancellationToken = default) => database.Write(writing =>
    {
        var row = Row(writing, id);
        var after = change(ToItem(row));
        RowWriting.Update(writing, Table, row, ToRow(after));
        return Task.FromResult(after);
    }, cancellationToken);

    /// <summary>Throws a mail away that concerns no case: its bytes and its words go, its fingerprints stay so that it is not asked about again.</summary>
    /// <exception cref="Refusal">It is filed with a case.</exception>
    public async Task<InboxItem> Dismiss(long id, CancellationToken cancellationToken = default)
    {
        var dismissed = await Change(id, item => item.Case is null
            ? item with
            {
                State = InboxState.Dismissed,
                From = "",
                Subject = "",
                MessageId = null,
                SentAt = null,
                Candidates = [],
                Kind = MailKind.Unclear,
                Details = "{}",
                Source = "",
            }
            : throw new Refusal($"{item.Number} is filed with {item.Case} as {item.Mail}: what is on the record stays.", $"misar case erase {item.Case} takes a whole case away."),
            cancellationToken).ConfigureAwait(false);
        return await database.Write(async writing =>
        {
            // Another case may rest on the same bytes.
            if (!await CaseFiles.IsUsed(writing.Context, dismissed.Sha256, cancellationToken).ConfigureAwait(false))
                vault.Delete(dismissed.Sha256);
            return dismissed;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a folder of a mailbox was read to; null before the first reading.</summary>
    public (long UidValidity, long LastUid)? Progress(string account, string folder) => database.ReadPlainly((connection, transaction) =>
        Mailbox(connection, transaction, account, folder) is { } row ? (row.UidValidity, row.LastUid) : ((long, long)?)null);

    /// <summary>Writes down that a folder was looked through up to a UID.</summary>
    public Task SaveProgress(string account, string folder, long uidValidity, long lastUid, Instant now, CancellationToken cancellationToken = default) => database.Write(writing =>
    {
        var row = new MailboxRow { Account = account, Folder = folder, UidValidity = uidValidity, LastUid = lastUid, CheckedAt = CaseStore.Whole(now) };
        if (Mailbox(writing.Connection, writing.Transaction, account, folder) is not { } before)
            _ = RowWriting.InsertNumbered(writing, "Mailboxes", row);
        else
        {
            row.Id = before.Id;
            RowWriting.Update(writing, "Mailboxes", before, row);
        }

        return Task.FromResult(true);
    }, cancellationToken);

    /// <summary>The vault's files that mails rest on which wait for the person.</summary>
    internal static IEnumerable<string> FilesOf(SqliteConnection connection, SqliteTransaction transaction) =>
        Rows.Read<InboxRow>(connection, transaction, Table, """WHERE "State" <> 'dismissed' ORDER BY "Id" """).Select(row => row.Sha256);

    /// <summary>Takes away what an erased case leaves in the inbox: its mails, and those that may have been its.</summary>
    /// <returns>The hashes of their files.</returns>
    internal static IReadOnlyList<string> Forget(Writing writing, CaseReference reference)
    {
        var name = reference.ToString();
        var rows = Rows.Read<InboxRow>(writing.Connection, writing.Transaction, Table, """WHERE "Case" = @case OR "Candidates" <> '' ORDER BY "Id" """, ("@case", name))
            .Where(row => row.Case == name || row.Candidates.Split(' ') is [var only] && only == name).ToList();
        rows.ForEach(row => RowWriting.Delete(writing, Table, row));
        return [.. rows.Select(row => row.Sha256)];
    }

    private static MailboxRow? Mailbox(SqliteConnection connection, SqliteTransaction transaction, string account, string folder) =>
        Rows.Read<MailboxRow>(connection, transaction, "Mailboxes", """WHERE "Account" = @account AND "Folder" = @folder""", ("@account", account), ("@folder", folder)).FirstOrDefault();

    private static InboxItem? Earlier(Writing writing, InboxItem item) => Rows.Read<InboxRow>(
        writing.Connection, writing.Transaction, Table, """WHERE "Sha256" = @sha256 OR "Content" = @content LIMIT 1""", ("@sha256", item.Sha256), ("@content", item.Content)) is [var row] ? ToItem(row) : null;

    private static InboxItem Insert(Writing writing, InboxItem item) => item with { Id = RowWriting.InsertNumbered(writing, Table, ToRow(item)) };

    private static InboxRow Row(Writing writing, long id) =>
        Rows.Read<InboxRow>(writing.Connection, writing.Transaction, Table, """WHERE "Id" = @id""", ("@id", id)) is [var row] ? row : throw NoSuchMail(id);

    private static Refusal NoSuchMail(long id) => new($"There is no mail {InboxItem.NumberOf(id)}.", "misar inbox list shows them.");

    private List<InboxItem> Read(string where, params (string, object)[] parameters) => database.ReadPlainly((connection, transaction) =>
        Rows.Read<InboxRow>(connection, transaction, Table, where, parameters).ConvertAll(ToItem));

    private static InboxItem ToItem(InboxRow row) => new()
    {
        Id = row.Id,
        Sha256 = row.Sha256,
        Content = row.Content,
        Size = row.Size,
        TakenAt = row.TakenAt,
        ArrivedAt = row.ArrivedAt,
        Source = row.Source,
        MessageId = row.MessageId,
        From = row.From,
        Subject = row.Subject,
        SentAt = row.SentAt,
        State = row.State,
        Case = row.Case is { } name ? CaseReference.Parse(name) : null,
        Mail = row.Mail,
        Controller = row.Controller,
        Letter = row.Letter,
        Exhibit = row.Exhibit,
        Candidates = row.Candidates.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(CaseReference.Parse).ToValueList(),
        Kind = row.Kind,
        Details = row.Details,
    };

    private static InboxRow ToRow(InboxItem item) => new()
    {
        Id = item.Id,
        Sha256 = item.Sha256,
        Content = item.Content,
        Size = item.Size,
        TakenAt = CaseStore.Whole(item.TakenAt),
        ArrivedAt = item.ArrivedAt is { } arrived ? CaseStore.Whole(arrived) : null,
        Source = item.Source,
        MessageId = item.MessageId,
        From = item.From,
        Subject = item.Subject,
        SentAt = item.SentAt is { } sent ? CaseStore.Whole(sent) : null,
        State = item.State,
        Case = item.Case?.ToString(),
        Mail = item.Mail,
        Controller = item.Controller,
        Letter = item.Letter,
        Exhibit = item.Exhibit,
        Candidates = string.Join(' ', item.Candidates),
        Kind = item.Kind,
        Details = item.Details,
    };
}
