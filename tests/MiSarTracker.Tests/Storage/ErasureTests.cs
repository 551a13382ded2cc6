using System.Text;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Storage;

public sealed class ErasureTests : TempFolder
{
    [Fact]
    public async Task AfterAnErasureNoByteOfThePersonIsLeftAndTheHistoryVerifies()
    {
        using var workspace = await Init();
        var kept = await Person(workspace, "keep-canary", "shared-file");
        var gone = await Person(workspace, "gone-canary", "shared-file");
        Assert.NotEmpty(FilesWith("gone-canary"));
        var checkpoint = workspace.Ledger.Head();

        var erased = await workspace.Erase(gone, Now, Token);
        Assert.Equal(CaseState.Erased, erased.State);
        Assert.Equal(erased, workspace.Cases.Get(gone));
        Assert.Empty(FilesWith("gone-canary"));
        Assert.Empty(FilesWith("gone_canary"));
        Assert.NotEmpty(FilesWith("keep-canary"));
        Assert.NotEmpty(FilesWith("shared-file"));

        var verdict = workspace.Verify(checkpoint: checkpoint, cancellationToken: Token);
        Assert.True(verdict.IsIntact, string.Join("\n", [verdict.Ledger.Problem, .. verdict.Cases, .. verdict.Vault.Faults.Select(f => f.ToString())]));
        Assert.True(verdict.Ledger.TailIsProven);
        Assert.Empty(verdict.Vault.Faults);
        Assert.Equal([null, null, "All personal data of the case was erased."],
            (workspace.Ledger.History(gone)).Where((_, i) => i is 0 or 1).Select(h => h.What).Append((workspace.Ledger.History(gone))[^1].What));
        Assert.Equal(2, workspace.Cases.List(new CaseQuery()).Count);
        Assert.Equal(kept, Assert.Single(workspace.Cases.List(new CaseQuery { OpenOnly = true })).Reference);
        Assert.Equal("SAR-2026-0003", (await workspace.OpenCase(Opening(), Now, Token)).Reference.ToString());
    }

    [Fact]
    public async Task AnErasureThatWasCutOffBeforeItsFilesWereRemovedIsMadeGoodAtTheNextOpening()
    {
        CaseReference reference;
        using (var workspace = await Init())
        {
            reference = await Person(workspace, "gone-canary", "other");

            // What a crash between the commit and the removal leaves: the file, and the note that it is to go.
            var exhibit = (workspace.Cases.Get(reference)).Exhibits[0];
            await workspace.Erase(reference, Now, Token);
            Assert.Equal(exhibit.Sha256, workspace.Vault.Store("evidence gone-canary"u8.ToArray()).Sha256);
            using var connection = new Database(DatabasePath).Connect();
            using var command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO Disposals VALUES ('vault:{exhibit.Sha256}')";
            command.ExecuteNonQuery();
        }

        Assert.NotEmpty(FilesWith("gone-canary"));
        using (var workspace = await Open())
            Assert.Empty(FilesWith("gone-canary"));
    }

    [Fact]
    public async Task ACaseWhoseMailIsOnTheWireIsNotErased()
    {
        using var workspace = await Init();
        var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
        await QueueAccess(workspace, reference);
        var claim = (await workspace.Outbox.Claim("a", Duration.FromMinutes(1), Now, cancellationToken: Token))!;
        await workspace.Outbox.Hand(claim, Duration.FromMinutes(1), Now, Token);
        await Assert.ThrowsAsync<Refusal>(() => workspace.Erase(reference, Now, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => workspace.Apply(reference, new EraseCase(), Now, Token));
    }

    /// <summary>A case in which the canary stands wherever something personal can stand.</summary>
    private static async Task<CaseReference> Person(Workspace workspace, string canary, string shared)
    {
        var opening = Opening() with { Person = new Person($"Jane {canary}", $"{canary}@example.org", "NL"), Identifiers = [new Identifier("user-id", canary)] };
        var reference = (await workspace.OpenCase(opening, Now, Token)).Reference;
        await QueueAccess(workspace, reference);
        var eml = workspace.Vault.Store(Encoding.UTF8.GetBytes($"To: x\r\n\r\n{canary}"));
        await workspace.Apply(reference, new QueueLetter
        {
            Kind = LetterKinds.DataAct,
            Controller = Xiaomi,
            Language = "en",
            AddressReason = canary,
            Mail = MailOf("l") with { To = canary + "@example.com", Subject = canary, MessageId = $"<{canary}@x>", Sha256 = eml.Sha256, Size = eml.Size },
        }, Now, Token);
        await workspace.Apply(reference, new RecordSendOutcome("L-001", SendState.Accepted, canary), Now, Token);
        await workspace.Apply(reference, new RecordReceipt(Xiaomi, Clock() with { Derivation = [canary] }, canary), At(2026, 3, 6), Token);
        await workspace.Apply(reference, Reply(ReplyKind.Fee, new LocalDate(2026, 3, 20)) with { Reasons = canary }, At(2026, 4, 1), Token);
        await workspace.Apply(reference, new PlanReminders(Xiaomi, [new PlannedReminder(canary, Now)]), Now, Token);
        await workspace.Reminders.Fire((await workspace.Reminders.Pending(reference, cancellationToken: Token))[0].Id, Stored(workspace, MailOf(canary)), Now, Token);
        await workspace.Apply(reference, Stored(workspace, Evidence(canary) with { Note = canary, Summary = $$"""{"x":"{{canary}}"}""" }, Encoding.UTF8.GetBytes("evidence " + canary)), Now, Token);
        await workspace.AddExhibit(reference, Stored(workspace, Evidence("shared") with { Kind = ExhibitKind.Response }, Encoding.UTF8.GetBytes(shared)), canary, Now, Token);
        await workspace.Apply(reference, new NoteCase(canary), Now, Token);
        return reference;
    }

    private List<string> FilesWith(string text)
    {
        var needle = Encoding.UTF8.GetBytes(text);
        return [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Where(path => path.Contains(text, StringComparison.Ordinal) || File.ReadAllBytes(path).AsSpan().IndexOf(needle) >= 0)];
    }
}
