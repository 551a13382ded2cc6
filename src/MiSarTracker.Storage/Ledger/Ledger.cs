using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ledger;
using MiSarTracker.Storage.Model;
using NodaTime;

namespace MiSarTracker.Storage;

/// <summary>An entry as a person reads it.</summary>
/// <param name="What">A plain sentence; null after the case was erased.</param>
/// <param name="Data">Details; null after the case was erased.</param>
public sealed record HistoryEntry(long Sequence, Instant At, string Actor, string Kind, string Case, string? What, JsonObject? Data);

/// <summary>The workspace's ledger. Entries are only added, by the verbs; nothing here changes one.</summary>
public sealed class Ledger
{
    private readonly Database database;

    internal Ledger(Database database) => this.database = database;

    /// <summary>The head of the chain, to be written down elsewhere; null when it is empty.</summary>
    public Task<Checkpoint?> Head(CancellationToken cancellationToken = default) => database.Read(
        async context => await Last(context, cancellationToken).ConfigureAwait(false) is { } last ? new Checkpoint(last.Sequence, last.Hash) : null,
        cancellationToken);

    /// <summary>What happened to a case, oldest first; to all cases and the workspace when it is null.</summary>
    public Task<IReadOnlyList<HistoryEntry>> History(CaseReference? reference, CancellationToken cancellationToken = default) => database.Read(
        async context => (IReadOnlyList<HistoryEntry>)[.. (await Records(context, reference, cancellationToken).ConfigureAwait(false)).Select(ToHistory)],
        cancellationToken);

    /// <summary>The raw entries with salts and payloads, for an export or another program's check.</summary>
    public Task<IReadOnlyList<LedgerRecord>> Records(CancellationToken cancellationToken = default) => database.Read(
        async context => (IReadOnlyList<LedgerRecord>)await Records(context, null, cancellationToken).ConfigureAwait(false), cancellationToken);

    internal static async Task<List<LedgerRecord>> Records(MisarContext context, CaseReference? reference, CancellationToken cancellationToken)
    {
        var rows = context.Ledger.AsNoTracking();
        if (reference is { } only)
        {
            var name = only.ToString();
            rows = rows.Where(l => l.Case == name);
        }

        var joined =
            from entry in rows
            join payload in context.LedgerPayloads.AsNoTracking() on entry.Sequence equals payload.Sequence into payloads
            from payload in payloads.DefaultIfEmpty()
            orderby entry.Sequence
            select new { entry, payload };
        var all = await joined.ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. all.Select(pair => new LedgerRecord(ToEntry(pair.entry), pair.payload?.Salt, pair.payload?.Payload))];
    }

    internal static async Task<LedgerEntry?> Last(MisarContext context, CancellationToken cancellationToken)
    {
        var row = await context.Ledger.AsNoTracking().OrderByDescending(l => l.Sequence).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return row is null ? null : ToEntry(row);
    }

    internal static LedgerRow ToRow(LedgerEntry entry) => new()
    {
        Sequence = entry.Sequence,
        At = entry.At,
        Actor = entry.Actor,
        Kind = entry.Kind,
        Case = entry.Case,
        Commitment = entry.Commitment,
        Previous = entry.Previous,
        Hash = entry.Hash,
    };

    private static LedgerEntry ToEntry(LedgerRow row) =>
        new(row.Sequence, row.At, row.Actor, row.Kind, row.Case, row.Commitment, row.Previous, row.Hash);

    private static HistoryEntry ToHistory(LedgerRecord record)
    {
        var payload = record.Payload is null ? null : JsonNode.Parse(record.Payload)?.AsObject();
        var entry = record.Entry;
        return new HistoryEntry(entry.Sequence, entry.At, entry.Actor, entry.Kind, entry.Case,
            payload?["what"]?.GetValue<string>(), payload?["data"]?.AsObject());
    }
}
