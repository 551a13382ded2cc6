using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// What became of a mail that was handed to a server: accepted, refused or unknown. An access letter that was accepted
/// moves its controller from draft to sent; it starts no clock, for acceptance by a server is not yet receipt.
/// </summary>
/// <param name="Item"><c>L-001</c> or <c>N-001</c>.</param>
/// <param name="Outcome">Accepted, Refused or Unknown.</param>
/// <param name="Reply">The server's reply, or why nobody can know.</param>
public sealed record RecordSendOutcome(string Item, SendState Outcome, string? Reply) : IVerb<RecordSendOutcome>
{
    public static Decision Decide(Case @case, RecordSendOutcome command, Instant now)
    {
        if (command.Outcome is not (SendState.Accepted or SendState.Refused or SendState.Unknown))
            throw new ArgumentException($"{command.Outcome} is no outcome.", nameof(command));
        var mail = MailOnItsWay.Of(@case, command.Item);
        if (mail.State == command.Outcome)
            return Decision.Nothing(@case);
        if (mail.State is SendState.Accepted or SendState.Refused)
            throw Steps.Refuse(@case, $"{command.Item} is {ContractName.Of(mail.State)}; that is final.");

        var after = mail.Becomes(command.Outcome, command.Reply, now);
        if (command.Outcome == SendState.Accepted && mail.Letter is { Kind: LetterKinds.Access } letter
            && @case.Controller(letter.Controller) is { State: ControllerState.Draft } controller)
            after = after.With(controller.Becomes(ControllerState.Sent));
        if (command.Outcome == SendState.Accepted && mail.Letter is { Kind: LetterKinds.Reminder } reminder
            && @case.Controller(reminder.Controller) is { IsOpen: true } late && ControllerMoves.May(late.State, ControllerState.Reminded))
            after = after.With(late.Becomes(ControllerState.Reminded));

        var outcome = ContractName.Of(command.Outcome);
        var decision = Decision.Of(after, "mail-" + outcome, Sentence(command), Payload.Of(
            ("item", command.Item),
            ("messageId", mail.Mail.MessageId),
            ("sha256", mail.Mail.Sha256),
            ("reply", command.Reply)));

        // A request that went out is no draft any more; its own reminders come with its clock.
        return mail.Letter is { } sent && @case.Controller(sent.Controller).State == ControllerState.Draft && after.Controller(sent.Controller).State == ControllerState.Sent
            ? decision.Then(next => PlanReminders.Cancel(next, sent.Controller, now))
            : decision;
    }

    private static string Sentence(RecordSendOutcome command) => command.Outcome switch
    {
        SendState.Accepted => $"The mail server accepted {command.Item}: {command.Reply}",
        SendState.Refused => $"The mail server refused {command.Item}: {command.Reply}",
        _ => $"Whether {command.Item} went out is unknown: {command.Reply}",
    };
}
