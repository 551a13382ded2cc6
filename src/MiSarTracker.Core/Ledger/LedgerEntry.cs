using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Core.Ledger;

/// <summary>
/// One link of the open chain. It holds nothing personal: what happened in detail is the payload, which the chain only
/// commits to. Hashes are 64 lower-case hex digits of SHA-256.
/// </summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">UTC, whole milliseconds.</param>
/// <param name="Actor"><c>person</c> or <c>service</c>: who acted, never a name.</param>
/// <param name="Kind">What happened, for example <c>letter-queued</c>.</param>
/// <param name="Case">The case's reference; empty for what concerns the whole workspace.</param>
/// <param name="Commitment">SHA-256(salt ‖ canonical payload).</param>
/// <param name="Previous">The hash of the entry before; <see cref="LedgerChain.Genesis"/> for the first.</param>
/// <param name="Hash">The hash of this entry, see <see cref="LedgerChain.HashOf"/>.</param>
public sealed record LedgerEntry(long Sequence, Instant At, string Actor, string Kind, string Case, string Commitment, string Previous, string Hash);

/// <summary>An entry with what stands outside the chain; salt and payload are both null after an erasure.</summary>
public sealed record LedgerRecord(LedgerEntry Entry, byte[]? Salt, byte[]? Payload);

/// <summary>The head of the chain at some moment. Kept elsewhere (in a report, on paper, stamped) it proves a later cut.</summary>
public sealed record Checkpoint(long Sequence, string Hash);

/// <summary>How entries are made and hashed.</summary>
public static class LedgerChain
{
    /// <summary>What the first entry names as the one before it.</summary>
    public static string Genesis { get; } = new('0', 64);

    /// <summary>Bytes of a fresh random salt: without it, short payloads could be guessed from their commitment.</summary>
    public const int SaltLength = 32;

    public static LedgerRecord Append(LedgerEntry? last, Instant at, string actor, string kind, string @case, JsonNode payload, byte[] salt)
    {
        var bytes = CanonicalJson.Write(payload);
        var unhashed = new LedgerEntry(
            (last?.Sequence ?? 0) + 1, at, actor, kind, @case, Commit(salt, bytes), last?.Hash ?? Genesis, "");
        return new LedgerRecord(unhashed with { Hash = HashOf(unhashed) }, salt, bytes);
    }

    /// <summary>SHA-256(salt ‖ payload).</summary>
    public static string Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(payload);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// SHA-256 of the canonical JSON array
    /// <c>["misar-ledger/1",sequence,"2026-11-22T10:00:00.000Z",actor,kind,case,commitment,previous]</c>.
    /// </summary>
    public static string HashOf(LedgerEntry entry) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(new JsonArray(
        "misar-ledger/1",
        entry.Sequence,
        Moment.Format(entry.At),
        entry.Actor,
        entry.Kind,
        entry.Case,
        entry.Commitment,
        entry.Previous))));

    private static readonly InstantPattern Moment = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fff'Z'");
}
