using System.Data.Common;
using System.Text.Json.Nodes;
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
    public Checkpoint? Head() => database.ReadPlainly((connection, transaction) =>
        Last(connection, transaction) is { } last ? new Checkpoint(last.Sequence, last.Hash) : null);

    /// <summary>What happened to a case, oldest first; to all cases and the workspace when it is null.</summary>
    public IReadOnlyList<HistoryEntry> History(CaseReference? reference) =>
        [.. database.ReadPlainly((connection, transaction) => Records(connection, transaction, reference)).Select(ToHistory)];

    /// <summary>The raw entries with salts and payloads, for an export or another program's check.</summary>
    public IReadOnlyList<LedgerRecord> Records() => database.ReadPlainly((connection, transaction) => Records(connection, transaction, null));

    /// <summary>The raw entries of one case.</summary>
    public IReadOnlyList<LedgerRecord> Records(CaseReference reference) => database.ReadPlainly((connection, transaction) => Records(connection, transaction, reference));

    internal static List<LedgerRecord> Records(DbConnection connection, DbTransaction? transaction, CaseReference? reference)
    {
        const string order = " ORDER BY \"Sequence\"";
        const string ofCase = "WHERE \"Case\" = @case";
        const string ofCaseByEntry = "WHERE \"Sequence\" IN (SELECT \"Sequence\" FROM \"Ledger\" WHERE \"Case\" = @case)";
        var (entries, payloads) = reference is { } only
            ? (Rows.Read<LedgerRow>(connection, transaction, "Ledger", ofCase + order, ("@case", only.ToString())),
                Rows.Read<LedgerPayloadRow>(connection, transaction, "LedgerPayloads", ofCaseByEntry + order, ("@case", only.ToString())))
            : (Rows.Read<LedgerRow>(connection, transaction, "Ledger", order), Rows.Read<LedgerPayloadRow>(connection, transaction, "LedgerPayloads", order));
        var bySequence = payloads.ToDictionary(p => p.Sequence);
        return [.. entries.Select(e => bySequence.GetValueOrDefault(e.Sequence) is { } payload
            ? new LedgerRecord(ToEntry(e), payload.Salt, payload.Payload)
            : new LedgerRecord(ToEntry(e), null, null))];
    }

    internal static LedgerEntry? Last(DbConnection connection, DbTransaction? transaction) =>
        Rows.Read<LedgerRow>(connection, transaction, "Ledger", "ORDER BY \"Sequence\" DESC LIMIT 1") is [var last] ? ToEntry(last) : null;

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
