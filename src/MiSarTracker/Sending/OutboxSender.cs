using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ports;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Sending;

/// <summary>
/// Sends what stands in the outbox: claims a mail, takes its fixed bytes from the vault, hands them over, and writes down
/// what is known. Used by the command (one mail, now) and by the service (all that is due); both may run at once, and
/// after a crash anywhere the next run goes on where the outbox says.
/// </summary>
/// <param name="server">Makes one attempt and says what is known afterwards.</param>
public sealed class OutboxSender(Workspace workspace, IMailSender server, IClock clock)
{
    /// <summary>For reading the bytes from the vault, no more.</summary>
    private static readonly Duration ClaimLease = Duration.FromMinutes(2);

    /// <summary>
    /// Longer than the longest dialogue with a server that is slow at every step (two times 45 s, three times 2 min, then
    /// 10 min for the letter), so that nobody takes a mail that is still being sent for unknown.
    /// </summary>
    public static readonly Duration HandLease = Duration.FromMinutes(20);

    /// <summary>How long a dialogue may go on after the program was told to stop; most end well within it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly string _instance = $"process {Environment.ProcessId}";

    /// <summary>Sends one mail now, also one that waits for a later attempt.</summary>
    /// <returns>What came of it; null when it does not wait in the outbox, or another process has it in hand.</returns>
    /// <exception cref="Corrupt">The stored bytes are not those that were approved; nothing was sent.</exception>
    public async Task<Delivery?> SendNow(CaseReference reference, string item, CancellationToken cancellationToken)
    {
        await workspace.Outbox.SettleExpired(clock.GetCurrentInstant(), cancellationToken).ConfigureAwait(false);
        var claim = await workspace.Outbox.ClaimEarly(_instance, ClaimLease, clock.GetCurrentInstant(), reference, item, cancellationToken).ConfigureAwait(false);
        return claim is null ? null : await Send(claim, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends all that is due, one after the other; a mail that cannot be sent does not keep back the others.</summary>
    /// <returns>What came of each, in order.</returns>
    public async Task<IReadOnlyList<Delivery>> Drain(CancellationToken cancellationToken)
    {
        await workspace.Outbox.SettleExpired(clock.GetCurrentInstant(), cancellationToken).ConfigureAwait(false);
        var deliveries = new List<Delivery>();
        while (!cancellationToken.IsCancellationRequested
            && await workspace.Outbox.Claim(_instance, ClaimLease, clock.GetCurrentInstant(), cancellationToken: cancellationToken).ConfigureAwait(false) is { } claim)
        {
            try
            {
                if (await Send(claim, cancellationToken).ConfigureAwait(false) is { } delivery)
                    deliveries.Add(delivery);
            }
            catch (Corrupt damage)
            {
                // Written down with the mail, where the person sees it.
                deliveries.Add(Planned(claim, new Retry(RetryPlan.WhenThePersonMustAct, damage.Message, NeedsPerson: true)));
            }
            catch (Refusal)
            {
                // Its case was erased meanwhile, and with it the mail and everything that could be written down about it.
                continue;
            }
        }

        return deliveries;
    }

    /// <returns>Null when the claim was lost before anything was sent.</returns>
    private async Task<Delivery?> Send(OutboxClaim claim, CancellationToken stop)
    {
        var mail = await Open(claim).ConfigureAwait(false);
        try
        {
            if (!await workspace.Outbox.Hand(claim, HandLease, clock.GetCurrentInstant(), CancellationToken.None).ConfigureAwait(false))
                return null;
        }
        catch (Refusal refusal)
        {
            // The case was closed while the mail waited: the verb itself refuses, so no moment is left between look and act.
            await workspace.Outbox.Withdraw(claim, refusal.Message, clock.GetCurrentInstant(), CancellationToken.None).ConfigureAwait(false);
            return Final(claim, SendState.Refused, refusal.Message);
        }

        using var limit = new CancellationTokenSource();
        await using var told = stop.Register(() => limit.CancelAfter(Grace)).ConfigureAwait(false);
        var outcome = await server.SendAsync(mail, limit.Token).ConfigureAwait(false);

        // Never cancelled from here on: what is known must be written down.
        return await Record(claim, outcome).ConfigureAwait(false);
    }

    /// <summary>The mail as it was approved.</summary>
    /// <exception cref="Corrupt">The vault's bytes are others; the mail was put back with that reason.</exception>
    private async Task<PreparedMail> Open(OutboxClaim claim)
    {
        try
        {
            var @case = workspace.Cases.Get(claim.Case);
            var bytes = workspace.Vault.ReadChecked(claim.Sha256);
            return PreparedMail.Reopen(
                claim.MessageId.Trim('<', '>'), claim.EnvelopeId, EmailAddress.Parse(@case.Person.Email, "the person's address"),
                EmailAddress.Parse(claim.To, "the letter's address"), bytes, claim.Sha256);
        }
        catch (MisarFailure failure) when (failure is Corrupt or BadInput)
        {
            var now = clock.GetCurrentInstant();
            await workspace.Outbox.Postpone(claim, failure.Message, now + RetryPlan.WhenThePersonMustAct, now).ConfigureAwait(false);
            throw failure as Corrupt ?? new Corrupt(failure.Message, failure.Remedy, failure);
        }
    }

    private async Task<Delivery> Record(OutboxClaim claim, SendOutcome outcome)
    {
        var now = clock.GetCurrentInstant();
        if (RetryPlan.After(outcome, claim.Attempt) is { } retry)
        {
            await workspace.Outbox.Postpone(claim, retry.Reason, now + retry.After, now).ConfigureAwait(false);
            return Planned(claim, retry) with { RetryAt = now + retry.After };
        }

        var (state, reply) = outcome switch
        {
            SendOutcome.Accepted accepted => (SendState.Accepted, $"{accepted.Code} {accepted.Reply}"),
            SendOutcome.Refused refused => (SendState.Refused, refused.Sentence),
            _ => (SendState.Unknown, outcome.Sentence),
        };
        await workspace.Outbox.Finish(claim, state, reply, now).ConfigureAwait(false);
        return Final(claim, state, reply);
    }

    private Delivery Planned(OutboxClaim claim, Retry retry) =>
        Final(claim, SendState.Planned, retry.Reason) with { RetryAt = clock.GetCurrentInstant() + retry.After, NeedsPerson = retry.NeedsPerson };

    private static Delivery Final(OutboxClaim claim, SendState state, string reply) =>
        new(claim.Case, claim.Item, claim.To, claim.MessageId, claim.EnvelopeId, claim.Sha256, state, reply);
}
