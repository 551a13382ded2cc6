namespace MiSarTracker.Core.Ports;

/// <summary>
/// Fetches the password of one mail account when it is needed, and not before: it is asked for after the encrypted connection
/// stands and the server has proved who it is. Null when none is stored.
/// </summary>
public delegate ValueTask<string?> MailSecret(CancellationToken cancellationToken);
