using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// The last mark before the bytes of a mail go out. If nothing is heard after it, the outcome is unknown.
/// </summary>
/// <param name="Item"><c>L-001</c> or <c>N-001</c>.</param>
public sealed record HandMail(string Item) : IVerb<HandMail>
{
    public static Decision Decide(Case @case, HandMail command, Instant now)
    {
        Steps.RequireOpen(@case, "sending a mail");
        var mail = MailOnItsWay.Of(@case, command.Item);
        if (mail.State != SendState.Planned)
            throw Steps.Refuse(@case, $"{command.Item} is {ContractName.Of(mail.State)}, no longer planned.");
        return Decision.Of(mail.Becomes(SendState.Handed, null, null), "mail-handed", $"{command.Item} is being handed to the mail server.",
            Payload.Of(("item", command.Item), ("messageId", mail.Mail.MessageId), ("sha256", mail.Mail.Sha256)));
    }
}

/// <summary>The mail certainly did not go out (no connection, refused for now, before its bytes): it is planned again.</summary>
/// <param name="Reason">The server's reply or the fault, for the history.</param>
public sealed record PostponeMail(string Item, string Reason) : IVerb<PostponeMail>
{
    public static Decision Decide(Case @case, PostponeMail command, Instant now)
    {
        var mail = MailOnItsWay.Of(@case, command.Item);
        if (mail.State is not (SendState.Planned or SendState.Handed))
            throw Steps.Refuse(@case, $"{command.Item} is {ContractName.Of(mail.State)}: it cannot wait in the outbox again.");
        return Decision.Of(mail.Becomes(SendState.Planned, command.Reason, null), "mail-postponed", $"{command.Item} did not go out and will be tried again: {command.Reason}",
            Payload.Of(("item", command.Item), ("reason", command.Reason)));
    }
}

/// <summary>
/// The mail will never go out, by our own decision: its case was closed while it waited. Not one byte of it left.
/// </summary>
/// <param name="Reason">For the history.</param>
public sealed record WithdrawMail(string Item, string Reason) : IVerb<WithdrawMail>
{
    public static Decision Decide(Case @case, WithdrawMail command, Instant now)
    {
        var mail = MailOnItsWay.Of(@case, command.Item);
        if (mail.State != SendState.Planned)
            throw Steps.Refuse(@case, $"{command.Item} is {ContractName.Of(mail.State)}: only a mail that waits can be taken back.");
        return Decision.Of(mail.Becomes(SendState.Refused, command.Reason, now), "mail-withdrawn", $"{command.Item} was not sent: {command.Reason}",
            Payload.Of(("item", command.Item), ("messageId", mail.Mail.MessageId), ("reason", command.Reason)));
    }
}

/// <summary>
/// The person decided that a mail whose outcome is unknown goes out again: the same bytes under the same Message-ID,
/// so that a receiver that has it already can tell.
/// </summary>
public sealed record ResendMail(string Item) : IVerb<ResendMail>
{
    public static Decision Decide(Case @case, ResendMail command, Instant now)
    {
        Steps.RequireOpen(@case, "sending a mail again");
        var mail = MailOnItsWay.Of(@case, command.Item);
        if (mail.State != SendState.Unknown)
            throw Steps.Refuse(@case, $"{command.Item} is {ContractName.Of(mail.State)}: only a mail whose outcome is unknown is sent again.");
        return Decision.Of(mail.Becomes(SendState.Planned, null, null), "mail-requeued", $"{command.Item} is to be sent again, the same bytes under the same Message-ID.",
            Payload.Of(("item", command.Item), ("messageId", mail.Mail.MessageId))).Sending(command.Item, mail.Mail);
    }
}
