using MiSarTracker.Core.Ports;
using NodaTime;

namespace MiSarTracker.Sending;

/// <summary>What comes after a mail that did not go out.</summary>
/// <param name="After">How long until the next attempt by itself.</param>
/// <param name="Reason">One or two plain sentences for the history and the pages.</param>
/// <param name="NeedsPerson">Waiting alone will not help: a setting, a password or a certificate must be put right.</param>
public sealed record Retry(Duration After, string Reason, bool NeedsPerson);

/// <summary>
/// When a mail that certainly did not go out is tried again. Pure. An approved letter is never given up by itself: the
/// pauses grow to a limit and stay there, and each reason stands in the history.
/// </summary>
public static class RetryPlan
{
    /// <summary>
    /// After the first, second, … attempt. A greylisting server (RFC 6647) wants some minutes; RFC 5321 (4.5.4.1) wants
    /// half an hour and more once the first tries failed.
    /// </summary>
    private static readonly Duration[] Pauses =
    [
        Duration.FromMinutes(2), Duration.FromMinutes(5), Duration.FromMinutes(15), Duration.FromMinutes(30),
        Duration.FromHours(1), Duration.FromHours(2), Duration.FromHours(4),
    ];

    /// <summary>Long, because a provider locks an account after a few wrong passwords.</summary>
    public static readonly Duration WhenThePersonMustAct = Duration.FromHours(6);

    /// <param name="outcome">A refusal for now, or an attempt that ended before the letter was handed over.</param>
    /// <param name="attempt">1 for the first.</param>
    /// <returns>Null when the outcome is final or unknown: then nothing is tried again by itself.</returns>
    public static Retry? After(SendOutcome outcome, int attempt) => outcome switch
    {
        SendOutcome.Refused { Permanent: false } => new Retry(Pause(attempt), outcome.Sentence, NeedsPerson: false),
        SendOutcome.NotSent { Retryable: true } => new Retry(Pause(attempt), outcome.Sentence, NeedsPerson: false),
        SendOutcome.NotSent => new Retry(WhenThePersonMustAct, outcome.Sentence, NeedsPerson: true),
        _ => null,
    };

    private static Duration Pause(int attempt) => Pauses[Math.Clamp(attempt - 1, 0, Pauses.Length - 1)];
}
