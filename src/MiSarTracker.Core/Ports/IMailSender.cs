namespace MiSarTracker.Core.Ports;

/// <summary>Hands one fixed letter to the person's own mail server.</summary>
public interface IMailSender
{
    /// <summary>
    /// Makes one attempt. Whatever happens on the wire is an outcome, never an exception, so that the caller can always write
    /// down what is known; that holds for a cancelled attempt too (<see cref="SendOutcome.NotSent"/> before the letter was
    /// handed over, <see cref="SendOutcome.Unknown"/> after). No attempt is repeated inside.
    /// </summary>
    /// <exception cref="Corrupt">The letter's bytes are not those whose hash was fixed; nothing was sent.</exception>
    Task<SendOutcome> SendAsync(PreparedMail mail, CancellationToken cancellationToken);
}
