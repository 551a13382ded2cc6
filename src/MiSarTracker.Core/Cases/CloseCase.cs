using NodaTime;

namespace MiSarTracker.Core.Cases;

/// <summary>Ends a case with an outcome; what is planned for it is cancelled.</summary>
public sealed record CloseCase(CaseOutcome Outcome) : IVerb<CloseCase>
{
    public static Decision Decide(Case @case, CloseCase command, Instant now)
    {
        Steps.RequireOpen(@case, "closing it");
        if (@case.Letters.FirstOrDefault(l => l.State is SendState.Planned or SendState.Handed) is { } waiting)
            throw Steps.Refuse(@case, $"{waiting.Number} is still in the outbox; let it go out first.");
        if (command.Outcome is CaseOutcome.AuthorityDeclined or CaseOutcome.AuthorityUpheld && @case.Complaints.Count == 0)
            throw Steps.Refuse(@case, "No complaint is recorded, so no authority can have ended the case.");
        var decision = Decision.Of(
            @case with { ClosedAt = now, Outcome = command.Outcome },
            "case-closed",
            $"Case closed: {ContractName.Of(command.Outcome)}.",
            Payload.Of(("outcome", ContractName.Of(command.Outcome))));
        return @case.Controllers.Aggregate(decision, (sum, controller) => sum.Then(next => PlanReminders.Cancel(next, controller.Id, now)));
    }
}

/// <summary>Opens a closed case again; its clocks are as they were, its reminders must be planned anew.</summary>
public sealed record ReopenCase : IVerb<ReopenCase>
{
    public static Decision Decide(Case @case, ReopenCase command, Instant now) => @case.State == CaseState.Closed
        ? Decision.Of(@case with { ClosedAt = null, Outcome = null }, "case-reopened", "Case opened again.", [])
        : throw Steps.Refuse(@case, $"{@case.Reference} is {ContractName.Of(@case.State)}, not closed.");
}
