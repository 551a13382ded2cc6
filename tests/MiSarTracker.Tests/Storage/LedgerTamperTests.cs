using Microsoft.Data.Sqlite;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Storage;

/// <summary>Edits with a database tool, past the program.</summary>
public sealed class LedgerTamperTests : TempFolder
{
    [Theory]
    [InlineData("UPDATE Ledger SET At = At + 1 WHERE Sequence = 3", 3)]
    [InlineData("UPDATE Ledger SET Actor = 'service' WHERE Sequence = 3", 3)]
    [InlineData("UPDATE Ledger SET Kind = 'letter-sent' WHERE Sequence = 3", 3)]
    [InlineData("UPDATE Ledger SET \"Case\" = 'SAR-2026-0002' WHERE Sequence = 3", 3)]
    [InlineData("UPDATE Ledger SET Commitment = CASE substr(Commitment, 1, 1) WHEN 'a' THEN 'b' ELSE 'a' END || substr(Commitment, 2) WHERE Sequence = 3", 3)]
    [InlineData("UPDATE Ledger SET Previous = '0000000000000000000000000000000000000000000000000000000000000000' WHERE Sequence = 3", 3)]
    [InlineData("UPDATE Ledger SET Hash = upper(Hash) WHERE Sequence = 3", 3)]
    [InlineData("UPDATE LedgerPayloads SET Payload = CAST(replace(CAST(Payload AS TEXT), 'Jane', 'Joan') AS BLOB) WHERE Sequence = 2", 2)]
    [InlineData("UPDATE LedgerPayloads SET Salt = zeroblob(32) WHERE Sequence = 3", 3)]
    [InlineData("DELETE FROM LedgerPayloads WHERE Sequence = 3", 3)]
    [InlineData("DELETE FROM LedgerPayloads WHERE Sequence = 3; DELETE FROM Ledger WHERE Sequence = 3", 4)]
    [InlineData("UPDATE LedgerPayloads SET Payload = (SELECT Payload FROM LedgerPayloads WHERE Sequence = 4), Salt = (SELECT Salt FROM LedgerPayloads WHERE Sequence = 4) WHERE Sequence = 3", 3)]
    public async Task AnEditedLedgerIsBrokenAtTheEditedEntry(string sql, long at)
    {
        using var workspace = await Filled();
        Edit(sql);
        var verdict = workspace.Verify(cancellationToken: Token);
        Assert.Equal(at, verdict.Ledger.BrokenAt);
        Assert.NotNull(verdict.Ledger.Problem);
    }

    [Theory]
    [InlineData("UPDATE Cases SET PersonName = 'Joan Doe'")]
    [InlineData("UPDATE Cases SET OpenedAt = OpenedAt - 86400000")]
    [InlineData("UPDATE Controllers SET ClockDue = '2026-04-06'")]
    [InlineData("UPDATE Controllers SET State = 'extended'")]
    [InlineData("UPDATE Letters SET Subject = 'Something else'")]
    [InlineData("UPDATE Exhibits SET Sha256 = (SELECT Sha256 FROM Letters)")]
    [InlineData("UPDATE Exhibits SET AddedAt = 0")]
    [InlineData("DELETE FROM Exhibits")]
    [InlineData("INSERT INTO Reports VALUES (1, 0, 'P-001', 0, 'x', 0, 'C-001', 'en', 0)")]
    [InlineData("DELETE FROM Outbox; DELETE FROM Cases")]
    [InlineData("UPDATE Cases SET NextDue = '2036-01-01'")]
    [InlineData("UPDATE Cases SET SearchText = ''")]
    [InlineData("UPDATE Outbox SET State = 0")]
    public async Task ACaseThatWasEditedPastTheLedgerIsNamed(string sql)
    {
        using var workspace = await Filled();
        Assert.True((workspace.Verify(cancellationToken: Token)).IsIntact);
        Edit(sql);
        var verdict = workspace.Verify(cancellationToken: Token);
        Assert.True(verdict.Ledger.IsIntact);
        Assert.NotEmpty(verdict.Cases);
        Assert.All(verdict.Cases, fault => Assert.StartsWith("SAR-2026-0001: ", fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACutTailOfTheLedgerIsFoundByACheckpointAndByTheCaseItself()
    {
        using var workspace = await Filled();
        var head = workspace.Ledger.Head();
        Edit("DELETE FROM LedgerPayloads WHERE Sequence = (SELECT max(Sequence) FROM Ledger); DELETE FROM Ledger WHERE Sequence = (SELECT max(Sequence) FROM Ledger)");
        var verdict = workspace.Verify(checkpoint: head, cancellationToken: Token);
        Assert.Equal(head!.Sequence, verdict.Ledger.BrokenAt);
        Assert.Contains("cut off", verdict.Ledger.Problem, StringComparison.Ordinal);
        Assert.True((workspace.Verify(cancellationToken: Token)).Ledger.IsIntact);
        Assert.NotEmpty((workspace.Verify(cancellationToken: Token)).Cases);
    }

    private async Task<Workspace> Filled()
    {
        var workspace = await Init();
        var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
        await QueueAccess(workspace, reference);
        await workspace.Apply(reference, new RecordReceipt(Xiaomi, Clock(), "word"), At(2026, 3, 6), Token);
        var claim = (await workspace.Outbox.Claim("a", NodaTime.Duration.FromMinutes(1), Now, cancellationToken: Token))!;
        await workspace.Outbox.Hand(claim, NodaTime.Duration.FromMinutes(1), Now, Token);
        await workspace.Outbox.Finish(claim, SendState.Accepted, "250", Now, Token);
        await workspace.Apply(reference, Stored(workspace, Evidence(), "capture"u8.ToArray()), Now, Token);
        return workspace;
    }

    private void Edit(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}
