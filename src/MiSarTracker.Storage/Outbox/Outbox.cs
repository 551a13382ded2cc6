using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Storage.Model;
using NodaTime;

namespace MiSarTracker.Storage;

/// <summary>
/// Mails on their way out: <c>planned → claimed → handed → accepted | refused | unknown</c>. Each step is one transaction
/// with the case and the ledger. A claim is taken by a conditional UPDATE and ends with its lease: what was only claimed
/// may be taken again, what was handed and not heard of becomes unknown and is never sent again by itself.
/// </summary>
public sealed class Outbox
{
    private readonly Database database;
    private readonly CaseStore store;

    internal Outbox(Database database, CaseStore store)
    {
        this.database = database;
        this.store = store;
    }

    /// <summary>Takes the next mail that is to go out.</summary>
    /// <param name="instance">Names this process for a person; the claim itself is the token.</param>
    /// <param name="lease">How long nobody else takes it.</param>
    /// <param name="reference">Only of this case, if given.</param>
    /// <param name="item">Only this mail, if given.</param>
    /// <returns>Null when there is none.</returns>
    public Task<OutboxClaim?> Claim(
        string instance, Duration lease, Instant now, CaseReference? reference = null, string? item = null, CancellationToken cancellationToken = default) =>
        Take(instance, lease, now, now, reference, item, cancellationToken);

    /// <summary>Takes one mail although it waits for a later moment: the person wants it tried now.</summary>
    /// <inheritdoc cref="Claim"/>
    public Task<OutboxClaim?> ClaimEarly(
        string instance, Duration lease, Instant now, CaseReference reference, string item, CancellationToken cancellationToken = default) =>
        Take(instance, lease, now, Instant.FromUtc(9999, 1, 1, 0, 0), reference, item, cancellationToken);

    private Task<OutboxClaim?> Take(
        string instance, Duration lease, Instant now, Instant waitingUntil, CaseReference? reference, string? item, CancellationToken cancellationToken) =>
        database.Write(async writing =>
        {
            var context = writing.Context;
            var open = context.Outbox.Where(o => (o.State == OutboxState.Planned && o.NotBefore <= waitingUntil)
                || (o.State == OutboxState.Claimed && o.LeaseUntil < now));
            if (reference is { } only)
                open = open.Where(o => o.Case!.Year == only.Year && o.Case.Number == only.Number);
            if (item is not null)
                open = open.Where(o => o.Item == item);
            var id = await open.OrderBy(o => o.NotBefore).ThenBy(o => o.Id).Select(o => (long?)o.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (id is null)
                return null;

            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            var until = now + lease;
            var won = await open.Where(o => o.Id == id).ExecuteUpdateAsync(
                set => set
                    .SetProperty(o => o.State, OutboxState.Claimed)
                    .SetProperty(o => o.Instance, instance)
                    .SetProperty(o => o.Claim, token)
                    .SetProperty(o => o.LeaseUntil, until)
                    .SetProperty(o => o.Attempts, o => o.Attempts + 1),
                cancellationToken).ConfigureAwait(false);
            if (won == 0)
                return null;
            var row = await context.Outbox.AsNoTracking().Include(o => o.Case).SingleAsync(o => o.Id == id, cancellationToken).ConfigureAwait(false);
            return new OutboxClaim(row.Id, token, CaseReading.ReferenceOf(row.Case!), row.Item, row.To, row.MessageId, row.EnvelopeId, row.Sha256, row.Size, row.Attempts, until);
        }, cancellationToken);

    /// <summary>
    /// The mark before the first byte of the mail goes out; the lease starts anew. False: the claim was lost (its lease
    /// ended and another took it, or the case was erased), and nothing may be sent.
    /// </summary>
    public Task<bool> Hand(OutboxClaim claim, Duration lease, Instant now, CancellationToken cancellationToken = default) => database.Write(async writing =>
    {
        var row = await Held(writing.Context, claim, [OutboxState.Claimed], cancellationToken).ConfigureAwait(false);
        if (row is null || row.LeaseUntil < now)
            return false;
        row.State = OutboxState.Handed;
        row.LeaseUntil = now + lease;
        await Apply(writing, claim.Case, new HandMail(claim.Item), now, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>Records what became of a mail that was handed over; also when meanwhile it was taken for unknown.</summary>
    /// <returns>The case afterwards.</returns>
    /// <exception cref="Refusal">The claim was lost to another.</exception>
    public Task<Case> Finish(OutboxClaim claim, SendState outcome, string? reply, Instant now, CancellationToken cancellationToken = default) => database.Write(async writing =>
    {
        OutboxState[] from = outcome == SendState.Refused
            ? [OutboxState.Claimed, OutboxState.Handed, OutboxState.Unknown]
            : [OutboxState.Handed, OutboxState.Unknown];
        var row = await Held(writing.Context, claim, from, cancellationToken).ConfigureAwait(false) ?? throw Lost(claim);
        Settle(row, outcome, reply, now);
        return await Apply(writing, claim.Case, new RecordSendOutcome(claim.Item, outcome, reply), now, cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>Gives a mail back that certainly did not go out, to be tried again.</summary>
    /// <param name="reason">The server's reply or the fault.</param>
    /// <param name="notBefore">When to try again.</param>
    /// <exception cref="Refusal">The claim was lost to another.</exception>
    public Task<Case> Postpone(OutboxClaim claim, string reason, Instant notBefore, Instant now, CancellationToken cancellationToken = default) => database.Write(async writing =>
    {
        var row = await Held(writing.Context, claim, [OutboxState.Claimed, OutboxState.Handed], cancellationToken).ConfigureAwait(false) ?? throw Lost(claim);
        row.State = OutboxState.Planned;
        row.NotBefore = notBefore;
        row.Reply = reason;
        (row.Instance, row.Claim, row.LeaseUntil) = (null, null, null);
        return await Apply(writing, claim.Case, new PostponeMail(claim.Item, reason), now, cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>Takes a claimed mail out for good, because it may not go out any more; not one byte of it left.</summary>
    /// <exception cref="Refusal">The claim was lost to another.</exception>
    public Task<Case> Withdraw(OutboxClaim claim, string reason, Instant now, CancellationToken cancellationToken = default) => database.Write(async writing =>
    {
        var row = await Held(writing.Context, claim, [OutboxState.Claimed], cancellationToken).ConfigureAwait(false) ?? throw Lost(claim);
        Settle(row, SendState.Refused, reason, now);
        return await Apply(writing, claim.Case, new WithdrawMail(claim.Item, reason), now, cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>Takes mails that were handed over and whose lease ended without an outcome for unknown.</summary>
    /// <returns>Which ones.</returns>
    public async Task<IReadOnlyList<OutboxItem>> SettleExpired(Instant now, CancellationToken cancellationToken = default)
    {
        const string reply = "The sender stopped after it began to hand the mail over; nothing was heard of the outcome.";
        var expired = await database.Read(context => context.Outbox.AsNoTracking().Include(o => o.Case)
            .Where(o => o.State == OutboxState.Handed && o.LeaseUntil < now).ToListAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        var settled = new List<OutboxItem>();
        foreach (var seen in expired)
        {
            // A transaction each; its sender may have told the outcome since.
            var item = await database.Write(async writing =>
            {
                var row = await writing.Context.Outbox.FirstOrDefaultAsync(o => o.Id == seen.Id && o.State == OutboxState.Handed && o.LeaseUntil < now, cancellationToken).ConfigureAwait(false);
                if (row is null)
                    return null;
                Settle(row, SendState.Unknown, reply, now);
                _ = await Apply(writing, CaseReading.ReferenceOf(seen.Case!), new RecordSendOutcome(row.Item, SendState.Unknown, reply), now, cancellationToken).ConfigureAwait(false);
                return ToItem(row, CaseReading.ReferenceOf(seen.Case!));
            }, cancellationToken).ConfigureAwait(false);
            if (item is not null)
                settled.Add(item);
        }

        return settled;
    }

    /// <summary>What is in the outbox, oldest first; finished ones too when asked for.</summary>
    public Task<IReadOnlyList<OutboxItem>> List(bool finishedToo, CancellationToken cancellationToken = default) => database.Read(async context =>
    {
        var rows = await context.Outbox.AsNoTracking().Include(o => o.Case)
            .Where(o => finishedToo || (o.State != OutboxState.Accepted && o.State != OutboxState.Refused))
            .OrderBy(o => o.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        return (IReadOnlyList<OutboxItem>)[.. rows.Select(row => ToItem(row, CaseReading.ReferenceOf(row.Case!)))];
    }, cancellationToken);

    /// <summary>The person tells what became of a mail, for example of one whose outcome is unknown; its row must not send it again.</summary>
    internal static void SettleByHand(Writing writing, CaseRow @case, RecordSendOutcome outcome, Instant now)
    {
        const string which = """WHERE "CaseId" = @case AND "Item" = @item""";
        (string, object)[] named = [("@case", @case.Id), ("@item", outcome.Item)];
        if (Rows.Read<OutboxRow>(writing.Connection, writing.Transaction, "Outbox", which, named) is not [var before])
            return;
        if (before.State is OutboxState.Claimed or OutboxState.Handed)
            throw new Refusal($"{outcome.Item} is being sent at this moment.", "Wait until its outcome is known; that takes minutes at most.");
        var after = Rows.Read<OutboxRow>(writing.Connection, writing.Transaction, "Outbox", which, named)[0];
        Settle(after, outcome.Outcome, outcome.Reply, now);
        RowWriting.Update(writing, "Outbox", before, after);
    }

    private static Task<OutboxRow?> Held(MisarContext context, OutboxClaim claim, OutboxState[] states, CancellationToken cancellationToken) =>
        context.Outbox.FirstOrDefaultAsync(o => o.Id == claim.Id && o.Claim == claim.Token && states.Contains(o.State), cancellationToken);

    private async Task<Case> Apply<TVerb>(Writing writing, CaseReference reference, TVerb command, Instant now, CancellationToken cancellationToken)
        where TVerb : IVerb<TVerb>
    {
        // The outbox's row first: it is what EF tracks.
        await writing.SaveTracked(cancellationToken).ConfigureAwait(false);
        var row = CaseStore.Load(writing, reference);
        var decision = TVerb.Decide(CaseReading.ToCase(row), command, now);
        store.Save(writing, row, decision, now);
        return decision.Case;
    }

    private static void Settle(OutboxRow row, SendState outcome, string? reply, Instant now)
    {
        row.State = outcome switch
        {
            SendState.Accepted => OutboxState.Accepted,
            SendState.Refused => OutboxState.Refused,
            SendState.Unknown => OutboxState.Unknown,
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not an outcome."),
        };
        row.Reply = reply;
        row.FinishedAt = now;
        row.LeaseUntil = null;
    }

    private static Refusal Lost(OutboxClaim claim) =>
        new($"The claim on {claim.Item} of {claim.Case} was lost: its lease ended and another took it, or its case was erased.");

    private static OutboxItem ToItem(OutboxRow row, CaseReference @case) => new(
        row.Id, @case, row.Item, row.To, row.MessageId, row.State, row.QueuedAt, row.NotBefore,
        row.Attempts, row.Instance, row.LeaseUntil, row.Reply, row.FinishedAt);
}
