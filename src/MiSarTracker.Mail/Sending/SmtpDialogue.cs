using System.Text;
using MailKit.Net.Smtp;
using MiSarTracker.Core.Ports;
using MiSarTracker.Mail.Trust;

namespace MiSarTracker.Mail.Sending;

/// <summary>
/// MailKit's SMTP client where it connects, encrypts and signs in; the letter itself is sent command by command, because the
/// library would write the message anew, and because after a broken line it must be known how far things had come.
/// </summary>
internal sealed class SmtpDialogue : SmtpClient
{
    private readonly WireTap _tap;

    public SmtpDialogue(WireTap tap)
        : base(tap)
    {
        _tap = tap;
        // The greeting goes into the letter's Received header. This literal is valid and tells nothing of the machine or its network.
        LocalDomain = "[127.0.0.1]";
    }

    public bool OffersDeliveryReports => Capabilities.HasFlag(SmtpCapabilities.Dsn);

    public async Task<SmtpReply> MailFromAsync(PreparedMail mail, CancellationToken cancellationToken)
    {
        var command = new StringBuilder($"MAIL FROM:<{mail.EnvelopeFrom}>");
        if (Capabilities.HasFlag(SmtpCapabilities.Size))
            command.Append(System.Globalization.CultureInfo.InvariantCulture, $" SIZE={mail.Bytes.Length}");
        if (OffersDeliveryReports)
            command.Append(" RET=HDRS ENVID=").Append(Wire.XText(mail.EnvelopeId));
        return SmtpReply.Of(await SendCommandAsync(command.ToString(), cancellationToken).ConfigureAwait(false));
    }

    public async Task<SmtpReply> RecipientAsync(PreparedMail mail, CancellationToken cancellationToken)
    {
        // A mail to oneself is its own proof of delivery; a report about it would only be a second mail.
        string when = mail.EnvelopeTo == mail.EnvelopeFrom ? "NEVER" : "SUCCESS,FAILURE,DELAY";
        string reports = OffersDeliveryReports ? $" NOTIFY={when} ORCPT=rfc822;{Wire.XText(mail.EnvelopeTo.ToString())}" : "";
        return SmtpReply.Of(await SendCommandAsync($"RCPT TO:<{mail.EnvelopeTo}>{reports}", cancellationToken).ConfigureAwait(false));
    }

    public async Task<SmtpReply> DataAsync(CancellationToken cancellationToken) =>
        SmtpReply.Of(await SendCommandAsync("DATA", cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Sends the letter and the final dot, and waits for the reply. It cannot be cancelled but by ending the line: a cancellation
    /// between the last byte and the note that it was written would look like a letter that did not go out.
    /// </summary>
    public async Task<SmtpReply> LetterAsync(byte[] stuffed)
    {
        _tap.BeginLetter();
        // A "command" is sent as it is, followed by CRLF. The letter is 7-bit ASCII, so text and bytes are the same thing.
        return SmtpReply.Of(await SendCommandAsync(Encoding.ASCII.GetString(stuffed) + ".", CancellationToken.None).ConfigureAwait(false));
    }
}
