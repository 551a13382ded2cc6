namespace MiSarTracker.Mail.Sending;

/// <summary>How long to wait for a server.</summary>
/// <param name="Connect">For the connection, TLS and the sign-in, each.</param>
/// <param name="Command">For the reply to one command.</param>
/// <param name="Letter">For the letter's bytes and the reply to them. RFC 5321 (4.5.3.2.6) asks for ten minutes: who gives up
/// earlier leaves letters whose fate nobody knows.</param>
public sealed record SmtpPatience(TimeSpan Connect, TimeSpan Command, TimeSpan Letter)
{
    public static SmtpPatience Default { get; } = new(TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10));

    /// <summary>Milliseconds; the library's own limit, which must never come first, because it cannot be told from a broken line.</summary>
    internal int BeyondAll => (int)(Connect + Command + Letter).TotalMilliseconds + 10_000;
}
