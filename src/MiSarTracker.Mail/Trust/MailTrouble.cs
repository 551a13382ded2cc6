using MiSarTracker.Core;

namespace MiSarTracker.Mail.Trust;

/// <summary>Why a connection or a sign-in came to nothing.</summary>
/// <param name="Reason">A sentence that names the server.</param>
/// <param name="Remedy">What to do, or null when waiting is enough.</param>
/// <param name="Retryable">Whether the same attempt may succeed later without anybody changing anything.</param>
internal sealed record MailTrouble(string Reason, string? Remedy, bool Retryable)
{
    public Unavailable ToUnavailable(Exception? cause = null) => new(Reason, Remedy, cause);
}
