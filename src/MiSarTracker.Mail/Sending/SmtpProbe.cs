using System.Globalization;
using MailKit.Net.Smtp;
using MiSarTracker.Core;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Sending;

/// <summary>Tries the way out for letters, as far as it goes without sending one (<c>misar doctor</c>, <c>misar init</c>).</summary>
public sealed class SmtpProbe(MailAccount account, TrustedAuthorities authorities, MailSecret secret)
{
    /// <exception cref="Unavailable">A step failed: connection, STARTTLS, certificate, sign-in; each with its remedy.</exception>
    public async Task<ProbeReport> RunAsync(CancellationToken cancellationToken)
    {
        using var tap = new WireTap();
        using var dialogue = new SmtpDialogue(tap);
        return await Probing.RunAsync(dialogue, tap, account, authorities, secret, Look, cancellationToken).ConfigureAwait(false);
    }

    private static (IEnumerable<string> Capabilities, IEnumerable<string> Notes) Look(SmtpDialogue dialogue)
    {
        List<string> capabilities = [.. dialogue.AuthenticationMechanisms.Select(m => "AUTH " + ServerText.Clean(m))];
        List<string> notes = [];
        if (dialogue.OffersDeliveryReports)
            capabilities.Add("DSN");
        else
            notes.Add("This server offers no delivery reports: the day of receipt will be presumed from the day when it accepted the letter.");
        if (dialogue.Capabilities.HasFlag(SmtpCapabilities.Size))
            capabilities.Add(string.Create(CultureInfo.InvariantCulture, $"SIZE {dialogue.MaxSize}"));
        return (capabilities, notes);
    }
}
