using MiSarTracker.Core.Cases;
using NodaTime;

namespace MiSarTracker.Sending;

/// <summary>What one attempt to send one mail came to; it is written down already.</summary>
/// <param name="Case">The mail's case.</param>
/// <param name="Item">The letter or reminder: <c>L-001</c>, <c>N-001</c>.</param>
/// <param name="Sha256">The .eml in the vault whose bytes went out.</param>
/// <param name="State">Accepted, Refused, Unknown, or Planned when it will be tried again.</param>
/// <param name="Reply">One or two plain sentences with the server's words.</param>
/// <param name="RetryAt">When it is tried again by itself; only with Planned.</param>
/// <param name="NeedsPerson">Only with Planned: a setting must be put right first.</param>
public sealed record Delivery(
    CaseReference Case,
    string Item,
    string To,
    string MessageId,
    string EnvelopeId,
    string Sha256,
    SendState State,
    string Reply,
    Instant? RetryAt = null,
    bool NeedsPerson = false);
