using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Deadlines;
using MiSarTracker.Storage;
using NodaTime;

namespace MiSarTracker.Journey;

/// <summary>
/// What the other side did, put on the record with the clock and the reminders that follow from it: the day on which a
/// request arrived, and every kind of reply.
/// </summary>
public sealed class Replies(Workspace workspace, Templates templates, Settings settings)
{
    private readonly Clocks _clocks = new(templates, settings);

    /// <summary>The day of receipt, also for a request that went out by other means, or a correction of it.</summary>
    /// <param name="basis">How it is known, in the person's words.</param>
    public async Task<Recorded> ReceivedAsync(CaseReference reference, string? controllerId, LocalDate received, string basis, Instant now, CancellationToken cancellationToken)
    {
        var found = workspace.Cases.Get(reference);
        var controller = Choose(found, controllerId);
        var clock = Clock(found, controller, new ClockFacts(received, controller.Clock?.Extended ?? false, controller.Clock is { Extended: true } running ? running.Due : null));
        var decision = await workspace.Apply(reference, new RecordReceipt(controller.Id, clock, basis), now, cancellationToken).ConfigureAwait(false);
        return await WithRemindersAsync(decision.Case, controller, now, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A reply of a kind that the person confirms.</summary>
    public async Task<Recorded> RecordAsync(CaseReference reference, ReplyOf reply, Instant now, CancellationToken cancellationToken)
    {
        var found = workspace.Cases.Get(reference);
        var controller = Choose(found, reply.Controller);
        var decision = await workspace.Apply(
            reference,
            new RecordResponse
            {
                Controller = controller.Id,
                Kind = reply.Kind,
                Received = reply.Received,
                Until = reply.Until,
                Reasons = reply.Reasons,
                Exhibit = reply.Exhibit,
                ReceiptClock = reply.Kind == ReplyKind.Acknowledgement && controller.Clock is null ? Clock(found, controller, new ClockFacts(reply.Received, Extended: false)) : null,
                ExtendedClock = reply.Kind == ReplyKind.Extension && controller.Clock is { } running ? Clock(found, controller, new ClockFacts(running.Received, Extended: true, reply.Until)) : null,
                PausedClock = PausedClock(found, controller, reply),
                Ask = reply.Ask,
            },
            now,
            cancellationToken).ConfigureAwait(false);
        return await WithRemindersAsync(decision.Case, controller, now, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The person answered the controller's question, or objected to it.</summary>
    public async Task<Recorded> QuestionAnsweredAsync(CaseReference reference, string? controllerId, LocalDate on, Instant now, CancellationToken cancellationToken)
    {
        var found = workspace.Cases.Get(reference);
        var controller = controllerId is null && found.Controllers.Where(c => c.HasOpenPause).ToList() is [var only] ? only : Choose(found, controllerId);
        var clock = controller.Clock is { } running && controller.Pauses.All(pause => !pause.IsOpen || pause.From <= on)
            ? Clock(found, controller with { Pauses = AnswerQuestion.Ended(controller.Pauses, on) }, new ClockFacts(running.Received, running.Extended, running.Extended ? running.Due : null))
            : null;
        var decision = await workspace.Apply(reference, new AnswerQuestion(controller.Id, on, clock), now, cancellationToken).ConfigureAwait(false);
        return await WithRemindersAsync(decision.Case, controller, now, cancellationToken).ConfigureAwait(false);
    }

    private Clock? PausedClock(Case found, CaseController controller, ReplyOf reply)
    {
        if (reply.Kind is not (ReplyKind.Identity or ReplyKind.Clarification) || controller.Clock is not { } running)
            return null;
        var asked = new Pause(reply.Kind == ReplyKind.Identity ? PauseKind.Identity : PauseKind.Clarification, reply.Received, null);
        return Clock(found, controller with { Pauses = controller.Pauses.With(asked) }, new ClockFacts(running.Received, running.Extended, running.Extended ? running.Due : null));
    }

    /// <summary>Whom a reply is from when nobody said it: the only one that was asked.</summary>
    /// <exception cref="Refusal">Several were asked, or the case has no such controller.</exception>
    public static CaseController Choose(Case found, string? id)
    {
        if (id is not null)
        {
            return found.Controllers.FirstOrDefault(controller => controller.Id == id)
                ?? throw new Refusal($"{found.Reference} has no controller “{id}”.", $"It has: {string.Join(", ", found.Controllers.Select(controller => controller.Id))}.");
        }

        var asked = found.Controllers.Where(controller => controller.State != ControllerState.Draft).ToList();
        var candidates = asked.Count > 0 ? asked : [.. found.Controllers];
        return candidates.Count == 1
            ? candidates[0]
            : throw new Refusal(
                $"{found.Reference} has several controllers; whom this is about must be said.",
                $"Add --controller with one of: {string.Join(", ", candidates.Select(controller => controller.Id))}.");
    }

    private Clock Clock(Case found, CaseController controller, ClockFacts facts)
    {
        var profile = templates.Vendor(found.Vendor);
        return _clocks.Of(CaseControllers.Of(found, profile, controller.Id), found.Person, found.Language, facts.By(profile) with { Pauses = controller.Pauses });
    }

    /// <summary>A clock that moved moves its reminders; what is over has none (the verb that ended it cancelled them).</summary>
    private async Task<Recorded> WithRemindersAsync(Case found, CaseController before, Instant now, CancellationToken cancellationToken)
    {
        var after = found.Controller(before.Id);
        if (after is { IsOpen: true, HasOpenPause: false, Clock: { } clock } && clock != before.Clock && !found.Complaints.Any(complaint => complaint.IsOpen))
        {
            found = (await workspace.Apply(found.Reference, new PlanReminders(after.Id, _clocks.Reminders(clock)), now, cancellationToken).ConfigureAwait(false)).Case;
        }

        return new Recorded(found, after);
    }
}

/// <summary>The case afterwards, and the controller that it was about.</summary>
public sealed record Recorded(Case Case, CaseController Controller);

/// <summary>A reply as the person says it is.</summary>
/// <param name="Controller">Null for the only one that was asked.</param>
public sealed record ReplyOf(ReplyKind Kind, LocalDate Received, string? Controller = null, LocalDate? Until = null, string? Reasons = null, string? Exhibit = null)
{
    /// <summary>Whom to ask instead, when a controller says that it is none.</summary>
    public AddController? Ask { get; init; }
}
