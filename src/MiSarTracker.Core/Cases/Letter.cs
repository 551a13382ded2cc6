using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>What became of a mail of ours. Only the outbox knows <c>claimed</c>; to the case such a mail is still planned.</summary>
public enum SendState
{
    /// <summary>Approved and queued; not one byte went out.</summary>
    Planned,

    /// <summary>Its bytes are being handed to the server; the outcome is not known yet.</summary>
    Handed,

    /// <summary>The server took responsibility for it and said so.</summary>
    Accepted,

    /// <summary>The server refused it for good.</summary>
    Refused,

    /// <summary>The line broke where the server may or may not have taken it. Never sent again without the person's word.</summary>
    Unknown,
}

/// <summary>Kinds of letters that a rule of the case speaks of; others are plain names.</summary>
public static class LetterKinds
{
    public const string Access = "access";
    public const string Reminder = "reminder";
    public const string DataAct = "data-act";
}

/// <summary>A mail whose bytes stand fixed in the vault before it is queued.</summary>
public sealed record OutgoingMail
{
    /// <summary>The envelope's only recipient.</summary>
    public required string To { get; init; }

    public required string Subject { get; init; }

    /// <summary>With angle brackets, as in the header.</summary>
    public required string MessageId { get; init; }

    /// <summary>RFC 3461 ENVID, by which delivery reports are matched.</summary>
    public required string EnvelopeId { get; init; }

    /// <summary>SHA-256 of the .eml in the vault, 64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes of the .eml.</summary>
    public required long Size { get; init; }
}

/// <summary>A letter to a controller (or, for a complaint, to an authority).</summary>
public sealed record Letter
{
    /// <summary><c>L-001</c>, counted per case.</summary>
    public required string Number { get; init; }

    public required string Kind { get; init; }

    /// <summary>The controller that it concerns.</summary>
    public required string Controller { get; init; }

    public required string Language { get; init; }

    public required OutgoingMail Mail { get; init; }

    /// <summary>Why the address differs from the profile's; null when it does not.</summary>
    public string? AddressReason { get; init; }

    public required Instant QueuedAt { get; init; }

    public SendState State { get; init; }

    /// <summary>The server's last reply, or why the outcome is unknown.</summary>
    public string? ServerReply { get; init; }

    /// <summary>When the outcome was learnt.</summary>
    public Instant? OutcomeAt { get; init; }
}
