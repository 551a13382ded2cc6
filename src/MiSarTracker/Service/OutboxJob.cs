using Hangfire;
using MiSarTracker.Core.Cases;
using MiSarTracker.Sending;

namespace MiSarTracker.Service;

/// <summary>
/// Sends what is due, one run at a time: a second wish during a run makes that run look once more, so that a slow server
/// holds one worker and no wish is lost.
/// </summary>
public sealed class OutboxJob(ServiceParts parts, ILogger<OutboxJob> log)
{
    private readonly OutboxSender? _sender = parts.Sender is null ? null : new OutboxSender(parts.Workspace, parts.Sender, parts.Clock);
    private int _wishes;

    /// <summary>The next tick is the retry; a failed run stays visible.</summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Fail)]
    public async Task Run(CancellationToken cancellationToken)
    {
        if (_sender is null || Interlocked.Increment(ref _wishes) > 1)
            return;
        try
        {
            int granted;
            do
            {
                granted = Volatile.Read(ref _wishes);
                foreach (var delivery in await _sender.Drain(cancellationToken).ConfigureAwait(false))
                    await Record(delivery, cancellationToken).ConfigureAwait(false);
            }
            while (Interlocked.CompareExchange(ref _wishes, 0, granted) != granted);
        }
        catch
        {
            Interlocked.Exchange(ref _wishes, 0);
            throw;
        }
    }

    /// <summary>Sends one mail at once, because the person asks for it.</summary>
    /// <returns>Null when it does not wait in the outbox any more, or when no mail server is set.</returns>
    public async Task<Delivery?> SendNow(CaseReference reference, string item, CancellationToken cancellationToken)
    {
        if (_sender is null || await _sender.SendNow(reference, item, cancellationToken).ConfigureAwait(false) is not { } delivery)
            return null;
        await Record(delivery, cancellationToken).ConfigureAwait(false);
        return delivery;
    }

    private async Task Record(Delivery delivery, CancellationToken cancellationToken)
    {
        Messages.Delivered(log, delivery.Case.ToString(), delivery.Item, ContractName.Of(delivery.State));
        if (delivery is not { State: SendState.Accepted, Item: ['L', ..] })
            return;
        var letter = new AcceptedLetter(delivery.Case, delivery.Item);
        await parts.Options.AfterAccepted(letter, cancellationToken).ConfigureAwait(false);
        if (parts.Options.KeepSent is { } keep && await keep(letter, cancellationToken).ConfigureAwait(false) is { Failure: not null })
            Messages.NoCopyKept(log, delivery.Case.ToString(), delivery.Item);
    }
}
