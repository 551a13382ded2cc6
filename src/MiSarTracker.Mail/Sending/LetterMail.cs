using MiSarTracker.Core.Ports;
using NodaTime;

namespace MiSarTracker.Mail.Sending;

/// <summary>One letter as a mail, before its bytes are fixed.</summary>
public sealed record LetterMail
{
    /// <summary>Without angle brackets; see <see cref="LetterIdentity.MessageId"/>.</summary>
    public required string MessageId { get; init; }

    /// <summary>See <see cref="LetterIdentity.EnvelopeId"/>.</summary>
    public required string EnvelopeId { get; init; }

    public HeaderText? FromName { get; init; }

    /// <summary>The person's own mailbox; also the envelope's sender, so that delivery reports come back to it.</summary>
    public required EmailAddress From { get; init; }

    public HeaderText? ToName { get; init; }

    public required EmailAddress To { get; init; }

    public required HeaderText Subject { get; init; }

    /// <summary>When the letter was approved, with the offset that its date line shows; whole seconds are used.</summary>
    public required OffsetDateTime Date { get; init; }

    /// <summary>The letter as plain text; any line endings.</summary>
    public required string Text { get; init; }

    /// <summary>The same letter as an HTML document, or null.</summary>
    public string? Html { get; init; }

    public IReadOnlyList<LetterAttachment> Attachments { get; init; } = [];

    /// <summary>The Message-ID (without angle brackets) of the mail that this one answers, or null.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The Message-IDs of the conversation so far, oldest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
}

/// <param name="FileName">As the recipient will see it; no folder.</param>
/// <param name="MediaType">"application/pdf".</param>
public sealed record LetterAttachment(HeaderText FileName, string MediaType, ReadOnlyMemory<byte> Content);
