using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ledger;
using MiSarTracker.Storage.Model;
using NodaTime;

namespace MiSarTracker.Storage;

/// <summary>
/// Brings a decision into the database: the case, the ledger's entries and the outbox's rows, within the caller's
/// transaction.
/// </summary>
/// <param name="actor">Who acts, for the ledger: <c>person</c> or <c>service</c>.</param>
internal sealed class CaseStore(Vault vault, string actor, Func<long, byte[]>? salts)
{
    /// <summary>The member of a payload that holds <see cref="CaseImage.Digest"/> after the last event of a decision.</summary>
    public const string ImageMember = "case";

    /// <summary>Moments are stored in milliseconds; what was decided must be what is read again.</summary>
    public static Instant Whole(Instant moment) => Instant.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    /// <summary>Loads a case with all its parts for a change within the transaction.</summary>
    /// <exception cref="Refusal">There is no such case.</exception>
    public static CaseRow Load(Writing writing, CaseReference reference) =>
        CaseLoading.Find(writing.Connection, writing.Transaction, reference) ?? throw NoSuchCase(reference);

    /// <inheritdoc cref="Load(Writing, CaseReference)"/>
    public static CaseRow Load(Writing writing, long id) => CaseLoading.Get(writing.Connection, writing.Transaction, id);

    public static Refusal NoSuchCase(CaseReference reference) =>
        new($"There is no case {reference}.", "misar case list shows the cases of this workspace.");

    public CaseRow Open(Writing writing, Func<CaseReference, Decision> decide, Instant now)
    {
        var year = now.InUtc().Year;
        var highest = Rows.Read<CaseRow>(
            writing.Connection, writing.Transaction, "Cases", """WHERE "Year" = @year ORDER BY "Number" DESC LIMIT 1""", ("@year", year));
        var decision = decide(new CaseReference(year, highest.Count == 0 ? 1 : highest[0].Number + 1));
        var row = new CaseRow();
        Save(writing, row, decision, now);
        return row;
    }

    /// <summary>Writes a decision: what differs from the rows as they were loaded (or, of a new case, all), the outbox's rows, the ledger's entries.</summary>
    public void Save(Writing writing, CaseRow row, Decision decision, Instant now)
    {
        if (decision.Events.Count == 0)
            return;
        RequireFiles(decision.Case, row);
        var changes = new CaseChanges(row);
        CaseWriting.Write(decision.Case, row);
        changes.Write(writing);
        foreach (var dispatch in decision.Dispatches)
            Queue(writing, row, dispatch, now);
        Record(writing, decision.Case, decision.Events, now);
    }

    /// <summary>Adds an entry that concerns no case.</summary>
    public void Record(Writing writing, CaseEvent @event, Instant now) =>
        Append(writing, Ledger.Last(writing.Connection, writing.Transaction), @event, "", null, now);

    private void Record(Writing writing, Case after, IReadOnlyList<CaseEvent> events, Instant now)
    {
        var moment = Whole(now);
        var last = Ledger.Last(writing.Connection, writing.Transaction);
        for (var i = 0; i < events.Count; i++)
        {
            var image = i == events.Count - 1 ? CaseImage.Digest(after) : null;
            last = Append(writing, last, events[i], after.Reference.ToString(), image, moment);
        }
    }

    private LedgerEntry Append(Writing writing, LedgerEntry? last, CaseEvent @event, string @case, string? image, Instant now)
    {
        var payload = new JsonObject { ["what"] = @event.What, ["data"] = @event.Data.DeepClone() };
        if (image is not null)
            payload[ImageMember] = image;
        var salt = salts?.Invoke((last?.Sequence ?? 0) + 1) ?? RandomNumberGenerator.GetBytes(LedgerChain.SaltLength);
        var record = LedgerChain.Append(last, now, actor, @event.Kind, @case, payload, salt);
        RowWriting.Insert(writing, "Ledger", Ledger.ToRow(record.Entry));
        RowWriting.Insert(writing, "LedgerPayloads", new LedgerPayloadRow { Sequence = record.Entry.Sequence, Salt = record.Salt!, Payload = record.Payload! });
        return record.Entry;
    }

    private static void Queue(Writing writing, CaseRow row, Dispatch dispatch, Instant now)
    {
        // A mail that is sent again keeps its row, its bytes and its Message-ID.
        var found = Rows.Read<OutboxRow>(
            writing.Connection, writing.Transaction, "Outbox", """WHERE "CaseId" = @case AND "Item" = @item""", ("@case", row.Id), ("@item", dispatch.Item));
        var queued = new OutboxRow
        {
            CaseId = row.Id,
            Item = dispatch.Item,
            To = dispatch.Mail.To,
            MessageId = dispatch.Mail.MessageId,
            EnvelopeId = dispatch.Mail.EnvelopeId,
            Sha256 = dispatch.Mail.Sha256,
            Size = dispatch.Mail.Size,
            State = OutboxState.Planned,
            QueuedAt = now,
            NotBefore = now,
        };
        if (found is [var earlier])
        {
            queued.Id = earlier.Id;
            RowWriting.Update(writing, "Outbox", earlier, queued);
        }
        else
        {
            queued.Id = RowWriting.InsertNumbered(writing, "Outbox", queued);
        }
    }

    // Within the transaction: an erasure that runs at the same time may just have taken a file that two cases share.
    private void RequireFiles(Case after, CaseRow before)
    {
        var known = CaseFiles.Of(CaseReading.ToCase(before)).ToHashSet();
        if (CaseFiles.Of(after).FirstOrDefault(sha256 => !known.Contains(sha256) && !vault.Contains(sha256)) is { } missing)
            throw new Unavailable($"The file {missing} is not in the vault any more.", "Another command removed it just now; do it again.");
    }
}

/// <summary>The vault's files that a case rests on.</summary>
internal static class CaseFiles
{
    public static IEnumerable<string> Of(Case @case) =>
    [
        .. @case.Exhibits.Select(e => e.Sha256),
        .. @case.Letters.Select(l => l.Mail.Sha256),
        .. @case.Reminders.Where(r => r.Mail is not null).Select(r => r.Mail!.Sha256),
        .. @case.Comparisons.Select(c => c.Sha256),
        .. @case.Reports.Select(r => r.Sha256),
        .. @case.Mails.Select(m => m.Sha256),
    ];

    /// <summary>Whether any case rests on a file.</summary>
    public static async Task<bool> IsUsed(MisarContext context, string sha256, CancellationToken cancellationToken) =>
        await context.Set<ExhibitRow>().AnyAsync(e => e.Sha256 == sha256, cancellationToken).ConfigureAwait(false)
        || await context.Set<LetterRow>().AnyAsync(l => l.Sha256 == sha256, cancellationToken).ConfigureAwait(false)
        || await context.Reminders.AnyAsync(r => r.Sha256 == sha256, cancellationToken).ConfigureAwait(false)
        || await context.Set<ComparisonRow>().AnyAsync(c => c.Sha256 == sha256, cancellationToken).ConfigureAwait(false)
        || await context.Set<ReportRow>().AnyAsync(r => r.Sha256 == sha256, cancellationToken).ConfigureAwait(false)
        || await context.Set<MailRow>().AnyAsync(m => m.Sha256 == sha256, cancellationToken).ConfigureAwait(false)
        || await context.Inbox.AnyAsync(i => i.Sha256 == sha256 && i.State != Core.Inbox.InboxState.Dismissed, cancellationToken).ConfigureAwait(false);
}
