using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ledger;
using NodaTime;
using Xunit;

namespace MiSarTracker.Tests.Core.Ledger;

public sealed class LedgerVerifierTests
{
    private const int Length = 12;

    private static List<LedgerRecord> Chain(int length = Length, int seed = 1)
    {
        var random = new Random(seed);
        var records = new List<LedgerRecord>();
        for (var i = 0; i < length; i++)
        {
            var salt = new byte[LedgerChain.SaltLength];
            random.NextBytes(salt);
            records.Add(LedgerChain.Append(records.LastOrDefault()?.Entry, Instant.FromUnixTimeMilliseconds(1_790_000_000_000 + i), "person",
                i % 2 == 0 ? "note" : "letter-queued", $"SAR-2026-000{1 + (i % 3)}", new JsonObject { ["what"] = $"Step {i}", ["data"] = new JsonObject() }, salt));
        }

        return records;
    }

    [Fact]
    public void AnotherProgramCanCheckTheChainFromItsDescription()
    {
        // Worked out with Python's hashlib and json.dumps(separators=(",", ":"), ensure_ascii=False).
        var salt = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var record = LedgerChain.Append(null, Instant.FromUtc(2026, 11, 22, 10, 0), "person", "note", "SAR-2026-0001",
            new JsonObject { ["what"] = "Grüße \"€\"\n", ["data"] = new JsonObject { ["n"] = 3 } }, salt);
        Assert.Equal("""{"data":{"n":3},"what":"Grüße \"€\"\n"}""", Encoding.UTF8.GetString(record.Payload!));
        Assert.Equal("cd28489f391ffb8652fe209a4c750ebc2b79c8e04778502d72233a635dcc2f2f", record.Entry.Commitment);
        Assert.Equal("98ab71fc759f31fcd73c579fa180818cc78ce8fa79279e490bfe54046a171b22", record.Entry.Hash);
    }

    [Fact]
    public void AnUntouchedChainIsIntactAndGivesItsHead()
    {
        var chain = Chain();
        var verdict = LedgerVerifier.Verify(chain);
        Assert.Equal((true, Length, false), (verdict.IsIntact, verdict.Entries, verdict.TailIsProven));
        Assert.Equal(new Checkpoint(Length, chain[^1].Entry.Hash), verdict.Head);
        Assert.True(LedgerVerifier.Verify([]).IsIntact);
        Assert.True(LedgerVerifier.Verify(chain, new Checkpoint(5, chain[4].Entry.Hash)).TailIsProven);
    }

    [Fact]
    public void EachFieldOfEachEntryIsGuardedAndTheBrokenEntryIsNamed()
    {
        var changes = new (string Name, Func<LedgerRecord, LedgerRecord> Do)[]
        {
            ("sequence", r => r with { Entry = r.Entry with { Sequence = r.Entry.Sequence + 1 } }),
            ("time", r => r with { Entry = r.Entry with { At = r.Entry.At + Duration.FromMilliseconds(1) } }),
            ("actor", r => r with { Entry = r.Entry with { Actor = "service" } }),
            ("kind", r => r with { Entry = r.Entry with { Kind = r.Entry.Kind + "s" } }),
            ("case", r => r with { Entry = r.Entry with { Case = "SAR-2026-0009" } }),
            ("commitment", r => r with { Entry = r.Entry with { Commitment = Flip(r.Entry.Commitment) } }),
            ("previous", r => r with { Entry = r.Entry with { Previous = Flip(r.Entry.Previous) } }),
            ("hash", r => r with { Entry = r.Entry with { Hash = Flip(r.Entry.Hash) } }),
            ("payload", r => r with { Payload = [.. r.Payload!, (byte)' '] }),
            ("salt", r => r with { Salt = [.. r.Salt!.Reverse()] }),
            ("payload gone", r => r with { Payload = null }),
            ("salt gone", r => r with { Salt = null }),
            ("both gone", r => r with { Salt = null, Payload = null }),
            ("salt moved into payload", r => r with { Salt = r.Salt![..16], Payload = [.. r.Salt[16..], .. r.Payload!] }),
        };
        foreach (var (name, change) in changes)
        {
            for (var at = 0; at < Length; at++)
            {
                var chain = Chain();
                chain[at] = change(chain[at]);
                var verdict = LedgerVerifier.Verify(chain);
                Assert.False(verdict.IsIntact, $"{name} of entry {at + 1}");
                Assert.True(verdict.BrokenAt == chain[at].Entry.Sequence && verdict.Entries == at, $"{name} of entry {at + 1}: named {verdict.BrokenAt}");
            }
        }
    }

    [Fact]
    public void RemovedDoubledExchangedAndForgedEntriesAreFound()
    {
        for (var at = 0; at < Length - 1; at++)
        {
            var removed = Chain();
            removed.RemoveAt(at);
            Assert.Equal(at + 2, LedgerVerifier.Verify(removed).BrokenAt);

            var doubled = Chain();
            doubled.Insert(at, doubled[at]);
            Assert.Equal(at + 1, LedgerVerifier.Verify(doubled).BrokenAt);

            var exchanged = Chain();
            (exchanged[at], exchanged[at + 1]) = (exchanged[at + 1], exchanged[at]);
            Assert.Equal(at + 2, LedgerVerifier.Verify(exchanged).BrokenAt);

            // Someone who knows how, makes a right entry of another content: the next one gives him away.
            var forged = Chain();
            forged[at] = LedgerChain.Append(at == 0 ? null : forged[at - 1].Entry, forged[at].Entry.At, "person", "note", "SAR-2026-0001", new JsonObject(), new byte[32]);
            Assert.Equal(at + 2, LedgerVerifier.Verify(forged).BrokenAt);
        }
    }

    [Fact]
    public void ACutTailIsFoundWithACheckpointAndNotPromisedWithoutOne()
    {
        var chain = Chain();
        var head = LedgerVerifier.Verify(chain).Head!;
        for (var kept = 0; kept < Length; kept++)
        {
            var cut = chain.Take(kept).ToList();
            var without = LedgerVerifier.Verify(cut);
            Assert.Equal((true, false), (without.IsIntact, without.TailIsProven));
            var with = LedgerVerifier.Verify(cut, head);
            Assert.Equal(kept + 1, with.BrokenAt);
            Assert.Contains("cut off", with.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AHistoryThatWasRewrittenWholeIsFoundWithACheckpoint()
    {
        var verdict = LedgerVerifier.Verify(Chain(seed: 2), LedgerVerifier.Verify(Chain(seed: 1)).Head!);
        Assert.Equal(Length, verdict.BrokenAt);
        Assert.Contains("rewritten", verdict.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void AnErasedCaseVerifiesAndAnotherCasesMissingPayloadDoesNot()
    {
        var chain = Chain();
        chain.Add(LedgerChain.Append(chain[^1].Entry, Instant.FromUtc(2026, 12, 1, 0, 0), "person", EraseCase.Kind, "SAR-2026-0002", new JsonObject(), new byte[32]));
        for (var at = 0; at < Length; at++)
        {
            if (chain[at].Entry.Case == "SAR-2026-0002")
                chain[at] = chain[at] with { Salt = null, Payload = null };
        }

        Assert.True(LedgerVerifier.Verify(chain).IsIntact);
        chain[0] = chain[0] with { Salt = null, Payload = null };
        Assert.Equal(1, LedgerVerifier.Verify(chain).BrokenAt);
    }

    [Fact]
    public void NoByteOfAPayloadChangesUnseen()
    {
        var flips = from entry in Gen.Choose(0, Length - 1) from place in Gen.Choose(0, 10_000) from bit in Gen.Choose(0, 7) select (entry, place, bit);
        Prop.ForAll(flips.ToArbitrary(), flip =>
        {
            var chain = Chain();
            var both = new[] { chain[flip.entry].Salt!, chain[flip.entry].Payload! };
            var bytes = both[flip.place % 2];
            bytes[flip.place % bytes.Length] ^= (byte)(1 << flip.bit);
            return LedgerVerifier.Verify(chain).BrokenAt == flip.entry + 1;
        }).QuickCheckThrowOnFailure();
    }

    private static string Flip(string hex) => (hex[0] == '0' ? '1' : '0') + hex[1..];
}
