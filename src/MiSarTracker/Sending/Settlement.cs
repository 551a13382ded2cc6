using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Journey;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Storage;
using NodaTime;
using NodaTime.Text;

namespace MiSarTracker.Sending;

/// <summary>
/// The ways out for a mail whose outcome nobody knows: it is found in the person's mailbox, or the person decides; and taking a mail back
/// that was not handed over yet.
/// </summary>
public sealed class Settlement(Workspace workspace, Templates templates, Settings settings)
{
    private static readonly Duration CancelLease = Duration.FromMinutes(2);

    /// <summary>The mail as the case knows it, after what was cut off long enough ago has become unknown.</summary>
    /// <exception cref="Refusal">There is no such mail, or its outcome is not unknown.</exception>
    public async Task<(OutgoingMail Mail, SendState State, string? Reply)> UnknownAsync(CaseReference reference, string item, Instant now, CancellationToken cancellationToken)
    {
        await workspace.Outbox.SettleExpired(now, cancellationToken).ConfigureAwait(false);
        var found = MailOf(workspace.Cases.Get(reference), item);
        return found.State switch
        {
            SendState.Unknown => found,
            SendState.Planned => throw new Refusal($"{item} waits in the outbox: not one byte of it went out.", $"misar letter retry {reference} {item} tries it now, misar letter cancel {reference} {item} takes it back."),
            SendState.Handed => throw new Refusal($"{item} is being sent at this moment, or its sending was cut off.", $"Wait at most {OutboxSender.HandLease.Minutes} minutes; then it is known, or unknown and can be settled."),
            var known => throw new Refusal($"{item} is {ContractName.Of(known)}; there is nothing to settle.", $"misar case show {reference}"),
        };
    }

    /// <summary>Looks for the mail's copy in the mailbox; when it is there, the server did take the mail.</summary>
    /// <exception cref="Refusal">As for <see cref="UnknownAsync"/>.</exception>
    /// <exception cref="Unavailable">The mailbox cannot be searched.</exception>
    public async Task<SentSearch> SearchAsync(CaseReference reference, string item, SentMailbox mailbox, Instant now, CancellationToken cancellationToken)
    {
        var (mail, _, _) = await UnknownAsync(reference, item, now, cancellationToken).ConfigureAwait(false);
        var search = await mailbox.FindAsync(mail.MessageId.Trim('<', '>'), ["INBOX", .. settings.Mail.Folders], cancellationToken).ConfigureAwait(false);
        if (search.Found is { } copy)
        {
            var since = copy.Since is { } moment ? $", where it lies since {InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Format(moment)} UTC" : "";
            await SettleAsync(reference, item, copy.Since, $"a copy of it is in the folder “{copy.Folder}” of your mailbox{since}.", now, cancellationToken).ConfigureAwait(false);
        }

        return search;
    }

    /// <summary>The person says that it did go out, or that it did not: then it waits in the outbox again, the same bytes under the same Message-ID.</summary>
    /// <exception cref="Refusal">As for <see cref="UnknownAsync"/>.</exception>
    public async Task DecideAsync(CaseReference reference, string item, bool sent, Instant now, CancellationToken cancellationToken)
    {
        _ = await UnknownAsync(reference, item, now, cancellationToken).ConfigureAwait(false);
        if (sent)
            await SettleAsync(reference, item, null, "by the person's own word.", now, cancellationToken).ConfigureAwait(false);
        else
            await workspace.Apply(reference, new ResendMail(item), now, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a mail back that waits in the outbox. Whoever sends at the same moment either has it already, or never gets it.</summary>
    /// <exception cref="Refusal">It does not wait there (any more).</exception>
    public async Task CancelAsync(CaseReference reference, string item, Instant now, CancellationToken cancellationToken)
    {
        await workspace.Outbox.SettleExpired(now, cancellationToken).ConfigureAwait(false);
        var (_, state, _) = MailOf(workspace.Cases.Get(reference), item);
        if (state != SendState.Planned)
            throw new Refusal($"{item} is {ContractName.Of(state)}: only a mail that was not handed over yet can be taken back.", state == SendState.Unknown ? $"misar letter settle {reference} {item}" : $"misar case show {reference}");
        var claim = await workspace.Outbox.ClaimEarly($"process {Environment.ProcessId}", CancelLease, now, reference, item, cancellationToken).ConfigureAwait(false)
            ?? throw new Refusal($"{item} was taken up for sending just now.", $"misar case show {reference} tells what became of it.");
        await workspace.Outbox.Withdraw(claim, "taken back by you before it was handed over; not one byte of it went out", now, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A letter's or a reminder's mail.</summary>
    /// <exception cref="Refusal">The case has none of that number, or the reminder went out without a mail.</exception>
    public static (OutgoingMail Mail, SendState State, string? Reply) MailOf(Case @case, string item)
    {
        if (@case.Reminders.FirstOrDefault(one => one.Number == item) is not { } reminder)
        {
            var letter = @case.Letter(item);
            return (letter.Mail, letter.State, letter.ServerReply);
        }

        return reminder is { Mail: { } mail, MailState: { } state } ? (mail, state, reminder.ServerReply) : throw new Refusal($"The reminder {item} has no mail.");
    }

    private async Task SettleAsync(CaseReference reference, string item, Instant? taken, string basis, Instant now, CancellationToken cancellationToken)
    {
        var letter = workspace.Cases.Get(reference).Letters.FirstOrDefault(one => one.Number == item);
        // The day of acceptance may be presumed to be the day of receipt, so it must not be the day on which somebody looked.
        var earliest = letter?.QueuedAt ?? Instant.MinValue;
        var when = taken is { } said && said >= earliest - Duration.FromHours(1) && said <= now ? said : letter?.OutcomeAt ?? now;
        await workspace.Apply(reference, new SettleMail(item, Instant.Max(when, earliest), basis), now, cancellationToken).ConfigureAwait(false);
        if (letter is not null)
            _ = await new AfterSending(workspace, templates, settings).RecordAsync(reference, item, now, cancellationToken).ConfigureAwait(false);
    }
}
