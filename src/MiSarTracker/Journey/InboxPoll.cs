using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Receiving;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>What one look into the mailbox gave.</summary>
/// <param name="Failure">Why it ended early; what was taken before is kept.</param>
public sealed record Polled(TakenMails Taken, MailboxReading Reading, Unavailable? Failure);

/// <summary>One look into the person's mailbox; used by the command and by the service.</summary>
public sealed class InboxPoll(Workspace workspace, Templates templates, Settings settings, ImapMailbox mailbox, IClock clock)
{
    /// <param name="folders">Null for those of the settings.</param>
    public async Task<Polled> RunAsync(IReadOnlyList<string>? folders, bool fromBeginning, CancellationToken cancellationToken)
    {
        var intake = new InboxIntake(workspace, templates, settings, settings.Mail.ImapAccount().ToString(), clock);
        if (intake.Since is null)
        {
            intake.Taken.Remarks.Add("There is no case yet, so no mail can concern one; the mailbox was left alone.");
            return new Polled(intake.Taken, new MailboxReading(0, 0, []), null);
        }

        var request = new MailboxRequest(folders ?? settings.Mail.Folders, fromBeginning ? null : intake.Since, intake.BodyWords, fromBeginning);
        try
        {
            var reading = await mailbox.ReadAsync(request, intake, cancellationToken).ConfigureAwait(false);
            intake.Taken.Remarks.AddRange(reading.Remarks);
            return new Polled(intake.Taken, reading, null);
        }
        catch (Unavailable failure)
        {
            return new Polled(intake.Taken, new MailboxReading(intake.Taken.Read, intake.Taken.Read, []), failure);
        }
    }
}
