using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage;
using NodaTime;
using Xunit;
using static MiSarTracker.Tests.Core.Cases.Example;

namespace MiSarTracker.Tests.Storage;

public sealed class OutboxTests : TempFolder
{
    private static readonly Duration Lease = Duration.FromMinutes(2);

    [Fact]
    public async Task AnApprovedLetterGoesOutOnceWithItsFixedBytes()
    {
        using var workspace = await Init();
        var reference = await Queued(workspace);
        var claim = (await workspace.Outbox.Claim("a", Lease, Now, cancellationToken: Token))!;
        var letter = (workspace.Cases.Get(reference)).Letter("L-001");
        Assert.Equal((letter.Mail.To, letter.Mail.MessageId, letter.Mail.EnvelopeId, letter.Mail.Sha256, 1), (claim.To, claim.MessageId, claim.EnvelopeId, claim.Sha256, claim.Attempt));
        Assert.Null(await workspace.Outbox.Claim("b", Lease, Now, cancellationToken: Token));

        Assert.True(await workspace.Outbox.Hand(claim, Lease, Now, Token));
        Assert.Equal(SendState.Handed, (workspace.Cases.Get(reference)).Letters[0].State);
        var after = await workspace.Outbox.Finish(claim, SendState.Accepted, "250 OK", Now, Token);
        Assert.Equal(CaseState.Sent, after.State);
        Assert.Empty(await workspace.Outbox.List(finishedToo: false, Token));
        Assert.Equal(OutboxState.Accepted, Assert.Single(await workspace.Outbox.List(finishedToo: true, Token)).State);
        Assert.True((workspace.Verify(cancellationToken: Token)).IsIntact);
    }

    [Fact]
    public async Task AClaimOutlivedByItsLeaseIsTakenAgainAndTheFirstSendsNothing()
    {
        using var workspace = await Init();
        await Queued(workspace);
        var stopped = (await workspace.Outbox.Claim("a", Lease, Now, cancellationToken: Token))!;
        var later = Now + Lease + Duration.FromSeconds(1);
        var next = (await workspace.Outbox.Claim("a", Lease, later, cancellationToken: Token))!;
        Assert.Equal((stopped.MessageId, 2), (next.MessageId, next.Attempt));
        Assert.False(await workspace.Outbox.Hand(stopped, Lease, later, Token));
        Assert.True(await workspace.Outbox.Hand(next, Lease, later, Token));
        await Assert.ThrowsAsync<Refusal>(() => workspace.Outbox.Finish(stopped, SendState.Accepted, "250", later, Token));
        await Assert.ThrowsAsync<Refusal>(() => workspace.Outbox.Postpone(stopped, "x", later, later, Token));
    }

    [Fact]
    public async Task NothingIsHandedAfterItsLeaseEvenIfNobodyElseTookIt()
    {
        using var workspace = await Init();
        await Queued(workspace);
        var claim = (await workspace.Outbox.Claim("a", Lease, Now, cancellationToken: Token))!;
        Assert.False(await workspace.Outbox.Hand(claim, Lease, Now + Lease + Duration.FromMilliseconds(1), Token));
    }

    [Fact]
    public async Task AMailThatWasHandedAndNotHeardOfIsUnknownAndNeverSentAgainByItself()
    {
        using var workspace = await Init();
        var reference = await Queued(workspace);
        var claim = (await workspace.Outbox.Claim("a", Lease, Now, cancellationToken: Token))!;
        await workspace.Outbox.Hand(claim, Lease, Now, Token);
        var later = Now + Lease + Duration.FromSeconds(1);
        Assert.Empty(await workspace.Outbox.SettleExpired(Now + Lease, Token));
        Assert.Null(await workspace.Outbox.Claim("b", Lease, later, cancellationToken: Token));
        Assert.Equal("L-001", Assert.Single(await workspace.Outbox.SettleExpired(later, Token)).Item);
        Assert.Null(await workspace.Outbox.Claim("b", Lease, later + Duration.FromDays(9), cancellationToken: Token));
        Assert.Equal(SendState.Unknown, (workspace.Cases.Get(reference)).Letters[0].State);

        // The person says so: the same mail under the same Message-ID.
        await workspace.Apply(reference, new ResendMail("L-001"), later, Token);
        var again = (await workspace.Outbox.Claim("b", Lease, later, cancellationToken: Token))!;
        Assert.Equal((claim.MessageId, claim.Sha256, claim.Id), (again.MessageId, again.Sha256, again.Id));
        await Assert.ThrowsAsync<Refusal>(() => workspace.Outbox.Finish(claim, SendState.Accepted, "250", later, Token));
    }

    [Fact]
    public async Task ASleeperThatWakesAfterItWasTakenForUnknownMayStillTellTheTruth()
    {
        using var workspace = await Init();
        var reference = await Queued(workspace);
        var claim = (await workspace.Outbox.Claim("a", Lease, Now, cancellationToken: Token))!;
        await workspace.Outbox.Hand(claim, Lease, Now, Token);
        await workspace.Outbox.SettleExpired(Now + Duration.FromHours(1), Token);
        await workspace.Outbox.Finish(claim, SendState.Accepted, "250 late", Now + Duration.FromHours(2), Token);
        Assert.Equal(SendState.Accepted, (workspace.Cases.Get(reference)).Letters[0].State);
    }

    [Fact]
    public async Task WhatThePersonFoundOutSettlesAnUnknownMailForGood()
    {
        using var workspace = await Init();
        var reference = await Queued(workspace);
        var claim = (await workspace.Outbox.Claim("a", Lease, Now, cancellationToken: Token))!;
        var outcome = new RecordSendOutcome("L-001", SendState.Accepted, "the provider's log shows it");
        await Assert.ThrowsAsync<Refusal>(() => workspace.Apply(reference, outcome, Now, Token));
        await workspace.Outbox.Hand(claim, Lease, Now, Token);
        await workspace.Outbox.SettleExpired(Now + Duration.FromHours(1), Token);
        Assert.Equal(CaseState.Sent, (await workspace.Apply(reference, outcome, Now, Token)).Case.State);
        Assert.Empty(await workspace.Outbox.List(false, Token));
        Assert.True((workspace.Verify(cancellationToken: Token)).IsIntact);
        await Assert.ThrowsAsync<ArgumentException>(() => workspace.Apply(reference, new HandMail("L-001"), Now, Token));
    }

    [Fact]
    public async Task AMailThatDidNotGoOutWaitsForItsTime()
    {
        using var workspace = await Init();
        var reference = await Queued(workspace);
        var claim = (await workspace.Outbox.Claim("a", Lease, Now, cancellationToken: Token))!;
        await workspace.Outbox.Postpone(claim, "421 busy", Now + Duration.FromMinutes(5), Now, Token);
        Assert.Null(await workspace.Outbox.Claim("a", Lease, Now + Duration.FromMinutes(4), cancellationToken: Token));
        var again = (await workspace.Outbox.Claim("a", Lease, Now + Duration.FromMinutes(5), reference, "L-001", Token))!;
        Assert.Equal((claim.MessageId, 2), (again.MessageId, again.Attempt));
        await workspace.Outbox.Finish(again, SendState.Refused, "550 no such user", Now, Token);
        Assert.Equal("550 no such user", (workspace.Cases.Get(reference)).Letters[0].ServerReply);
    }

    [Fact]
    public async Task AnAskedForMailIsTheOneThatIsClaimed()
    {
        using var workspace = await Init();
        var first = await Queued(workspace);
        var second = await Queued(workspace);
        Assert.Equal(second, (await workspace.Outbox.Claim("a", Lease, Now, second, "L-001", Token))!.Case);
        Assert.Null(await workspace.Outbox.Claim("a", Lease, Now, second, "L-001", Token));
        Assert.Equal(first, (await workspace.Outbox.Claim("a", Lease, Now, cancellationToken: Token))!.Case);
    }

    [Fact]
    public async Task AMailOfAnErasedCaseIsNotSent()
    {
        using var workspace = await Init();
        var reference = await Queued(workspace);
        var claim = (await workspace.Outbox.Claim("a", Lease, Now, cancellationToken: Token))!;
        await workspace.Erase(reference, Now, Token);
        Assert.False(await workspace.Outbox.Hand(claim, Lease, Now, Token));
    }

    [Fact]
    public async Task ARedirectedOutboxRowIsFoundByVerify()
    {
        using var workspace = await Init();
        await Queued(workspace);
        using var connection = new Database(DatabasePath).Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """UPDATE Outbox SET "To" = 'thief@example.net'""";
        Assert.Equal(1, command.ExecuteNonQuery());
        Assert.Contains("not the mail that was approved", Assert.Single((workspace.Verify(cancellationToken: Token)).Cases), StringComparison.Ordinal);
    }

    private static async Task<CaseReference> Queued(Workspace workspace)
    {
        var reference = (await workspace.OpenCase(Opening(), Now, Token)).Reference;
        await QueueAccess(workspace, reference);
        return reference;
    }
}
