using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;
using MiSarTracker.Sending;
using MiSarTracker.Storage;
using NodaTime.Text;

namespace MiSarTracker.Commands;

/// <summary>What a command does once an attempt to send ended: the clock of an accepted request, and the copy in the Sent folder where it is wanted.</summary>
internal static class AfterDelivery
{
    public static async Task RecordAsync(Session session, Workspace workspace, Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery is not { State: SendState.Accepted, Item: ['L', ..] })
            return;
        var clock = await new AfterSending(workspace, session.Templates, session.Settings).RecordAsync(delivery.Case, delivery.Item, session.Now, cancellationToken).ConfigureAwait(false);
        if (clock is not null)
            session.Screen.Line($"The clock runs: due {LocalDatePattern.Iso.Format(clock.Due)} ({AfterSending.Presumed}).");
        await KeepAsync(session, workspace, delivery.Case, delivery.Item, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A failure is said and changes nothing: the letter went out.</summary>
    public static async Task KeepAsync(Session session, Workspace workspace, CaseReference reference, string item, CancellationToken cancellationToken)
    {
        var kept = await new SentCopies(workspace, session.Settings, session.Wiring.SentMail).KeepAsync(reference, item, cancellationToken).ConfigureAwait(false);
        if (kept is { Folder: { } folder })
            session.Screen.Note($"A copy is in the folder “{folder}” of your mailbox.");
        else if (kept is { Failure: { } failure })
            session.Screen.Warn($"The letter was sent; no copy was put into the Sent folder: {failure}");
    }
}
