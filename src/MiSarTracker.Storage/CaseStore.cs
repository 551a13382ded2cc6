using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
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

    /// <summary>Loads a case with all its parts for a change within the context's transaction.</summary>
    /// <exception cref="Refusal">There is no such case.</exception>
    public static CaseRow Load(MisarContext context, CaseReference reference) => Track(
        context, CaseLoading.Find(context.Database.GetDbConnection(), context.Database.CurrentTransaction?.GetDbTransaction(), reference) ?? throw NoSuchCase(reference));

    /// <inheritdoc cref="Load(MisarContext, CaseReference)"/>
    public static CaseRow Load(MisarContext context, long id) => Track(
        context, CaseLoading.Get(context.Database.GetDbConnection(), context.Database.CurrentTransaction?.GetDbTransaction(), id));

    // The rows are attached as they are stored; what is changed afterwards is what SaveChanges writes.
    private static CaseRow Track(MisarContext context, CaseRow row)
    {
        _ = context.Attach(row);
        return row;
    }

    public static Refusal NoSuchCase(CaseReference reference) =>
        new($"There is no case {reference}.", "misar case list shows the cases of this workspace.");

    public async Task<CaseRow> Open(MisarContext context, Func<CaseReference, Decision> decide, Instant now, CancellationToken cancellationToken)
    {
        var year = now.InUtc().Year;
        var highest = Rows.Read<CaseRow>(
            context.Database.GetDbConnection(), context.Database.CurrentTransaction?.GetDbTransaction(), "Cases", """WHERE "Year" = @year ORDER BY "Number" DESC LIMIT 1""", ("@year", year));
        var decision = decide(new CaseReference(year, highest.Count == 0 ? 1 : highest[0].Number + 1));
        var row = new CaseRow();
        _ = context.Cases.Add(row);
        await Save(context, row, decision, now, cancellationToken).ConfigureAwait(false);
        return row;
    }

    public async Task Save(MisarContext context, CaseRow row, Decision decision, Instant now, CancellationToken cancellationToken)
    {
        if (decision.Events.Count == 0)
            return;
        RequireFiles(decision.Case, row);
        CaseWriting.Write(decision.Case, row);
        foreach (var dispatch in decision.Dispatches)
            await Queue(context, row, dispatch, now, cancellationToken).ConfigureAwait(false);
        Record(context, decision.Case, decision.Events, now);
        _ = await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds an entry that concerns no case.</summary>
    public async Task Record(MisarContext context, CaseEvent @event, Instant now, CancellationToken cancellationToken)
    {
        var last = Ledger.Last(context.Database.GetDbConnection(), context.Database.CurrentTransaction?.GetDbTransaction());
        Append(context, last, @event, "", null, now);
        _ = await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Record(MisarContext context, Case after, IReadOnlyList<CaseEvent> events, Instant now)
    {
        var moment = Whole(now);
        var last = Ledger.Last(context.Database.GetDbConnection(), context.Database.CurrentTransaction?.GetDbTransaction());
        for (var i = 0; i < events.Count; i++)
        {
            var image = i == events.Count - 1 ? CaseImage.Digest(after) : null;
            last = Append(context, last, events[i], after.Reference.ToString(), image, moment);
        }
    }

    private LedgerEntry Append(MisarContext context, LedgerEntry? last, CaseEvent @event, string @case, string? image, Instant now)
    {
        var payload = new JsonObject { ["what"] = @event.What, ["data"] = @event.Data.DeepClone() };
        if (image is not null)
            payload[ImageMember] = image;
        var salt = salts?.Invoke((last?.Sequence ?? 0) + 1) ?? RandomNumberGenerator.GetBytes(LedgerChain.SaltLength);
        var record = LedgerChain.Append(last, now, actor, @event.Kind, @case, payload, salt);
        _ = context.Ledger.Add(Ledger.ToRow(record.Entry));
        _ = context.LedgerPayloads.Add(new LedgerPayloadRow { Sequence = record.Entry.Sequence, Salt = record.Salt!, Payload = record.Payload! });
        return record.Entry;
    }

    private static async Task Queue(MisarContext context, CaseRow row, Dispatch dispatch, Instant now, CancellationToken cancellationToken)
    {
        // A mail that is sent again keeps its row, its bytes and its Message-ID.
        var queued = row.Id == 0 ? null : await context.Outbox
            .FirstOrDefaultAsync(o => o.CaseId == row.Id && o.Item == dispatch.Item, cancellationToken).ConfigureAwait(false);
        if (queued is null)
        {
            queued = new OutboxRow { Case = row, Item = dispatch.Item };
            _ = context.Outbox.Add(queued);
        }

        queued.To = dispatch.Mail.To;
        queued.MessageId = dispatch.Mail.MessageId;
        queued.EnvelopeId = dispatch.Mail.EnvelopeId;
        queued.Sha256 = dispatch.Mail.Sha256;
        queued.Size = dispatch.Mail.Size;
        queued.State = OutboxState.Planned;
        queued.QueuedAt = now;
        queued.NotBefore = now;
        queued.Attempts = 0;
        queued.Instance = null;
        queued.Claim = null;
        queued.LeaseUntil = null;
        queued.Reply = null;
        queued.FinishedAt = null;
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
        || await context.Set<MailRow>().AnyAsync(m => m.Sha256 == sha256, cancellationToken).ConfigureAwait(false);
}
