using MiSarTracker.Core.Cases;

namespace MiSarTracker.Core.Ledger;

/// <summary>What replaying a ledger showed.</summary>
/// <param name="Entries">How many entries were replayed and found right.</param>
/// <param name="Head">The last right entry, or null for an empty ledger: write it down elsewhere.</param>
/// <param name="BrokenAt">The sequence number at which the first fault was found, or null.</param>
/// <param name="Problem">What is wrong there, in a sentence; null when nothing is.</param>
/// <param name="TailIsProven">A checkpoint from outside was given and found in the chain: nothing up to it was cut off.</param>
public sealed record LedgerVerdict(long Entries, Checkpoint? Head, long? BrokenAt, string? Problem, bool TailIsProven)
{
    public bool IsIntact => Problem is null;
}

/// <summary>
/// Replays a ledger. It finds every change, insertion, removal and exchange within the chain. Entries cut off the end
/// leave a chain that is right in itself: only a checkpoint kept elsewhere shows that, and the verdict says whether one was given.
/// </summary>
public static class LedgerVerifier
{
    /// <param name="records">In the order of their sequence numbers. Read twice.</param>
    /// <param name="checkpoint">A head that was written down earlier, or null.</param>
    public static LedgerVerdict Verify(IEnumerable<LedgerRecord> records, Checkpoint? checkpoint = null)
    {
        var erasures = records.Where(r => r.Entry.Kind == EraseCase.Kind)
            .GroupBy(r => r.Entry.Case, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(r => r.Entry.Sequence), StringComparer.Ordinal);
        LedgerEntry? last = null;
        var met = checkpoint is { Sequence: 0 };
        foreach (var record in records)
        {
            var entry = record.Entry;
            var problem = ProblemOf(record, last, erasures);
            if (problem is null && checkpoint?.Sequence == entry.Sequence)
            {
                met = entry.Hash == checkpoint.Hash;
                if (!met)
                    problem = "It is not the entry that the checkpoint names: the history up to it was rewritten.";
            }

            if (problem is not null)
                return new LedgerVerdict(last?.Sequence ?? 0, HeadOf(last), entry.Sequence, problem, false);
            last = entry;
        }

        if (checkpoint is not null && !met)
        {
            return new LedgerVerdict(last?.Sequence ?? 0, HeadOf(last), (last?.Sequence ?? 0) + 1,
                $"The ledger ends with entry {last?.Sequence ?? 0}; the checkpoint names entry {checkpoint.Sequence}: the end was cut off.", false);
        }

        return new LedgerVerdict(last?.Sequence ?? 0, HeadOf(last), null, null, checkpoint is not null);
    }

    private static string? ProblemOf(LedgerRecord record, LedgerEntry? last, Dictionary<string, long> erasures)
    {
        var entry = record.Entry;
        var expected = (last?.Sequence ?? 0) + 1;
        if (entry.Sequence != expected)
            return $"Entry {expected} should stand here: an entry was removed, doubled or put in.";
        if (entry.Previous != (last?.Hash ?? LedgerChain.Genesis))
            return "It does not name the entry before it: that entry was exchanged, or this one was.";
        if (entry.Hash != LedgerChain.HashOf(entry))
            return "Its hash does not fit its content: time, actor, kind, case or commitment was changed.";
        if (record is { Salt: null, Payload: null })
        {
            return erasures.TryGetValue(entry.Case, out var erased) && erased > entry.Sequence
                ? null
                : "Its payload is missing, and no later erasure of its case explains that.";
        }


        // The salt's length is fixed, or a byte could wander from the salt into the payload without changing the hash of both.
        if (record.Salt?.Length != LedgerChain.SaltLength || record.Payload is null)
            return "Its payload is incomplete: salt or content is missing.";
        return LedgerChain.Commit(record.Salt, record.Payload) == entry.Commitment
            ? null
            : "Its payload is not the one that the chain committed to: it was changed.";
    }

    private static Checkpoint? HeadOf(LedgerEntry? entry) => entry is null ? null : new Checkpoint(entry.Sequence, entry.Hash);
}
