using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Sending;
using MiSarTracker.Storage;

namespace MiSarTracker.Sending;

/// <param name="Folder">Where the copy is, or null.</param>
/// <param name="Failure">Why there is none, or null.</param>
public sealed record KeptCopy(string? Folder, string? Failure);

/// <summary>Puts an accepted letter into the person's Sent folder, where the settings want it (<c>Mail.KeepSent</c>). What comes of it changes nothing about the letter.</summary>
public sealed class SentCopies(Workspace workspace, Settings settings, Func<Workspace, Settings, SentMailbox> mailbox)
{
    /// <returns>Null when no copy is wanted, or the mail was not accepted.</returns>
    public async Task<KeptCopy?> KeepAsync(CaseReference reference, string item, CancellationToken cancellationToken)
    {
        if (!settings.Mail.KeepSent)
            return null;
        var found = workspace.Cases.Get(reference);
        if (found.Letters.FirstOrDefault(one => one.Number == item) is not { State: SendState.Accepted } letter)
            return null;
        try
        {
            var mail = PreparedMail.Reopen(
                letter.Mail.MessageId.Trim('<', '>'), letter.Mail.EnvelopeId, EmailAddress.Parse(found.Person.Email), EmailAddress.Parse(letter.Mail.To),
                workspace.Vault.ReadChecked(letter.Mail.Sha256), letter.Mail.Sha256);
            return new KeptCopy(await mailbox(workspace, settings).KeepAsync(mail, letter.OutcomeAt ?? letter.QueuedAt, cancellationToken).ConfigureAwait(false), null);
        }
        catch (MisarFailure failure)
        {
            return new KeptCopy(null, failure.Remedy is null ? failure.Message : $"{failure.Message} {failure.Remedy}");
        }
    }
}
