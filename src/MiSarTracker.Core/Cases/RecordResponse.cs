using MiSarTracker.Core.Deadlines;
using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>Records what a controller wrote and moves the clock as the law says (Art. 12(3) to 12(6) GDPR).</summary>
public sealed record RecordResponse : IVerb<RecordResponse>
{
    public required string Controller { get; init; }

    public required ReplyKind Kind { get; init; }

    /// <summary>The day on which it reached the person.</summary>
    public required LocalDate Received { get; init; }

    /// <summary>The date that the controller named, if any.</summary>
    public LocalDate? Until { get; init; }

    public string? Reasons { get; init; }

    /// <summary>The exhibit that shows it, for example <c>R-001</c>.</summary>
    public string? Exhibit { get; init; }

    /// <summary>For an acknowledgement when no day of receipt is recorded yet: the clock from the day that it proves.</summary>
    public Clock? ReceiptClock { get; init; }

    /// <summary>For an extension: the clock with the two further months, from the same day of receipt.</summary>
    public Clock? ExtendedClock { get; init; }

    /// <summary>For an identity or clarification question: the clock with the question in it; null when none runs.</summary>
    public Clock? PausedClock { get; init; }

    /// <summary>For "we are not the controller, ask X": whom to ask instead, in the same step.</summary>
    public AddController? Ask { get; init; }

    public static Decision Decide(Case @case, RecordResponse command, Instant now)
    {
        Steps.RequireOpen(@case, "recording a response");
        var controller = @case.Controller(command.Controller);
        Days.RequireNotInFuture(command.Received, "The day of the response", now);
        if (command.Exhibit is { } exhibit)
            _ = @case.Exhibit(exhibit);
        RequireAsked(@case, controller, command);

        // While a question of its waits for the person, nobody can say that it is late.
        var late = controller is { HasOpenPause: false, Clock: { } running } && command.Received > running.Safe;
        var after = Moved(@case, controller, command) with { Replies = controller.Replies };
        var reply = new Reply
        {
            Kind = command.Kind,
            Received = command.Received,
            Until = command.Until,
            Reasons = command.Reasons,
            Exhibit = command.Exhibit,
            Late = late,
            Faults = Faults(controller, command, late).ToValueList(),
            MovedClock = after.Clock is { } moved && (controller.Clock is not { } before || (moved.Due, moved.Safe) != (before.Due, before.Safe)),
        };
        after = after with { Replies = controller.Replies.With(reply) };
        var decision = Decision.Of(@case.With(after), "response-recorded", Sentence(controller, reply), Describe(controller, reply, after.Clock));
        if (!after.IsOpen || after.HasOpenPause)
            decision = decision.Then(next => PlanReminders.Cancel(next, controller.Id, now));
        return command.Ask is { } ask ? decision.Then(next => AddController.Decide(next, ask, now)) : decision;
    }

    private static void RequireAsked(Case @case, CaseController controller, RecordResponse command)
    {
        var mayHaveArrived = @case.Letters.Any(l => l.Controller == controller.Id && l.State is SendState.Handed or SendState.Unknown);
        if (controller.State == ControllerState.Draft && !mayHaveArrived)
            throw Steps.Refuse(@case, $"{controller.Id} was not asked yet. If the request went out by other means, record the day of its receipt first.");
        if (controller.Clock is { } clock && command.Received < clock.Received)
        {
            throw Steps.Refuse(@case, $"A response of {Payload.Text(command.Received)} cannot answer a request that arrived on "
                + $"{Payload.Text(clock.Received)}; correct the day of receipt first.");
        }

        if (command.Ask is not null && command.Kind != ReplyKind.NotController)
            throw Steps.Refuse(@case, $"Only a controller that says it is none names another; this is a reply of the kind {ContractName.Of(command.Kind)}.");
        if (command.Kind == ReplyKind.Extension && controller.Clock is null)
            throw Steps.Refuse(@case, $"The day on which {controller.Id} received the request is not recorded: there is no clock to extend.");
    }

    private static CaseController Moved(Case @case, CaseController controller, RecordResponse command) => command.Kind switch
    {
        ReplyKind.Acknowledgement => Acknowledged(@case, controller, command),
        ReplyKind.Extension when Extends(controller, command) => Extended(controller) with { Clock = Extension(controller, command) },
        ReplyKind.Answer => controller.Becomes(ControllerState.Answered),
        ReplyKind.PartialAnswer => controller.Becomes(ControllerState.AnsweredInPart),
        ReplyKind.Refusal => controller.Becomes(ControllerState.Refused),
        ReplyKind.NotController => controller.Becomes(ControllerState.NotController),
        ReplyKind.Identity or ReplyKind.Clarification when Pauses(controller, command) => Paused(controller, command),
        _ => Heard(controller),
    };

    // A question that came too late suspends nothing (EDPB 01/2022, paragraph 159: without undue delay); one that repeats an open one adds nothing.
    private static bool Pauses(CaseController controller, RecordResponse command) =>
        (controller.IsOpen || controller.State == ControllerState.Draft)
        && controller.State != ControllerState.Reminded
        && (controller.Clock is not { } clock || command.Received <= clock.Safe)
        && !controller.Pauses.Any(pause => pause.IsOpen && pause.Kind == PauseKindOf(command));

    private static CaseController Paused(CaseController controller, RecordResponse command) => controller.Becomes(ControllerState.Paused) with
    {
        Pauses = controller.Pauses.With(new Pause(PauseKindOf(command), command.Received, null)),
        Clock = command.PausedClock ?? controller.Clock,
    };

    /// <summary>The pause that a reply of the kind identity or clarification opens.</summary>
    public static PauseKind PauseKindOf(RecordResponse command) => command.Kind == ReplyKind.Identity ? PauseKind.Identity : PauseKind.Clarification;

    // An extension while a question is open leaves the question open.
    private static CaseController Extended(CaseController controller) =>
        controller.HasOpenPause ? controller : controller.Becomes(ControllerState.Extended);

    private static CaseController Acknowledged(Case @case, CaseController controller, RecordResponse command)
    {
        if (controller.Clock is not null)
            return Heard(controller);
        var clock = command.ReceiptClock ?? throw Steps.Refuse(@case, $"The day on which {controller.Id} received the request must be told with its acknowledgement.");
        if (clock.Received > command.Received)
            throw Steps.Refuse(@case, "A request cannot have arrived after its acknowledgement.");
        return Heard(controller) with { Clock = clock, ReceiptBasis = $"acknowledgement of {Payload.Text(command.Received)}" };
    }

    // Whoever writes to us about the request has received it; a state further on is kept.
    private static CaseController Heard(CaseController controller) => controller.State switch
    {
        ControllerState.Draft or ControllerState.Sent or ControllerState.Waiting => controller.Becomes(ControllerState.Received),
        _ => controller,
    };

    // In time against the first clock, and once: Art. 12(3) knows no second extension, and none after the month.
    private static bool Extends(CaseController controller, RecordResponse command) =>
        controller is { IsOpen: true, Clock: { Extended: false } clock } && (command.Received <= clock.Safe || controller.HasOpenPause);

    private static Clock Extension(CaseController controller, RecordResponse command)
    {
        var extended = command.ExtendedClock ?? throw new ArgumentException("An extension needs the extended clock.", nameof(command));
        if (!extended.Extended || extended.Received != controller.Clock!.Received)
            throw new ArgumentException("The extended clock must count from the recorded day of receipt.", nameof(command));
        return extended;
    }

    private static IEnumerable<string> Faults(CaseController controller, RecordResponse command, bool late)
    {
        if (command.Kind == ReplyKind.Extension)
        {
            if (controller.Clock is { Extended: true })
                yield return "The period was extended once already; Art. 12(3) knows no second extension.";
            else if (late)
                yield return $"The notice came after {Payload.Text(controller.Clock!.Safe)}; Art. 12(3) wants it within the first month.";
            if (string.IsNullOrWhiteSpace(command.Reasons))
                yield return "No reasons were recorded; Art. 12(3) wants the notice to give them.";
            if (command.Until is { } until && command.ExtendedClock is { } most && until > most.Safe)
                yield return $"The controller names {Payload.Text(until)}; the law ends the extended period on {Payload.Text(most.Due)}.";
        }
        else if (late)
        {
            yield return $"It came after {Payload.Text(controller.Clock!.Safe)}, the last day.";
        }

        if (command.Kind == ReplyKind.Refusal && string.IsNullOrWhiteSpace(command.Reasons))
            yield return "No reasons were recorded; Art. 12(4) wants a refusal to give them.";
    }

    private static string Sentence(CaseController controller, Reply reply)
    {
        var what = reply.Kind switch
        {
            ReplyKind.Acknowledgement => "confirmed that it received the request",
            ReplyKind.Extension when reply.MovedClock => "extended the period",
            ReplyKind.Extension => "announced an extension that moves no clock",
            ReplyKind.Identity => "asked for proof of identity",
            ReplyKind.Clarification => "asked to specify the request",
            ReplyKind.Fee => "asked for a fee",
            ReplyKind.PartialAnswer => "answered in part",
            ReplyKind.Refusal => "refused",
            ReplyKind.NotController => "says that it is not the controller",
            _ => "answered",
        };
        var faults = reply.Faults.Count == 0 ? "" : " " + string.Join(" ", reply.Faults);
        return $"{controller.Name} {what} on {Payload.Text(reply.Received)}.{faults}";
    }

    private static System.Text.Json.Nodes.JsonObject Describe(CaseController controller, Reply reply, Clock? clock) => Payload.Of(
        ("controller", controller.Id),
        ("kind", ContractName.Of(reply.Kind)),
        ("received", Payload.Text(reply.Received)),
        ("until", Payload.Text(reply.Until)),
        ("reasons", reply.Reasons),
        ("exhibit", reply.Exhibit),
        ("late", reply.Late),
        ("faults", Payload.List(reply.Faults)),
        ("clock", reply.MovedClock && clock is not null ? Payload.Of(clock) : null));
}
