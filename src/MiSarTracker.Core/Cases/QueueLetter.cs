using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>
/// Puts an approved letter into the outbox. Its bytes stand in the vault already: from here on nothing about it changes
/// but what became of it.
/// </summary>
public sealed record QueueLetter : IVerb<QueueLetter>
{
    /// <summary><c>access</c>, <c>reminder</c>, <c>deficiency</c>, <c>objection</c>, <c>complaint</c>, <c>data-act</c>.</summary>
    public required string Kind { get; init; }

    public required string Controller { get; init; }

    public required string Language { get; init; }

    public required OutgoingMail Mail { get; init; }

    /// <summary>Why the address differs from the profile's; null when it does not.</summary>
    public string? AddressReason { get; init; }

    public static Decision Decide(Case @case, QueueLetter command, Instant now)
    {
        Steps.RequireOpen(@case, "sending a letter");
        Steps.RequireSha256(command.Mail.Sha256);
        var controller = @case.Controller(command.Controller);
        CheckEarlierLetters(@case, command);
        CheckMoment(@case, controller, command, now);
        var letter = new Letter
        {
            Number = Steps.NextNumber('L', @case.Letters.Select(l => l.Number)),
            Kind = command.Kind,
            Controller = command.Controller,
            Language = command.Language,
            Mail = command.Mail,
            AddressReason = command.AddressReason,
            QueuedAt = now,
        };
        return Decision.Of(
            @case with { Letters = @case.Letters.With(letter) },
            "letter-queued",
            $"Letter {letter.Number} ({letter.Kind}) to {letter.Mail.To} approved and queued.",
            Payload.Of(
                ("letter", letter.Number),
                ("kind", letter.Kind),
                ("controller", letter.Controller),
                ("language", letter.Language),
                ("mail", Payload.Of(letter.Mail)),
                ("addressReason", letter.AddressReason))).Sending(letter.Number, letter.Mail);
    }

    private static void CheckEarlierLetters(Case @case, QueueLetter command)
    {
        var earlier = @case.Letters.Where(l => l.Controller == command.Controller && l.Kind == command.Kind).ToList();
        if (earlier.FirstOrDefault(l => l.State == SendState.Unknown) is { } unknown)
            throw Steps.Refuse(@case, $"{unknown.Number} may have reached {unknown.Mail.To} already: its outcome is unknown.");
        if (earlier.FirstOrDefault(l => l.State is SendState.Planned or SendState.Handed) is { } waiting)
            throw Steps.Refuse(@case, $"{waiting.Number}, also of the kind {command.Kind}, is still in the outbox.");
        if (command.Kind is LetterKinds.Access or LetterKinds.DataAct && earlier.FirstOrDefault(l => l.State == SendState.Accepted) is { } sent)
        {
            throw Steps.Refuse(@case, $"{sent.Number} asked {command.Controller} already; to ask again for the same is a reminder, and a request "
                + "about other data or another period is a new case.");
        }
    }

    private static void CheckMoment(Case @case, CaseController controller, QueueLetter command, Instant now)
    {
        if (command.Kind is LetterKinds.Access or LetterKinds.DataAct)
            return;
        if (controller.State == ControllerState.Draft)
            throw Steps.Refuse(@case, $"{controller.Id} was not asked yet: a letter of the kind {command.Kind} would refer to nothing.");
        if (command.Kind != LetterKinds.Reminder)
            return;
        if (controller.Clock is not { } clock)
            throw Steps.Refuse(@case, $"The day on which {controller.Id} received the request is not recorded: nobody can say yet that it is late.");

        if (controller.HasOpenPause)
            throw Steps.Refuse(@case, $"{controller.Id} asked a question that is not answered yet: a reminder before you answered (or objected) would accuse too early.");

        // The UTC day: it ends after the day in Europe's and Asia's zones, so a reminder is rather an hour late than early.
        if (now.InUtc().Date <= clock.Safe)
            throw Steps.Refuse(@case, $"{controller.Id} has time until {Payload.Text(clock.Safe)}: a reminder before that day is over would accuse too early.");
    }
}
