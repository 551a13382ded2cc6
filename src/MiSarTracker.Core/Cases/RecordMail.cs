using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>Files a mail that came in with the case. The same bytes are one mail; it moves no clock by itself.</summary>
public sealed record RecordMail : IVerb<RecordMail>
{
    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    public string? MessageId { get; init; }

    public required string From { get; init; }

    public required string Subject { get; init; }

    public Instant? SentAt { get; init; }

    public bool Automatic { get; init; }

    /// <summary>The letter of ours that it answers, if known.</summary>
    public string? Answers { get; init; }

    public static Decision Decide(Case @case, RecordMail command, Instant now)
    {
        if (@case.State == CaseState.Erased)
            throw Steps.Refuse(@case, $"{@case.Reference} is erased: no mail is filed with it.");
        Steps.RequireSha256(command.Sha256);
        if (command.Answers is { } letter)
            _ = @case.Letter(letter);
        if (@case.Mails.Any(m => m.Sha256 == command.Sha256))
            return Decision.Nothing(@case);
        var mail = new IncomingMail
        {
            Number = Steps.NextNumber('M', @case.Mails.Select(m => m.Number)),
            Sha256 = command.Sha256,
            Size = command.Size,
            MessageId = command.MessageId,
            From = command.From,
            Subject = command.Subject,
            SentAt = command.SentAt,
            AddedAt = now,
            Automatic = command.Automatic,
            Answers = command.Answers,
        };
        return Decision.Of(@case with { Mails = @case.Mails.With(mail) }, "mail-filed", $"{mail.Number} from {mail.From} filed: {mail.Subject}", Payload.Of(
            ("mail", mail.Number),
            ("sha256", mail.Sha256),
            ("size", mail.Size),
            ("messageId", mail.MessageId),
            ("from", mail.From),
            ("subject", mail.Subject),
            ("sentAt", Payload.Text(mail.SentAt)),
            ("automatic", mail.Automatic),
            ("answers", mail.Answers)));
    }
}
