using MiSarTracker.Core.Cases;
using NodaTime;

namespace MiSarTracker.Storage;

/// <summary>A mail that this instance may send until its lease ends.</summary>
/// <param name="Token">Random; whoever holds it holds the claim.</param>
/// <param name="Item">The letter or reminder: <c>L-001</c>, <c>N-001</c>.</param>
/// <param name="Sha256">The .eml in the vault: exactly these bytes go out.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record OutboxClaim(
    long Id,
    string Token,
    CaseReference Case,
    string Item,
    string To,
    string MessageId,
    string EnvelopeId,
    string Sha256,
    long Size,
    int Attempt,
    Instant LeaseUntil);

/// <summary>A row of the outbox, for a page or a list.</summary>
public sealed record OutboxItem(
    long Id,
    CaseReference Case,
    string Item,
    string To,
    string MessageId,
    OutboxState State,
    Instant QueuedAt,
    Instant NotBefore,
    int Attempts,
    string? Instance,
    Instant? LeaseUntil,
    string? Reply,
    Instant? FinishedAt);
