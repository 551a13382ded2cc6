using MiSarTracker.Core.Ports;

namespace MiSarTracker.Mail.Trust;

/// <summary>What a mail server showed when it was tried out: nothing was sent, nothing was fetched.</summary>
/// <param name="Tls">"Tls13".</param>
/// <param name="Certificate">Whose it is, by whom, until when.</param>
/// <param name="SignedInBy">The mechanism that worked, or null when the account has no user.</param>
/// <param name="Capabilities">What the server offers, as the product uses it; sorted.</param>
/// <param name="Notes">What works less well with this server, in sentences; usually empty.</param>
public sealed record ProbeReport(
    MailAccount Account, string Tls, string Certificate, string? SignedInBy, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Notes);
