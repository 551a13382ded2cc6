using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// A mail whose outcome was unknown turns out to have been taken by the mail server: a copy of it was found, or the person says so.
/// That it did not go out is <see cref="ResendMail"/>.
/// </summary>
/// <param name="Item"><c>L-001</c> or <c>N-001</c>.</param>
/// <param name="When">When the server took it, as far as that is known.</param>
/// <param name="Basis">How it is known, as it shall stand in the history: "found in the folder Sent".</param>
public sealed record SettleMail(string Item, Instant When, string Basis) : IVerb<SettleMail>
{
    /// <summary>The outcome that it amounts to.</summary>
    public RecordSendOutcome Outcome => new(Item, SendState.Accepted, Basis);

    public static Decision Decide(Case @case, SettleMail command, Instant now)
    {
        var mail = MailOnItsWay.Of(@case, command.Item);
        if (mail.State != SendState.Unknown)
            throw Steps.Refuse(@case, $"{command.Item} is {ContractName.Of(mail.State)}: only a mail whose outcome is unknown is settled.");
        var settled = RecordSendOutcome.Decide(@case, command.Outcome, Instant.Min(command.When, now));
        var how = new CaseEvent("mail-settled", $"{command.Item} did go out: {command.Basis}", Payload.Of(
            ("item", command.Item),
            ("messageId", mail.Mail.MessageId),
            ("sha256", mail.Mail.Sha256),
            ("basis", command.Basis)));

        // No server's word: how it is known stands in the place of the acceptance, before all that follows from it.
        return settled with { Events = [how, .. settled.Events.Skip(1)] };
    }
}
