using MiSarTracker.Core.Ports;

namespace MiSarTracker.Journey;

/// <summary>Writes a letter's exact bytes to a file instead of sending them: for the demo, which must never send mail.</summary>
public sealed class FileSender(string path) : IMailSender
{
    public async Task<SendOutcome> SendAsync(PreparedMail mail, CancellationToken cancellationToken)
    {
        mail.Verify();
        await File.WriteAllBytesAsync(path, mail.Bytes, cancellationToken).ConfigureAwait(false);
        return new SendOutcome.Accepted(250, $"written to {Path.GetFileName(path)}, not sent", DeliveryReportRequested: false);
    }
}
